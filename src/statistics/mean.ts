/**
 * Arithmetic mean, (1/n) sum_i x_i over values [n]. NaN for n = 0.
 * Non-finite values propagate: a NaN gives NaN, an infinity gives that infinity, both infinities give NaN.
 */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
