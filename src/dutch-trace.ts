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
  let sum = 0;
  for (let g = 0; g < zs.length; g++) sum += alphaProduct(zs[g]!, groups[g]!, sizes[g]!);
  const fresh = 1 - decay * sum;
  for (let g = 0; g < zs.length; g++) {
    const z = zs[g]!;
    const { gradient } = groups[g]!;
    for (let i = 0; i < z.length; i++) z[i] = decay * z[i]! + fresh * gradient[i]!;
  }
}

/** alpha z'x of one group */
export function alphaProduct(z: Float64Array, { gradient }: WeightGroup, { alpha, divisor }: StepSize): number {
  return (alpha * dot(z, gradient)) / divisor[0]!;
}

export const dutchMacs = (groups: readonly WeightGroup[]): number => 3 * countWeights(groups);
