import { mean } from './mean.ts';

/** Of the mean of values [n]: sqrt(sum (x - mean)^2 / (n - 1) / n). NaN for n < 2, and where a value is not finite. */
export function standardError(values: ArrayLike<number>): number {
  const n = values.length;
  if (n < 2) return NaN;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - centre) ** 2;
  return Math.sqrt(squares / (n - 1) / n);
}
