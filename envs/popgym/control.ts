import { z } from 'zod';
import type { Rng } from '../rng.ts';
import type { Box } from '../spaces.ts';
import { type Difficulty, difficulty, sizeOption } from './options.ts';

/** Options of the control games. */
export const controlOptions = {
  difficulty,
  steps: sizeOption(1, 1_000_000, 'steps of an episode T'),
  noise: z.number().min(0).nullable().default(null).describe('deviation in mode noisy; null = that of the difficulty'),
};
interface Chosen {
  readonly mode: string;
  readonly difficulty: Difficulty;
  readonly steps: number | null;
  readonly noise: number | null;
}

const publishedNoise = { easy: 0.1, medium: 0.2, hard: 0.3 };

/** Steps of an episode, and the noise; a noisy game is harder by its noise alone, at the steps of easy. */
export function controlSize(
  { mode, difficulty, steps, noise }: Chosen,
  published: Readonly<Record<Difficulty, number>>,
) {
  const isNoisy = mode === 'noisy';
  return {
    horizon: steps ?? published[isNoisy ? 'easy' : difficulty],
    noise: isNoisy ? (noise ?? publishedNoise[difficulty]) : 0,
  };
}

/** Adds N(0, sigma) to every entry, in single precision, and keeps it within the space: POPGym's noisy observations. */
export function addNoise(observation: Float64Array, { low, high }: Box, sigma: number, rng: Rng): void {
  for (let i = 0; i < observation.length; i++) {
    const noisy = Math.fround(observation[i]! + Math.fround(sigma * rng.normal()));
    observation[i] = Math.min(Math.max(noisy, low[i]!), high[i]!);
  }
}
