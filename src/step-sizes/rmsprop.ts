/**
 * TD(lambda) whose steps are divided by the root of a running second moment of delta z (Javed et al. 2023, as coded):
 *   nu <- decay nu + (1 - decay)(delta_t z_{t-1})^2,   nu_0 = 1               (1)
 *   weights += alpha delta_t z_{t-1} / (sqrt(nu) + epsilon)                   (2)
 *   z_t = rho_t (gamma_t lambda z_{t-1} + grad v_t), rho_t the importance ratio  (3)
 * alpha is divided by the divisor of the group, which growth sets.
 * nu never falls below 1e-30, far below epsilon^2: a weight without gradient would make it subnormal, and slow.
 */
import { z } from 'zod';
import { accumulate, correct, countWeights, ONE } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z
    .number()
    .min(0)
    .default(0.0003)
    .describe('step size of the cell, and of the head unless headAlpha says else'),
  headAlpha: z.number().min(0).nullable().default(null).describe('step size of the head; null = alpha'),
  lambda: z.number().min(0).max(1).default(0.99),
  decay: z.number().min(0).lt(1).default(0.9999).describe('rho of the second moment'),
  start: z.number().gt(0).default(1).describe('nu_0'),
  epsilon: z.number().gt(0).default(1e-8),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'javed2023scalable',
  summary: 'TD(lambda) normalised by a running second moment of delta z',
  options,
  create({ alpha, headAlpha, lambda, decay, start, epsilon }, _rng, { groups }) {
    const alphas = { cell: alpha, head: headAlpha ?? alpha };
    const sizes = groups.map(({ name, divisor = ONE }): Sizes => {
      return { alpha: alphas[name], divisor, decay, epsilon };
    });
    const memory = ruleMemory(groups, { z: { start: 0, trace: true }, nu: { start } });
    return {
      ...memory,
      kernel: { kind: 'rmsprop', alpha, headAlpha: alphas.head, lambda, decay, epsilon },
      macsPerStep: 6 * countWeights(groups), // (1) 4, (2) 1, (3) 1
      apply(credit) {
        for (let g = 0; g < groups.length; g++) {
          const { z, nu } = memory.of[g]!;
          correct(z, credit);
          descend(groups[g]!.weights, z, nu, credit, sizes[g]!);
        }
      },
      trace(credit) {
        for (let g = 0; g < groups.length; g++) accumulate(memory.of[g]!.z, groups[g]!, credit, lambda); // (3)
      },
      stepSizes(name, into) {
        const g = groups.findIndex((group) => group.name === name);
        const { nu } = memory.of[g]!;
        const size = alphas[name] / sizes[g]!.divisor[0]!;
        for (let i = 0; i < into.length; i++) into[i] = size / (Math.sqrt(nu[i]!) + epsilon);
      },
    };
  },
});

const LEAST = 1e-30;

interface Sizes {
  readonly alpha: number;
  readonly divisor: Float64Array; // [1]
  readonly decay: number;
  readonly epsilon: number;
}

/** (1) and (2) over one group. Numbers come in objects: as arguments they would be put on the heap at every call. */
function descend(w: Float64Array, z: Float64Array, nu: Float64Array, credit: Credit, sizes: Sizes): void {
  const { delta } = credit;
  const { decay, epsilon } = sizes;
  const alpha = sizes.alpha / sizes.divisor[0]!;
  const fresh = 1 - decay;
  for (let i = 0; i < w.length; i++) {
    const change = delta * z[i]!;
    const moment = Math.max(LEAST, decay * nu[i]! + fresh * change * change); // (1)
    nu[i] = moment;
    w[i]! += (alpha * change) / (Math.sqrt(moment) + epsilon); // (2)
  }
}
