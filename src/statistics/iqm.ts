import { ascending } from './ascending.ts';

/**
 * Interquartile mean (Agarwal et al. 2021, "Deep RL at the edge of the statistical precipice"): the mean of the middle
 * half. Sorted value i of values [n] stands for the interval [i, i + 1]; its weight is the length of that interval
 * inside [n/4, 3n/4], so n that is no multiple of 4 is treated exactly instead of by rounding the cut.
 *
 *     iqm = (2/n) sum_i w_i x_(i),   w_i = max(0, min(i + 1, 3n/4) - max(i, n/4))
 *
 * The same as a mean trimmed by 25 % (rliable, SciPy's trim_mean) where 4 divides n.
 * NaN for n = 0 or when any value is NaN. An infinity counts only where its weight is positive: up to a quarter of the
 * runs may diverge without touching the answer.
 */
export function interquartileMean(values: ArrayLike<number>): number {
  const sorted = ascending(values); // [n], NaN last
  const n = sorted.length;
  if (n === 0 || Number.isNaN(sorted[n - 1])) return NaN;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const weight = Math.min(i + 1, 0.75 * n) - Math.max(i, 0.25 * n);
    if (weight > 0) sum += weight * sorted[i]!;
  }
  return (2 * sum) / n;
}
