import { UserError } from '../user-error.ts';

/**
 * Adjusted p-values of Holm's (1979) step-down correction, in the order given: with the m values ascending,
 *
 *     adjusted_(k) = max over j <= k of min(1, (m - j + 1) p_(j))
 *
 * Rejecting where adjusted <= alpha keeps the chance of any false rejection at most alpha, whatever the dependence. A NaN
 * (a test that could not be made) stays NaN and is not counted among the m.
 */
export function holm(pValues: ArrayLike<number>): number[] {
  const adjusted = Array.from(pValues);
  for (const p of adjusted) {
    if (p < 0 || p > 1) throw new UserError(`Cannot correct p-values: each must lie in [0, 1], got ${p}`);
  }
  const order = adjusted.flatMap((p, i) => (Number.isNaN(p) ? [] : [i])).sort((i, j) => adjusted[i]! - adjusted[j]!);
  let largest = 0;
  order.forEach((i, rank) => {
    largest = Math.max(largest, Math.min(1, (order.length - rank) * adjusted[i]!));
    adjusted[i] = largest;
  });
  return adjusted;
}
