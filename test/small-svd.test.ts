import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { smallSvd } from '../src/small-svd.ts';

type Make = (i: number, j: number, n: number, draw: () => number) => number;
const KINDS: readonly (readonly [string, Make])[] = [
  ['random', (_i, _j, _n, draw) => draw()],
  ['triangular', (i, j, _n, draw) => (i <= j ? draw() : 0)],
  ['with columns of very different size', (_i, j, n, draw) => draw() * 10 ** ((-12 * j) / n)],
  ['with columns of very different size, the smallest first', (_i, j, n, draw) => draw() * 10 ** ((-12 * (n - j)) / n)],
  ['of rank one', (i, j) => Math.sin(i + 1) * Math.cos(j)],
  ['nearly the identity', (i, j, _n, draw) => (i === j ? 1 : 0) + 1e-9 * draw()],
  ['of zeros', () => 0],
];

describe.each(KINDS)('singular values of a matrix %s', (_, make) => {
  it.each([1, 2, 3, 5, 9, 17, 33])('reproduce it, with orthonormal vectors, at n = %i', (n) => {
    for (const seed of [0, 1, 2]) {
      const rng = createRng(`${seed}/svd`);
      const C = Float64Array.from({ length: n * n }, (__, k) => make(Math.floor(k / n), k % n, n, () => rng.normal()));
      const { sigma, u, v, decompose } = smallSvd(n);
      decompose(C);
      const largest = sigma[0]!;
      for (let k = 0; k < n * n; k++) {
        const sum = sigma.reduce((total, value, l) => total + value * u[l]![Math.floor(k / n)]! * v[l]![k % n]!, 0);
        expect(Math.abs(sum - C[k]!)).toBeLessThanOrEqual(1e-13 * largest);
      }
      for (let i = 0; i < n; i++) {
        if (i > 0) expect(sigma[i]!).toBeLessThanOrEqual(sigma[i - 1]!);
        for (let j = 0; j <= i; j++) {
          expect(Math.abs(dot(v[i]!, v[j]!) - (i === j ? 1 : 0))).toBeLessThanOrEqual(1e-13);
          const expected = i === j && sigma[i]! > 0 ? 1 : 0;
          expect(Math.abs(dot(u[i]!, u[j]!) - expected)).toBeLessThanOrEqual(1e-13);
        }
      }
    }
  });
});

it('are those of a 2 x 2 matrix by hand', () => {
  const { sigma, decompose } = smallSvd(2);
  decompose(Float64Array.of(3, 0, 4, 5)); // C C' has eigenvalues 45 and 5
  expect(sigma[0]).toBeCloseTo(Math.sqrt(45), 14);
  expect(sigma[1]).toBeCloseTo(Math.sqrt(5), 14);
});

it('are exactly zero beyond the rank', () => {
  const { sigma, decompose } = smallSvd(3);
  decompose(Float64Array.of(1, 2, 3, 2, 4, 6, 1, 1, 1));
  expect(sigma[1]).toBeGreaterThan(0.1);
  expect(sigma[2]).toBe(0);
});

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
