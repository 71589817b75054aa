import { length } from './vectors.ts';

const SMALLEST = 1e-15; // of its length that a vector must have outside the others, else it is theirs

/**
 * Q R = X in place, by modified Gram-Schmidt done twice: x_j = sum over i <= j of R[i, j] q_i, with q_i orthonormal, or
 * zero where x_i lies in the span of those before it.
 */
export function orthonormalise(x: readonly Float64Array[], R: Float64Array): void {
  const n = x.length;
  R.fill(0); // [n x n] row-major
  for (let j = 0; j < n; j++) {
    const before = length(x[j]!);
    // One pass leaves rounding errors of the size of x_j, large beside a small remainder; the second removes them.
    for (let pass = 0; pass < 2; pass++) for (let i = 0; i < j; i++) R[i * n + j]! += project(x[j]!, x[i]!);
    const after = length(x[j]!);
    const isNew = after / before > SMALLEST;
    R[j * n + j] = isNew ? after : 0;
    scale(x[j]!, isNew ? 1 / after : 0);
  }
}

/** Multiplications for n vectors of `size` numbers. */
export function orthonormaliseMacs(n: number, size: number): number {
  return size * n * (2 * n + 1);
}

/** Takes q's part out of x and returns how much it was. */
function project(x: Float64Array, q: Float64Array): number {
  let dot = 0;
  for (let i = 0; i < x.length; i++) dot += q[i]! * x[i]!;
  for (let i = 0; i < x.length; i++) x[i]! -= dot * q[i]!;
  return dot;
}

function scale(x: Float64Array, by: number): void {
  for (let i = 0; i < x.length; i++) x[i] = by * x[i]!;
}
