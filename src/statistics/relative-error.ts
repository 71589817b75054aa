import { norm } from './norm.ts';
import { requireSameLength } from './same-length.ts';

/**
 * ||a - b|| / ||b||: the error of estimate a [n] in units of the truth b [n].
 * Both zero: 0. Only b zero: Infinity. Any NaN or infinity among the entries gives NaN.
 */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  requireSameLength('relative error', a, b);
  const difference = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) difference[i] = a[i]! - b[i]!;
  const error = norm(difference);
  const truth = norm(b);
  if (!Number.isFinite(error) || !Number.isFinite(truth)) return NaN;
  return error === 0 ? 0 : error / truth;
}
