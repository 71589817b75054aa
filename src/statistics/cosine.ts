import { maxNorm } from './norm.ts';
import { requireSameLength } from './same-length.ts';

/**
 * Cosine similarity a.b / (||a|| ||b||) of a [n] and b [n], in [-1, 1]. Both are scaled by their largest entry first,
 * so that gradients of any size, subnormal ones included, keep their direction.
 * Two zero vectors agree: 1. One zero vector has no direction: 0. Any NaN or infinity gives NaN.
 */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  requireSameLength('cosine', a, b);
  const largestA = maxNorm(a);
  const largestB = maxNorm(b);
  if (!Number.isFinite(largestA) || !Number.isFinite(largestB)) return NaN;
  if (largestA === 0 || largestB === 0) return largestA === largestB ? 1 : 0;
  let dot = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]! / largestA;
    const y = b[i]! / largestB;
    dot += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return Math.max(-1, Math.min(1, dot / Math.sqrt(squaresA * squaresB))); // round-off may pass 1 by an ulp
}
