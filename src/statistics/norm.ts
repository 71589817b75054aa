/**
 * Euclidean norm of a [n], sqrt(sum_i a_i^2), scaled by the largest entry so that squares neither overflow nor vanish.
 * 0 for n = 0; NaN when any entry is NaN, else Infinity when any is infinite.
 */
export function norm(a: ArrayLike<number>): number {
  const largest = maxNorm(a);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** Maximum norm of a [n], max_i |a_i|; the same special cases. */
export function maxNorm(a: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]!));
  return largest;
}
