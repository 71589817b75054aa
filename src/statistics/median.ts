import { quantile } from './quantile.ts';

/** The middle value, or the mean of the two middle values: quantile (type 7) at p = 1/2, NaN where that is NaN. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}
