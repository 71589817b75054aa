import type { Rng } from './types.ts';

/** -1 or 1, one half each. */
export function randomSign(rng: Rng): number {
  return rng.uniform() < 0.5 ? -1 : 1;
}

/** Independent signs into out, in its order. */
export function randomSigns(rng: Rng, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = randomSign(rng);
}
