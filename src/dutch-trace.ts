import { countWeights } from './eligibility.ts';
import type { Credit, WeightGroup } from './types.ts';
import { dot } from './vectors.ts';

/** Of one group. */
export interface StepSize {
  readonly alpha: number;
  readonly divisor: Float64Array; // [1]
}

/** Dutch trace (van Seijen et al. 2016) over all groups: z_t = d z_{t-1} + (1 - d sum_j alpha_j z_j x_j) x, d = gamma_t lambda. */
export function accumulateDutch(
  zs: readonly Float64Array[],
  groups: readonly WeightGroup[],
  sizes: readonly StepSize[],
  { discount_t }: Credit,
  lambda: number,
): void {
  const decay = discount_t * lambda;
  const fresh = 1 - decay * weightedProduct(zs, groups, sizes);
  for (let g = 0; g < zs.length; g++) {
    const z = zs[g]!;
    const { gradient } = groups[g]!;
    for (let i = 0; i < z.length; i++) z[i] = decay * z[i]! + fresh * gradient[i]!;
  }
}

/** sum_j alpha_j z_j x_j */
export function weightedProduct(
  zs: readonly Float64Array[],
  groups: readonly WeightGroup[],
  sizes: readonly StepSize[],
): number {
  let sum = 0;
  for (let g = 0; g < zs.length; g++) {
    const { alpha, divisor } = sizes[g]!;
    sum += (alpha * dot(zs[g]!, groups[g]!.gradient)) / divisor[0]!;
  }
  return sum;
}

export const dutchMacs = (groups: readonly WeightGroup[]): number => 3 * countWeights(groups);
