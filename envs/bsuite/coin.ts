import type { Rng } from '../rng.ts';

/** RandomState.binomial(1, 0.5): NumPy inverts the distribution, so it is one uniform, and heads is above a half. */
export function coin(rng: Rng): number {
  return rng.uniform() > 0.5 ? 1 : 0;
}
