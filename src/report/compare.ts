/** Methods of one task held against each other, run by run. */
import { createRng } from '@rl-tools/envs';
import { holm } from '../statistics/holm.ts';
import { mannWhitney } from '../statistics/mann-whitney.ts';
import { type Improvement, probabilityOfImprovement } from '../statistics/probability-of-improvement.ts';
import { byMean, type MethodRow } from './method-row.ts';

export interface Comparison {
  readonly task: string;
  readonly better: string; // the method that does better more often
  readonly worse: string;
  readonly improvement: Improvement; // that a run of the first does better than one of the second
  readonly p: number; // Mann-Whitney, two-sided
  readonly corrected: number; // Holm, over all comparisons of the report
}

const ALL_PAIRS_UP_TO = 6; // methods of a task: beyond, each is held against the best alone

/** A diverged run is worse than every other: it takes part, at the end of the order. */
export function compareMethods(rows: readonly MethodRow[]): Comparison[] {
  const tasks = [...new Set(rows.map(({ method }) => method.task))];
  const found = tasks.flatMap((task) =>
    pairs(rows.filter(({ method, values }) => method.task === task && values.length > 1)),
  );
  const pValues = found.map(([x, y]) => mannWhitney(ordered(x), ordered(y)).p);
  const corrected = holm(pValues);
  return found.map(([x, y], i) => {
    const better = x.metric.lower ? 'lower' : 'higher';
    const rng = createRng('report/improvement');
    const improvement = probabilityOfImprovement([x.values], [y.values], { better, rng, resamples: 2000 });
    const both = { task: x.method.task, p: pValues[i]!, corrected: corrected[i]! };
    if (improvement.probability >= 0.5) {
      return { ...both, better: x.method.short, worse: y.method.short, improvement };
    }
    const { probability, low, high } = improvement;
    const turned = { probability: 1 - probability, low: 1 - high, high: 1 - low };
    return { ...both, better: y.method.short, worse: x.method.short, improvement: turned };
  });
}

function pairs(rows: readonly MethodRow[]): [MethodRow, MethodRow][] {
  const sorted = [...rows].sort(byMean);
  const [best, ...others] = sorted;
  if (best === undefined) return [];
  if (sorted.length > ALL_PAIRS_UP_TO) return others.map((other) => [best, other]);
  return sorted.flatMap((one, i) => sorted.slice(i + 1).map((other): [MethodRow, MethodRow] => [one, other]));
}

const ordered = ({ values, metric }: MethodRow): number[] =>
  values.map((value) => (Number.isFinite(value) ? value : metric.lower ? Infinity : -Infinity));
