import { UserError } from '../user-error.ts';
import type { Better } from './better.ts';
import type { Interval } from './interval.ts';
import type { Resampling } from './percentile-interval.ts';
import { type Groups, stratifiedBand } from './stratified-bootstrap.ts';

export interface ImprovementOptions extends Resampling {
  readonly better: Better; // 'lower' for errors
}

export interface Improvement extends Interval {
  readonly probability: number;
}

/**
 * Probability of improvement (Agarwal et al. 2021): how often a random run of x does better than a random run of y on the
 * same task, ties counting half, averaged over tasks. x and y are [tasks][runs], tasks in the same order.
 *
 *     P = (1/M) sum_m 1/(n_x n_y) sum_ij ([x_mi better than y_mj] + [x_mi as good as y_mj]/2)
 *
 * that is the Mann-Whitney statistic of each task over n_x n_y. Above 1/2 x is the better one, whichever direction `better`
 * says; how much better it does not tell. The interval is the stratified bootstrap's, x and y resampled independently.
 * A diverged run (NaN) does worse than every run that did not diverge, and ties with another. NaN without a task or where
 * a task has no runs; no bounds where one has fewer than two.
 */
export function probabilityOfImprovement(x: Groups, y: Groups, options: ImprovementOptions): Improvement {
  if (x.length !== y.length) {
    throw new UserError(
      `Cannot compare methods: both need runs on the same tasks, got ${x.length} and ${y.length} tasks`,
    );
  }
  const places = x.map((group, task) => placesOf(group, y[task]!, options.better));
  const all = [...places.map((place) => place.x), ...places.map((place) => place.y)]; // [2 tasks][runs]
  const width = Math.max(0, ...x.map((group, task) => group.length + y[task]!.length));
  const counts = { x: new Float64Array(width), y: new Float64Array(width) };
  const statistic = (sample: Groups): number => {
    let sum = 0;
    for (let task = 0; task < x.length; task++) sum += shareWon(sample[task]!, sample[x.length + task]!, counts);
    return sum / x.length;
  };
  const band = stratifiedBand(all, 1, (sample, out) => (out[0] = statistic(sample)), options);
  return { probability: statistic(all), ...band[0]! };
}

/** Every value's place among the different values of both, the worst at 0: resampling then needs no comparison. */
function placesOf(x: ArrayLike<number>, y: ArrayLike<number>, better: Better): { x: number[]; y: number[] } {
  const goodness = (value: number): number => (Number.isNaN(value) ? -Infinity : better === 'higher' ? value : -value);
  const levels = new Float64Array(new Set([...Array.from(x, goodness), ...Array.from(y, goodness)])).sort();
  const place = new Map(Array.from(levels, (level, i) => [level, i]));
  const places = (values: ArrayLike<number>): number[] => Array.from(values, (value) => place.get(goodness(value))!);
  return { x: places(x), y: places(y) };
}

/** The share of pairs of places in which x's is higher, ties half, by counting how many of each lie at each place. */
function shareWon(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  counts: { readonly x: Float64Array; readonly y: Float64Array },
): number {
  counts.x.fill(0);
  counts.y.fill(0);
  for (let i = 0; i < x.length; i++) counts.x[x[i]!]!++;
  for (let i = 0; i < y.length; i++) counts.y[y[i]!]!++;
  let won = 0;
  let below = 0;
  for (let place = 0; place < counts.x.length; place++) {
    won += counts.x[place]! * (below + counts.y[place]! / 2);
    below += counts.y[place]!;
  }
  return won / (x.length * y.length);
}
