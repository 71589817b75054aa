/** The one number that a run is judged by. */
import type { Setting } from '../run/setting.ts';
import { UserError } from '../user-error.ts';
import { areaUnder, type CurveReader } from './curves.ts';
import type { ReportRun } from './read-runs.ts';

export const METRICS = ['final', 'auc', 'explained'] as const;
export type MetricName = (typeof METRICS)[number];

export interface Metric {
  readonly name: MetricName;
  readonly title: string; // for axes and tables
  readonly lower: boolean; // is better
  /** NaN: the run diverged. null: it has no number (it has not ended, it failed, nothing could be scored). */
  valueOf(run: ReportRun): number | null;
}

export function parseMetric(text: string): MetricName {
  const found = METRICS.find((name) => name === text);
  if (found) return found;
  throw new UserError(`Cannot use --metric ${text}: it is ${METRICS.slice(0, -1).join(', ')} or ${METRICS.at(-1)}`);
}

/** For runs that are scored alike: `setting` is one of theirs. */
export function metricOf(name: MetricName, { target }: Setting, curves: CurveReader): Metric {
  const earns = target === 'episodes';
  if (name === 'explained') {
    if (earns) throw new UserError('Cannot use --metric explained: what episodes earn is scored by return');
    return { name, title: 'explained fraction', lower: false, valueOf: of(({ result }) => result.explained) };
  }
  const figure = earns ? 'return of an episode' : `mean squared error (${target})`;
  if (name === 'final') {
    const valueOf = of(({ result }) => (earns ? result.return : result.msre));
    return { name, title: `final ${figure}`, lower: !earns, valueOf };
  }
  const valueOf = of(({ folder }) => finite(areaUnder(curves.read(folder))));
  return { name, title: `${figure}, mean of the whole run`, lower: !earns, valueOf };
}

const of =
  (value: (run: ReportRun) => number | null | undefined) =>
  (run: ReportRun): number | null => {
    if (run.result.status === 'diverged') return NaN;
    return run.result.status === 'done' ? (value(run) ?? null) : null;
  };

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
