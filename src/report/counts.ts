/** How far a sweep has come. */
import type { SettingRuns } from './read-runs.ts';

export interface Counts {
  readonly done: number;
  readonly diverged: number;
  readonly failed: number;
  readonly unfinished: number; // running, or interrupted
  readonly missing: number; // never begun
}

export function countRuns(settings: readonly SettingRuns[]): Counts {
  const of = (...statuses: string[]): number =>
    settings.reduce((sum, { runs }) => sum + runs.filter(({ record }) => statuses.includes(record.status)).length, 0);
  return {
    done: of('done'),
    diverged: of('diverged'),
    failed: of('failed'),
    unfinished: of('running', 'interrupted'),
    missing: settings.reduce((sum, { missing }) => sum + missing.length, 0),
  };
}

/** 28 done, 1 diverged, 1 missing */
export function showCounts({ done, ...others }: Counts): string {
  const rest = Object.entries(others).filter(([, n]) => n > 0);
  return [`${done} done`, ...rest.map(([what, n]) => `${n} ${what}`)].join(', ');
}

export const isComplete = ({ failed, unfinished, missing }: Counts): boolean => failed + unfinished + missing === 0;
