/** The one number that a run is judged by. */
import { figureFor, figureOfScores } from '../run/figure.ts';
import type { Setting } from '../run/setting.ts';
import { UserError } from '../user-error.ts';
import { areaUnder, type CurveReader } from './curves.ts';
import { told } from './levels.ts';
import type { ReportRun } from './read-runs.ts';

export const METRICS = ['final', 'auc', 'explained', 'excess', 'level'] as const;
export type MetricName = (typeof METRICS)[number];

export interface Metric {
  readonly name: MetricName;
  readonly title: string; // for axes and tables
  readonly lower: boolean; // is better
  readonly tokens?: number; // seen when levels are compared
  /** NaN: the run diverged. null: it has no number (it has not ended, it failed, nothing could be scored). */
  valueOf(run: ReportRun): number | null;
  /** Of levels: what all sequences reached by then. */
  solved?(run: ReportRun): number | null;
}

export function parseMetric(text: string): MetricName {
  const found = METRICS.find((name) => name === text);
  if (found) return found;
  throw new UserError(`Cannot use --metric ${text}: it is ${METRICS.slice(0, -1).join(', ')} or ${METRICS.at(-1)}`);
}

/** For runs that are scored alike: `setting` is one of theirs. `tokens`: after how many levels are compared; NaN: none is known. */
export function metricOf(name: MetricName, { target }: Setting, curves: CurveReader, tokens = NaN): Metric {
  if (name === 'level') return levelMetric(curves, tokens);
  const { name: scored, title, short, lower } = figureFor(target);
  if (name === 'excess') {
    if (scored !== 'bits') throw new UserError('Cannot use --metric excess: only bits of classes have one');
    return { name, title: 'bits beyond the entropy rate', lower, valueOf: of(({ result }) => result.excess) };
  }
  if (name === 'explained') {
    if (scored !== 'msre') throw new UserError(`Cannot use --metric explained: ${WHY[scored]} scored by ${short}`);
    return { name, title: 'explained fraction', lower: false, valueOf: of(({ result }) => result.explained) };
  }
  const figure = scored === 'return' ? 'return of an episode' : title;
  if (name === 'final') {
    return { name, title: `final ${figure}`, lower, valueOf: of(({ result }) => figureOfScores(target, result)) };
  }
  const valueOf = of(({ folder }) => finite(areaUnder(curves.read(folder))));
  return { name, title: `${figure}, mean of the whole run`, lower, valueOf };
}

function levelMetric(curves: CurveReader, tokens: number): Metric {
  const read = (what: 'level' | 'solved') => of(({ folder }) => finite(told(curves.read(folder).levels, what, tokens)));
  const title = `level after ${tokens.toLocaleString('en')} tokens`;
  return { name: 'level', title, lower: false, tokens, valueOf: read('level'), solved: read('solved') };
}

const WHY = { return: 'what episodes earn is', bits: 'classes are' } as const;

const of =
  (value: (run: ReportRun) => number | null | undefined) =>
  (run: ReportRun): number | null => {
    if (run.result.status === 'diverged') return NaN;
    return run.result.status === 'done' ? (value(run) ?? null) : null;
  };

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
