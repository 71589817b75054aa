/**
 * The largest |eigenvalue| of a matrix that need not be symmetric, from its products with vectors. Arnoldi's iteration
 * (1951) reduces it to a Hessenberg matrix H of at most MOST rows: with the same eigenvalues where it has as many rows as
 * the matrix, with the outermost ones closely where it has fewer. Then by Gelfand's formula, squaring,
 *   rho = lim ||H^N||^(1/N),   N = 2, 4, 8, ...                                                                (1)
 * which asks no eigenvalue to stand alone: complex pairs are welcome. Where eigenvectors are missing, rounding leaves
 * three digits or so; a matrix drawn at random has them all.
 */
import type { Rows } from './types.ts';
import { UserError } from './user-error.ts';

type Product = (v: Float64Array, out: Float64Array) => void; // out = W v

const MOST = 128;
const SQUARINGS = 40; // (1) is off by log(a constant) / 2^SQUARINGS

export function spectralRadius(n: number, times: Product): number {
  const { H, size } = arnoldi(n, Math.min(n, MOST), times);
  return gelfand(H, size);
}

/** Scales the weights W on s_{t-1} so that W has that radius: cells of b = 1 with one row per unit. */
export function scaleRecurrent(rows: Rows, params: Float64Array, radius: number): void {
  const first = rows.inputSize + 1;
  const isRecurrent = (e: number): boolean => rows.source[e]! >= first;
  const found = spectralRadius(rows.units, (v, out) => {
    for (let r = 0; r < rows.count; r++) {
      out[r] = 0;
      for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
        if (isRecurrent(e)) out[r]! += params[e]! * v[rows.source[e]! - first]!;
      }
    }
  });
  if (found === 0) throw new UserError(`Cannot scale recurrent weights to the spectral radius ${radius}: theirs is 0`);
  for (let e = 0; e < params.length; e++) if (isRecurrent(e)) params[e]! *= radius / found;
}

/** H [size x size] of the restriction of W to the span of v, W v, W^2 v, ... */
function arnoldi(n: number, most: number, times: Product): { H: Float64Array; size: number } {
  const basis = Array.from({ length: most + 1 }, () => new Float64Array(n));
  const full = new Float64Array((most + 1) * most); // [(most + 1) x most]
  basis[0]!.forEach((_, i) => (basis[0]![i] = Math.cos((i + 1) ** 2))); // any direction that is not special
  normalise(basis[0]!);
  let size = 0;
  while (size < most) {
    const next = basis[size + 1]!;
    times(basis[size]!, next);
    const before = length(next);
    // Twice is enough to be orthogonal to rounding.
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i <= size; i++) full[i * most + size]! += removed(next, basis[i]!);
    }
    const left = (full[(size + 1) * most + size] = length(next));
    size++;
    if (left <= 1e-13 * before) break; // the span is closed under W
    normalise(next);
  }
  const H = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) H[i * size + j] = full[i * most + j]!;
  return { H, size };
}

/** (1) */
function gelfand(H: Float64Array, n: number): number {
  let X = H;
  let next: Float64Array = new Float64Array(n * n);
  let logarithm = 0; // of rho
  for (let k = 0, share = 1; ; k++, share /= 2) {
    const norm = length(X);
    if (norm === 0) return 0;
    logarithm += share * Math.log(norm);
    if (k === SQUARINGS) return Math.exp(logarithm);
    for (let i = 0; i < X.length; i++) X[i]! /= norm;
    square(X, n, next);
    [X, next] = [next, X];
  }
}

function square(X: Float64Array, n: number, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < n; i++) {
    for (let l = 0; l < n; l++) {
      const x = X[i * n + l]!;
      for (let j = 0; j < n; j++) out[i * n + j]! += x * X[l * n + j]!;
    }
  }
}

const length = (v: Float64Array): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));

function normalise(v: Float64Array): void {
  const norm = length(v);
  for (let i = 0; i < v.length; i++) v[i]! /= norm;
}

/** Takes out of v what points along u, |u| = 1, and says how much. */
function removed(v: Float64Array, u: Float64Array): number {
  let dot = 0;
  for (let i = 0; i < v.length; i++) dot += v[i]! * u[i]!;
  for (let i = 0; i < v.length; i++) v[i]! -= dot * u[i]!;
  return dot;
}
