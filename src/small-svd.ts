/**
 * Singular values of a small square matrix, C = sum_i sigma_i u_i v_i', by one-sided Jacobi: plane rotations V make the
 * columns of W = C V orthogonal, pair by pair,
 *   alpha = |w_p|^2   beta = |w_q|^2   gamma = w_p . w_q   zeta = (beta - alpha) / (2 gamma)
 *   t = sign(zeta) / (|zeta| + sqrt(1 + zeta^2))   cos = 1 / sqrt(1 + t^2)   sin = cos t                      (1)
 * then sigma_i = |w_i| and u_i = w_i / sigma_i. The number of sweeps over all pairs is fixed, so that the cost is; C is
 * the sum to rounding after any number of them, since V is a rotation.
 */
import { length } from './vectors.ts';

export interface SmallSvd {
  readonly sigma: Float64Array; // [n] descending
  readonly u: readonly Float64Array[]; // n x [n], zero where sigma is
  readonly v: readonly Float64Array[]; // n x [n]
  decompose(C: Float64Array): void; // [n x n] row-major
}

const SMALLEST = 1e-15; // singular values below this share of the largest are rounding errors, and zero

export function smallSvd(n: number): SmallSvd {
  const vectors = (): Float64Array[] => Array.from({ length: n }, () => new Float64Array(n));
  const [W, V, u, v] = [vectors(), vectors(), vectors(), vectors()]; // W and V by column
  const lengths = new Float64Array(n);
  const order = new Int32Array(n);
  const sigma = new Float64Array(n);
  const rounds = sweeps(n);
  return {
    sigma,
    u,
    v,
    decompose(C) {
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < n; k++) W[i]![k] = C[k * n + i]!;
        V[i]!.fill(0)[i] = 1;
      }
      for (let round = 0; round < rounds; round++) {
        for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(W[p]!, W[q]!, V[p]!, V[q]!);
      }
      for (let i = 0; i < n; i++) lengths[i] = length(W[i]!);
      descending(lengths, order);
      for (let i = 0; i < n; i++) {
        const from = order[i]!;
        const isNonzero = lengths[from]! / lengths[order[0]!]! > SMALLEST;
        sigma[i] = isNonzero ? lengths[from]! : 0;
        for (let k = 0; k < n; k++) u[i]![k] = isNonzero ? W[from]![k]! / sigma[i]! : 0;
        v[i]!.set(V[from]!);
      }
    },
  };
}

/** Enough for orthogonality to rounding up to n = 33, graded and rank-deficient matrices included. */
export function sweeps(n: number): number {
  return 6 + Math.ceil(Math.log2(n));
}

export function smallSvdMacs(n: number): number {
  return sweeps(n) * ((n * (n - 1)) / 2) * (11 * n + 3) + n * n;
}

/** (1) for one pair of columns; nothing turns where gamma is 0. */
function rotate(wp: Float64Array, wq: Float64Array, vp: Float64Array, vq: Float64Array): void {
  let alpha = 0;
  let beta = 0;
  let gamma = 0;
  for (let k = 0; k < wp.length; k++) {
    const a = wp[k]!;
    const b = wq[k]!;
    alpha += a * a;
    beta += b * b;
    gamma += a * b;
  }
  const zeta = gamma === 0 ? Infinity : (beta - alpha) / (gamma + gamma);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cos = 1 / Math.sqrt(1 + t * t);
  const sin = cos * t;
  turn(wp, wq, cos, sin);
  turn(vp, vq, cos, sin);
}

function turn(a: Float64Array, b: Float64Array, cos: number, sin: number): void {
  for (let k = 0; k < a.length; k++) {
    const ak = a[k]!;
    const bk = b[k]!;
    a[k] = cos * ak - sin * bk;
    b[k] = sin * ak + cos * bk;
  }
}

/** order = the indices of values, the largest first; by insertion. */
function descending(values: Float64Array, order: Int32Array): void {
  for (let i = 0; i < order.length; i++) {
    let at = i;
    for (; at > 0 && values[order[at - 1]!]! < values[i]!; at--) order[at] = order[at - 1]!;
    order[at] = i;
  }
}
