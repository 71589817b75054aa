/**
 * Semi-gradient TD(lambda) with traces through head and cell (Sutton & Barto 2018, sections 12.2 and 12.5):
 *   weights += alpha delta_t z_{t-1}                                          (12.7)
 * and z_t is rho_t, the importance ratio, times one of these, x = grad v_t:
 *   accumulating  gamma_t lambda z_{t-1} + x                                  (12.5; with ratio: 12.25)
 *   replacing     x_i where x_i is not 0, else gamma_t lambda z_{t-1,i}; for features that are 0 or 1   (12.12)
 *   dutch         gamma_t lambda z_{t-1} + (1 - gamma_t lambda sum_j alpha_j z_{t-1,j} x_j) x           (12.11)
 * Where hardly any gradient is 0, as in a cell, replacing traces leave nothing of lambda. Dutch traces are those of
 * true-online-td, without its correction of (12.7). alpha is divided by the divisor of the group, which growth sets.
 */
import { z } from 'zod';
import { accumulateDutch, dutchMacs, type StepSize } from '../dutch-trace.ts';
import { accumulate, correct, countWeights, ONE } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule, WeightGroup } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().min(0).default(0.001).describe('step size of the cell, and of the head unless headAlpha says else'),
  headAlpha: z.number().min(0).nullable().default(null).describe('step size of the head; null = alpha'),
  lambda: z.number().min(0).max(1).default(0.9),
  trace: z.enum(['accumulating', 'replacing', 'dutch']).default('accumulating'),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'sutton2018reinforcement',
  summary: 'TD(lambda) with fixed step sizes; accumulating, replacing or dutch traces',
  options,
  create({ alpha, headAlpha, lambda, trace }, _rng, { groups }) {
    const sizes = { cell: alpha, head: headAlpha ?? alpha };
    const steps = groups.map(({ name, divisor = ONE }): StepSize => ({ alpha: sizes[name], divisor }));
    const memory = ruleMemory(groups, { z: { start: 0, trace: true } });
    const zs = memory.of.map((arrays) => arrays.z);
    const n = countWeights(groups);
    return {
      ...memory,
      macsPerStep: n + (trace === 'dutch' ? dutchMacs(groups) : n),
      ...(trace === 'accumulating'
        ? { kernel: { kind: 'td-lambda', alpha, headAlpha: sizes.head, lambda } as const }
        : { noKernel: 'replacing and dutch traces run on the reference path' }),
      apply(credit) {
        for (let g = 0; g < groups.length; g++) {
          correct(zs[g]!, credit);
          descend(groups[g]!.weights, zs[g]!, credit, steps[g]!);
        }
      },
      trace(credit) {
        if (trace === 'dutch') return accumulateDutch(zs, groups, steps, credit, lambda);
        for (let g = 0; g < groups.length; g++) {
          if (trace === 'accumulating') accumulate(zs[g]!, groups[g]!, credit, lambda);
          else replace(zs[g]!, groups[g]!, credit, lambda);
        }
      },
      stepSizes(name, into) {
        const { alpha, divisor } = steps[groups.findIndex((group) => group.name === name)]!;
        into.fill(alpha / divisor[0]!);
      },
    };
  },
});

/** (12.7) over one group. Numbers come in objects: as arguments they would be put on the heap at every call. */
function descend(w: Float64Array, z: Float64Array, { delta }: Credit, { alpha, divisor }: StepSize): void {
  const step = (alpha * delta) / divisor[0]!;
  for (let i = 0; i < w.length; i++) w[i]! += step * z[i]!;
}

/** (12.12) */
function replace(z: Float64Array, { gradient }: WeightGroup, { discount_t }: Credit, lambda: number): void {
  const decay = discount_t * lambda;
  for (let i = 0; i < z.length; i++) {
    const faded = decay * z[i]!;
    z[i] = gradient[i] === 0 ? faded : gradient[i]!;
  }
}
