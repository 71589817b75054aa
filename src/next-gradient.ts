import type { WeightGroup } from './types.ts';

/**
 * Rules of the "ordinary" TD gradient need x_t = dv_t/dw when the error at t is applied. A linear head has it: its
 * features. A cell has not: J_t and q_t come after the weights have moved.
 */
export function knowsNextGradient(groups: readonly WeightGroup[]): boolean {
  return groups.every(({ weights, features }) => weights.length === (features?.length ?? 0));
}
