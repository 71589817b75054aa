/** What methods predicted in the last steps of a seed that they share, against what came. */
import { join } from 'node:path';
import { predictionTrace } from '../plots/prediction-trace.ts';
import { readTrace, type Trace } from '../results/trace-file.ts';
import { isExpected } from '../user-error.ts';
import type { MethodRow } from './method-row.ts';
import type { PictureRequest } from './pictures.ts';
import type { ReportRun, Seed } from './read-runs.ts';

const STEPS = 240; // of a picture: some trials
const MOST = 6; // methods
const SMALL = 1e-3; // share of a return that may lie beyond the end of the trace

interface Traced {
  readonly name: string;
  readonly trace: Trace;
}

/** Nothing where no run left a trace, or the agents act and so live different lives, or tell classes. `rows`: the best first. */
export function predictionPicture(rows: readonly MethodRow[], title: string, suffix: string): PictureRequest[] {
  const { target } = rows[0]!.method.settings[0]!.setting;
  if (target === 'episodes' || target === 'bits') return [];
  const seed = sharedSeed(rows);
  const traced = rows.flatMap((row) => tracedOf(row, seed)).slice(0, MOST);
  const [first] = traced;
  if (first === undefined) return [];
  const same = traced.filter(({ trace }) => isSameLife(trace, first.trace));
  const isValue = target === 'value' && first.trace.value !== null;
  const all = isValue ? known(first.trace.value!) : returnsOf(first.trace);
  const { from, to } = windowOf(all);
  const cut = (values: readonly (number | null)[]): number[] => known(values).slice(from, to);
  const spec = () =>
    predictionTrace({
      title: `${title}: prediction and ${isValue ? 'value' : 'return'}, seed ${seed}`,
      from: first.trace.from + from,
      rows: same.map(({ name, trace }) => ({ name, prediction: cut(trace.prediction) })),
      returns: cut(all),
      truth: isValue ? 'value' : 'return',
      cumulant: cut(first.trace.cumulant),
      starts: cut(first.trace.start),
    });
  const words = `Prediction against ${isValue ? "the environment's own value" : 'return'} at the end of seed ${seed}`;
  return [{ name: `prediction${suffix}`, title: words, spec }];
}

/** The seed that most of the methods have in their figures. */
function sharedSeed(rows: readonly MethodRow[]): Seed | undefined {
  const count = new Map<Seed, number>();
  for (const { run } of rows.flatMap(({ choice }) => choice?.reported ?? []))
    if (run.result.status === 'done') count.set(run.seed, (count.get(run.seed) ?? 0) + 1);
  return [...count].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function tracedOf({ choice, method }: MethodRow, seed: Seed | undefined): Traced[] {
  const run = choice?.setting.runs.find((one) => one.seed === seed && one.result.status === 'done');
  const trace = run && traceOf(run);
  return trace ? [{ name: method.short, trace }] : [];
}

function traceOf({ folder }: ReportRun): Trace | null {
  try {
    return readTrace(join(folder, 'trace.json'));
  } catch (error) {
    if (!isExpected(error)) throw error;
    return null; // a picture less, no figure of a table
  }
}

const isSameLife = (a: Trace, b: Trace): boolean =>
  a.from === b.from && a.cumulant.length === b.cumulant.length && a.cumulant.every((c, i) => c === b.cumulant[i]);

const known = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? NaN);

/** G_t = c_{t+1} + gamma_{t+1} G_{t+1}; NaN where too much of it lies beyond the end, or beyond an episode cut short. */
export function returnsOf({ cumulant, discount, start }: Pick<Trace, 'cumulant' | 'discount' | 'start'>): number[] {
  const returns = cumulant.map(() => NaN);
  let [value, left] = [0, 1]; // of what follows, and the share of it that is not known
  for (let t = cumulant.length - 2; t >= 0; t--) {
    if (start[t + 1] === 1) [value, left] = [0, 1];
    else {
      const gamma = discount[t + 1] ?? NaN;
      [value, left] = [(cumulant[t + 1] ?? NaN) + gamma * value, gamma * left];
    }
    if (left <= SMALL) returns[t] = value;
  }
  return returns;
}

/** The last steps up to the last one with a return. */
function windowOf(returns: readonly number[]): { from: number; to: number } {
  const last = returns.findLastIndex((value) => Number.isFinite(value));
  const to = last < 0 ? returns.length : last + 1;
  return { from: Math.max(0, to - STEPS), to };
}
