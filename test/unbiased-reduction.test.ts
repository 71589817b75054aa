/**
 * Opt(C) against its definition, over all signs. C is built here from singular values that are chosen, so that mean and
 * variance are known without any decomposition.
 */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { unbiasedReduction } from '../src/unbiased-reduction.ts';
import { bitsOf } from './oracle/signs.ts';

const SIGMAS: readonly (readonly [number[]])[] = [
  [[2, 1]],
  [[1, 1]],
  [[3, 0]],
  [[5, 2, 1]],
  [[1, 0.9, 0.8, 0.7]], // all mixed
  [[100, 50, 1, 0.9]], // two kept
  [[100, 1, 0.9, 0.8, 1e-7]],
  [[7, 7, 7, 7, 7]],
  [[3, 2, 1, 0, 0]],
  [[1e-30, 3e-31]],
  [[0, 0, 0]],
];

describe.each(SIGMAS)('the reduction of a matrix with singular values %j', (sigma) => {
  const n = sigma.length;
  const C = matrix(sigma);
  const size = Math.max(...sigma);
  const { left, right, reduce } = unbiasedReduction(n);
  const draw = (pattern: number): Float64Array => {
    const sign = bitsOf(pattern);
    reduce(
      C,
      Float64Array.from({ length: n - 1 }, (_, i) => sign(i)),
    );
    return product(left, right, n);
  };
  const draws = Array.from({ length: 2 ** (n - 1) }, (_, pattern) => draw(pattern));

  it('has the matrix as its mean over all signs', () => {
    const mean = C.map((_, k) => draws.reduce((sum, one) => sum + one[k]!, 0) / draws.length);
    mean.forEach((value, k) => expect(Math.abs(value - C[k]!)).toBeLessThanOrEqual(1e-14 * size));
    if (variance(sigma) > 1e-12 * size ** 2) {
      const off = Math.max(...draws[0]!.map((value, k) => Math.abs(value - C[k]!)));
      expect(off).toBeGreaterThan(1e-6 * size); // control: one draw
    }
  });

  it('has rank n - 1 and the variance of the formula', () => {
    expect(left).toHaveLength(n - 1);
    const squares = draws.map((one) => one.reduce((sum, value, k) => sum + (value - C[k]!) ** 2, 0));
    const measured = squares.reduce((sum, value) => sum + value, 0) / squares.length;
    expect(Math.abs(measured - variance(sigma))).toBeLessThanOrEqual(1e-13 * size ** 2);
  });
});

it('never varies more than by mixing fewer, nor than by dropping one at random', () => {
  const rng = createRng('sigmas');
  for (let i = 0; i < 200; i++) {
    const n = rng.integer(2, 6);
    const sigma = Array.from({ length: n }, () => Math.exp(2 * rng.normal())).sort((a, b) => b - a);
    const best = variance(sigma);
    for (let mixed = 2; mixed <= n; mixed++) {
      const tail = sigma.slice(n - mixed);
      const total = tail.reduce((a, b) => a + b);
      if ((mixed - 1) * tail[0]! > total) continue; // no such unit vector
      expect(best).toBeLessThanOrEqual(total ** 2 / (mixed - 1) - squared(tail) + 1e-12);
    }
    expect(best).toBeLessThanOrEqual(2 * sigma[n - 1]! * sigma[n - 2]! + 1e-12); // the last two into one
  }
});

/** (4) by trying every count, the largest that (1) allows. */
function variance(sigma: readonly number[]): number {
  for (let mixed = sigma.length; ; mixed--) {
    const tail = sigma.slice(sigma.length - mixed);
    const total = tail.reduce((a, b) => a + b);
    if ((mixed - 1) * tail[0]! <= total) return total ** 2 / (mixed - 1) - squared(tail);
  }
}

const squared = (values: readonly number[]): number => values.reduce((sum, value) => sum + value ** 2, 0);

/** sum_i sigma_i u_i v_i' with u and v the columns of two rotations. */
function matrix(sigma: readonly number[]): Float64Array {
  const n = sigma.length;
  const [U, V] = [rotation(n, 'u'), rotation(n, 'v')];
  return Float64Array.from({ length: n * n }, (_, k) =>
    sigma.reduce((sum, value, i) => sum + value * U[Math.floor(k / n)]![i]! * V[k % n]![i]!, 0),
  );
}

/** A product of plane rotations by random angles. */
function rotation(n: number, seed: string): number[][] {
  const rng = createRng(seed);
  const M = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)));
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const angle = 2 * Math.PI * rng.uniform();
      for (const row of M) {
        const [a, b] = [row[p]!, row[q]!];
        row[p] = Math.cos(angle) * a - Math.sin(angle) * b;
        row[q] = Math.sin(angle) * a + Math.cos(angle) * b;
      }
    }
  }
  return M;
}

function product(left: readonly Float64Array[], right: readonly Float64Array[], n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) =>
    left.reduce((sum, column, l) => sum + column[Math.floor(k / n)]! * right[l]![k % n]!, 0),
  );
}
