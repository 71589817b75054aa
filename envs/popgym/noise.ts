import type { Rng } from '../rng.ts';
import type { Box } from '../spaces.ts';

/** Adds N(0, sigma) to every entry, in single precision, and keeps it within the space: POPGym's noisy observations. */
export function addNoise(observation: Float64Array, { low, high }: Box, sigma: number, rng: Rng): void {
  for (let i = 0; i < observation.length; i++) {
    const noisy = Math.fround(observation[i]! + Math.fround(sigma * rng.normal()));
    observation[i] = Math.min(Math.max(noisy, low[i]!), high[i]!);
  }
}
