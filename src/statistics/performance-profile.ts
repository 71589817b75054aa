import { UserError } from '../user-error.ts';
import type { Better } from './better.ts';
import type { Interval } from './interval.ts';
import type { Resampling } from './percentile-interval.ts';
import { type Groups, stratifiedBand } from './stratified-bootstrap.ts';

export interface ProfileOptions extends Resampling {
  readonly better: Better;
}

export interface ProfilePoint extends Interval {
  readonly tau: number;
  readonly share: number;
}

/**
 * Run-score distribution (performance profile, Agarwal et al. 2021): for each tau the share of runs that do better than
 * it, x > tau where higher is better and x < tau where lower is, averaged over the runs of each of groups [tasks][runs],
 * then over tasks; with its point-wise stratified bootstrap interval. A curve nowhere below another belongs to the method
 * that is better at every quantile. A diverged run (NaN) does better than nothing. Share and bounds are NaN without a task.
 */
export function performanceProfile(groups: Groups, taus: readonly number[], options: ProfileOptions): ProfilePoint[] {
  const { better } = options;
  const bad = taus.find(Number.isNaN);
  if (bad !== undefined)
    throw new UserError(`Cannot draw a performance profile: every tau must be a number, got ${bad}`);
  const sign = better === 'higher' ? 1 : -1;
  const order = taus.map((_, i) => i).sort((i, j) => sign * (taus[i]! - taus[j]!)); // the easiest first
  const beaten = groups.map((group) =>
    Array.from(group, (value) => taus.filter((tau) => (sign > 0 ? value > tau : value < tau)).length),
  ); // [tasks][runs]: a run beats the first so many taus of that order
  const count = new Float64Array(taus.length + 1);
  const fill = (sample: Groups, shares: Float64Array): void => {
    shares.fill(0);
    for (const group of sample) addShares(group, count, shares);
    for (let k = 0; k < shares.length; k++) shares[k]! /= sample.length;
  };
  const shares = new Float64Array(taus.length);
  fill(beaten, shares);
  const band = stratifiedBand(beaten, taus.length, fill, options);
  const points = order.map((i, k) => ({ tau: taus[i]!, share: shares[k]!, ...band[k]! }));
  return order.map((_, i) => points[order.indexOf(i)]!);
}

/** Adds to shares[k] the share of the runs of one task that beat the k-th easiest tau: those that beat more than k. */
function addShares(beaten: ArrayLike<number>, count: Float64Array, shares: Float64Array): void {
  count.fill(0);
  for (let i = 0; i < beaten.length; i++) count[beaten[i]!]!++;
  let runs = 0;
  for (let k = shares.length - 1; k >= 0; k--) {
    runs += count[k + 1]!;
    shares[k]! += runs / beaten.length;
  }
}
