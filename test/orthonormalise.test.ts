import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { orthonormalise } from '../src/orthonormalise.ts';

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Vectors of 12 numbers, the same for the same seed. */
function vectors(count: number, make: (i: number, k: number, draw: () => number) => number): Float64Array[] {
  const rng = createRng('vectors');
  return Array.from({ length: count }, (_, i) =>
    Float64Array.from({ length: 12 }, (__, k) => make(i, k, () => rng.normal())),
  );
}

/** Largest |q_i . q_j| of different vectors, and largest error of Q R. */
function quality(x: readonly Float64Array[]): { overlap: number; error: number; kept: number } {
  const n = x.length;
  const q = x.map((v) => Float64Array.from(v));
  const R = new Float64Array(n * n);
  orthonormalise(q, R);
  let [overlap, error] = [0, 0];
  x.forEach((v, j) => {
    for (let i = 0; i < j; i++) overlap = Math.max(overlap, Math.abs(dot(q[i]!, q[j]!)));
    v.forEach((value, k) => {
      const sum = q.reduce((total, one, i) => total + R[i * n + j]! * one[k]!, 0);
      error = Math.max(error, Math.abs(sum - value));
    });
  });
  q.forEach((v) => expect([0, 1]).toContain(Math.round(dot(v, v) * 1e13) / 1e13));
  return { overlap, error, kept: q.filter((v) => dot(v, v) > 0).length };
}

it('gives orthonormal vectors that make up the old ones', () => {
  const { overlap, error, kept } = quality(vectors(5, (_i, _k, draw) => draw()));
  expect(overlap).toBeLessThanOrEqual(1e-15);
  expect(error).toBeLessThanOrEqual(1e-14);
  expect(kept).toBe(5);
});

it('stays orthonormal where the vectors nearly coincide, which one pass does not', () => {
  const close = vectors(5, (_i, k, draw) => Math.cos(k) + 1e-9 * draw());
  const { overlap, error, kept } = quality(close);
  expect(overlap).toBeLessThanOrEqual(1e-15);
  expect(error).toBeLessThanOrEqual(1e-14);
  expect(kept).toBe(5);
  expect(Math.abs(dot(...onePass(close)))).toBeGreaterThan(1e-9); // control
});

it('has a zero for what lies in the span of those before, and for zero itself', () => {
  const [a, b] = vectors(2, (_i, _k, draw) => draw()) as [Float64Array, Float64Array];
  const sum = a.map((value, k) => 3 * value - 2 * b[k]!);
  const { overlap, error, kept } = quality([a, new Float64Array(12), b, sum, a]);
  expect(kept).toBe(2);
  expect(overlap).toBeLessThanOrEqual(1e-15);
  expect(error).toBeLessThanOrEqual(1e-14);
});

it('does with no vector and with vectors of no numbers', () => {
  orthonormalise([], new Float64Array(0));
  const R = new Float64Array(4).fill(7);
  orthonormalise([new Float64Array(0), new Float64Array(0)], R);
  expect([...R]).toEqual([0, 0, 0, 0]);
});

/** The second and third of Gram-Schmidt in one pass. */
function onePass(x: readonly Float64Array[]): [Float64Array, Float64Array] {
  const q: Float64Array[] = [];
  for (const v of x) {
    const rest = Float64Array.from(v);
    for (const other of q) {
      const part = dot(other, rest);
      rest.forEach((value, k) => (rest[k] = value - part * other[k]!));
    }
    const size = Math.sqrt(dot(rest, rest));
    q.push(rest.map((value) => value / size));
  }
  return [q[0]!, q[1]!];
}
