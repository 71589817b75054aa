import { UserError } from '../user-error.ts';
import { ascending } from './ascending.ts';

/**
 * Sample quantile, type 7 of Hyndman & Fan (1996), the default of R and NumPy: with values [n] sorted ascending and
 * h = (n - 1) p, the answer is x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h]).
 * NaN for n = 0 or when any value is NaN. Infinities take part as the largest and smallest values; a quantile that
 * falls strictly between -Infinity and Infinity is NaN.
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  return quantileOfSorted(ascending(values), p);
}

/** The same for values [n] already ascending, NaN last (the order of Float64Array's sort). */
export function quantileOfSorted(sorted: Float64Array, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new UserError(`Cannot take a quantile: p must lie in [0, 1], got ${p}`);
  const n = sorted.length;
  if (n === 0 || Number.isNaN(sorted[n - 1])) return NaN;
  const h = (n - 1) * p;
  const below = Math.floor(h);
  const low = sorted[below]!;
  const high = sorted[Math.ceil(h)]!;
  // Equal neighbours first: Infinity - Infinity and 0 * Infinity would turn a plain answer into NaN.
  if (low === high) return low;
  // From -Infinity up to a number every way is infinite; only -Infinity + Infinity has no middle.
  return low === -Infinity && high < Infinity ? low : low + (h - below) * (high - low);
}
