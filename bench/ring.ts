/**
 * 256 steps that repeat, without an environment: a tenth of the observations are ones, a hundredth of the cumulants.
 * Cut into pieces, so that a slow learner need not do all of them between two readings of the clock.
 */
import { createRng } from '@rl-tools/envs';
import { createStepChunk, type StepChunk } from '../src/chunk.ts';

export const RING = 256;

/** Pieces of `length` steps, a divisor of the ring's. */
export function ring(inputSize: number, length: number): StepChunk[] {
  const rng = createRng('bench');
  const draws = (count: number, rate: number): number[] =>
    Array.from({ length: count }, () => (rng.uniform() < rate ? 1 : 0));
  const observations = draws(RING * inputSize, 0.1);
  const cumulants = draws(RING, 0.01);
  return Array.from({ length: RING / length }, (_, i) => {
    const piece = createStepChunk(length, inputSize);
    piece.length = length;
    piece.observation.set(observations.slice(i * length * inputSize, (i + 1) * length * inputSize));
    piece.cumulant.set(cumulants.slice(i * length, (i + 1) * length));
    piece.discount.fill(0.9);
    return piece;
  });
}
