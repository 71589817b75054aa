import type { Column } from '../plots/table.ts';
import { mean } from '../statistics/mean.ts';
import { median } from '../statistics/median.ts';
import { tInterval } from '../statistics/t-interval.ts';
import { figureFor, figureOfScores } from './figure.ts';
import type { RunResult } from './result.ts';
import type { Setting, Target } from './setting.ts';

/** Runs of one setting, under the name they carry in table and picture. */
export interface SettingRuns {
  readonly label: string;
  readonly setting: Setting;
  readonly runs: readonly RunResult[];
}

/** What else a figure is told with. */
const BESIDE = { msre: 'explained', return: 'success', bits: 'excess' } as const;

/** A curriculum's level says more than bits, which it keeps up. */
const besideOf = (target: Target, runs: readonly RunResult[]) =>
  runs.some(({ level }) => level !== undefined) ? 'level' : BESIDE[figureFor(target).name];

export function summaryColumns(target: Target, runs: readonly RunResult[] = []): readonly Column[] {
  const { short } = figureFor(target);
  return [
    { title: 'agent' },
    { title: short, align: 'right' },
    { title: '95% interval', align: 'right' },
    { title: besideOf(target, runs), align: 'right' },
    ...COSTS,
  ];
}

const COSTS: readonly Column[] = [
  { title: 'us/step', align: 'right' },
  { title: 'parameters', align: 'right' },
  { title: 'multiply-adds', align: 'right' },
  { title: 'seeds', align: 'right' },
];

/** Means over the seeds that finished; the others are counted, not hidden. */
export function summaryRow({ label, setting, runs }: SettingRuns): string[] {
  const done = runs.filter(({ status }) => status === 'done');
  const beside = besideOf(setting.target, runs);
  const scores = done.flatMap((run) => figureOfScores(setting.target, run) ?? []);
  const besides = done.flatMap((run) => run[beside] ?? []);
  const interval = tInterval(scores); // Student's: a bootstrap of few seeds is too narrow
  const first = runs.find(({ parameters }) => parameters > 0);
  return [
    label,
    scores.length === 0 ? '-' : mean(scores).toPrecision(3),
    Number.isFinite(interval.low) ? `${interval.low.toPrecision(3)} .. ${interval.high.toPrecision(3)}` : '-',
    besides.length === 0 ? '-' : isShare(beside) ? percent(mean(besides)) : mean(besides).toPrecision(3),
    done.length === 0 ? '-' : (median(done.map(({ nsPerStep }) => nsPerStep)) / 1000).toFixed(1),
    String(first?.parameters ?? '-'),
    String(first?.macsPerStep ?? '-'),
    seedsText(runs),
  ];
}

const isShare = (beside: string): boolean => beside === 'explained' || beside === 'success';

/** 5, or 3 (1 diverged, 1 not finished) */
function seedsText(runs: readonly RunResult[]): string {
  const count = (wanted: string): number => runs.filter(({ status }) => status === wanted).length;
  const [done, diverged] = [count('done'), count('diverged')];
  const open = runs.length - done - diverged;
  const others = [...(diverged > 0 ? [`${diverged} diverged`] : []), ...(open > 0 ? [`${open} not finished`] : [])];
  return others.length === 0 ? String(done) : `${done} (${others.join(', ')})`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
