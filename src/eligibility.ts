import type { Credit, WeightGroup } from './types.ts';

/** z_{t-1} <- rho_{t-1} z_{t-1}: the ratio of the action that led into x_t arrives one step after its trace. */
export function correct(z: Float64Array, { ratio }: Credit): void {
  if (ratio === 1) return;
  for (let i = 0; i < z.length; i++) z[i]! *= ratio;
}

/** Accumulating trace (Sutton & Barto 2018, eq. 12.5): z_t = gamma_t lambda z_{t-1} + gradient_t. */
export function accumulate(z: Float64Array, { gradient }: WeightGroup, { discount_t }: Credit, lambda: number): void {
  const decay = discount_t * lambda;
  for (let i = 0; i < z.length; i++) z[i] = decay * z[i]! + gradient[i]!;
}

export function countWeights(groups: readonly WeightGroup[]): number {
  return groups.reduce((sum, { weights }) => sum + weights.length, 0);
}

/** The divisor of a group that has none. */
export const ONE = new Float64Array(1).fill(1);
