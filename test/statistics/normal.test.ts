import { expect, test } from 'vitest';
import { normalTail } from '../../src/statistics/normal.ts';

test('is the area that Simpson’s rule finds under the density', () => {
  const density = (z: number): number => Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
  const area = (from: number, to: number, parts = 20_000): number => {
    const h = (to - from) / parts;
    let sum = density(from) + density(to);
    for (let i = 1; i < parts; i++) sum += (i % 2 === 1 ? 4 : 2) * density(from + i * h);
    return (sum * h) / 3;
  };
  for (const z of [-4, -1, 0, 0.3, 1.96, 2.9999, 3.0001, 6]) {
    expect(normalTail(z) / area(z, z + 20)).toBeCloseTo(1, 10);
    expect(normalTail(z + 0.01) / area(z, z + 20)).not.toBeCloseTo(1, 7);
  }
});

test('is symmetric, continuous where the formula changes, and ends at 0 and 1', () => {
  for (const z of [0, 0.5, 2, 3, 5]) expect(normalTail(z) + normalTail(-z)).toBe(1);
  expect(normalTail(3 - 1e-15) / normalTail(3)).toBeCloseTo(1, 13);
  expect([normalTail(Infinity), normalTail(-Infinity), normalTail(NaN)]).toEqual([0, 1, NaN]);
});
