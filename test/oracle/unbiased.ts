/**
 * Is the mean of random gradients the reference? Where there are too many sign patterns to run them all, statistics
 * along fixed unit directions d (the reference's own, and some at random), over N draws g:
 *   |mean of d'g - d'reference| <= 3.5 s.e.     and, or else this says nothing,     s.e. <= |reference| / 4
 */
import { createRng } from '@rl-tools/envs';
import { expect } from 'vitest';
import { norm } from '../../src/statistics/norm.ts';

const DIRECTIONS = 8;

export function expectUnbiased(draw: () => Float64Array, reference: Float64Array, draws: number): void {
  const size = norm(reference);
  expect(size, 'liveness: the norm of the reference').toBeGreaterThan(1e-8);
  const directions = [reference, ...randomDirections(reference.length)].map(unit);
  const along = directions.map(() => new Float64Array(draws));
  for (let i = 0; i < draws; i++) {
    const gradient = draw();
    directions.forEach((d, k) => (along[k]![i] = dot(d, gradient)));
  }
  directions.forEach((d, k) => {
    const mean = along[k]!.reduce((sum, value) => sum + value, 0) / draws;
    const variance = along[k]!.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1);
    const error = Math.sqrt(variance / draws);
    expect(error, 'power: the standard error').toBeLessThanOrEqual(0.25 * size);
    expect(Math.abs(mean - dot(d, reference)), `the mean along direction ${k}`).toBeLessThanOrEqual(3.5 * error);
  });
}

function randomDirections(p: number): Float64Array[] {
  const rng = createRng('directions');
  return Array.from({ length: DIRECTIONS }, () => Float64Array.from({ length: p }, () => rng.normal()));
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const unit = (v: Float64Array): Float64Array => v.map((value) => value / norm(v));
