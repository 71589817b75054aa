import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { spectralRadius } from '../src/spectral-radius.ts';
import { solve } from './oracle/solve.ts';

type Full = readonly (readonly number[])[];

const radius = (W: Full): number =>
  spectralRadius(W.length, (v, out) => W.forEach((row, i) => (out[i] = row.reduce((sum, w, j) => sum + w * v[j]!, 0))));

const full = (n: number, entry: (i: number, j: number) => number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => entry(i, j)));

const random = (n: number, seed: string): number[][] => {
  const rng = createRng(seed);
  return full(n, () => rng.normal());
};

const times = (A: Full, B: Full): number[][] =>
  A.map((row) => B[0]!.map((_, j) => row.reduce((sum, a, l) => sum + a * B[l]![j]!, 0)));

/** S Lambda S^{-1} with a random S: not symmetric, same eigenvalues. */
const disguised = (Lambda: Full, seed: string): number[][] => {
  const S = random(Lambda.length, seed);
  const transposed = (A: Full): number[][] => A[0]!.map((_, j) => A.map((row) => row[j]!));
  return transposed(solve(transposed(S), transposed(times(S, Lambda)))); // X S = S Lambda
};

/** Blocks [a, b; -b, a], eigenvalues a +- ib, and then single eigenvalues. */
function blocks(pairs: readonly (readonly [number, number])[], single: readonly number[]): number[][] {
  const Lambda = full(2 * pairs.length + single.length, () => 0);
  pairs.forEach(([a, b], i) => {
    [Lambda[2 * i]![2 * i], Lambda[2 * i]![2 * i + 1]] = [a, b];
    [Lambda[2 * i + 1]![2 * i], Lambda[2 * i + 1]![2 * i + 1]] = [-b, a];
  });
  single.forEach((value, i) => (Lambda[2 * pairs.length + i]![2 * pairs.length + i] = value));
  return Lambda;
}

describe('the spectral radius', () => {
  it.each([
    { what: 'a positive eigenvalue', Lambda: blocks([[0.3, 0.4]], [0.9, -0.8, 0.1]), rho: 0.9 },
    { what: 'a negative one', Lambda: blocks([[0.3, 0.4]], [0.9, -1.7, 0.1]), rho: 1.7 },
    {
      what: 'a complex pair',
      Lambda: blocks(
        [
          [0.6, 0.8],
          [0.1, 0.9],
        ],
        [0.95, -0.2],
      ),
      rho: 1,
    },
    { what: 'a pair on the imaginary axis', Lambda: blocks([[0, 2]], [1.9]), rho: 2 },
    { what: 'two of opposite sign', Lambda: blocks([], [0.7, -0.7, 0.2]), rho: 0.7 },
    {
      what: 'pairs and singles of one size',
      Lambda: blocks(
        [
          [0.3, 0.4],
          [-0.4, 0.3],
        ],
        [0.5, -0.5],
      ),
      rho: 0.5,
    },
    { what: 'a single number', Lambda: blocks([], [-3]), rho: 3 },
  ])('is found for $what', ({ Lambda, rho }) => {
    for (const seed of ['a', 'b', 'c']) {
      expect(radius(Lambda.length === 1 ? Lambda : disguised(Lambda, seed))).toBeCloseTo(rho, 8);
    }
  });

  it('is not the norm: a matrix may stretch far and still have a small one', () => {
    const sheared = [
      [0.5, 100],
      [0, 0.4],
    ];
    expect(radius(sheared)).toBeCloseTo(0.5, 8);
  });

  it('is found loosely where eigenvectors are missing', () => {
    const jordan = full(3, (i, j) => (i === j ? 0.8 : j === i + 1 ? 1 : 0));
    expect(radius(jordan)).toBeCloseTo(0.8, 2);
  });

  it('is 1 for a turn of all coordinates and 0 for nothing', () => {
    expect(radius(full(9, (i, j) => (j === (i + 1) % 9 ? 1 : 0)))).toBeCloseTo(1, 8);
    expect(radius(full(4, () => 0))).toBe(0);
  });

  it('is found for more rows than the small matrix has, as by powers of the large one', () => {
    const n = 150;
    const W = random(n, 'large');
    let [X, logarithm] = [W, 0];
    for (let share = 1; share > 2 ** -22; share /= 2) {
      const norm = Math.sqrt(X.flat().reduce((sum, x) => sum + x * x, 0));
      logarithm += share * Math.log(norm);
      const scaled = X.map((row) => row.map((x) => x / norm));
      X = times(scaled, scaled);
    }
    expect(radius(W) / Math.exp(logarithm)).toBeCloseTo(1, 5);
  });
});
