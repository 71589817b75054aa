/**
 * Semi-gradient TD(lambda) with traces through head and cell (Sutton & Barto 2018, sections 12.2 and 12.5):
 *   weights += alpha delta_t z_{t-1}                                          (12.7)
 * and z_t is rho_t, the importance ratio, times one of these, x = grad v_t:
 *   accumulating  gamma_t lambda z_{t-1} + x                                  (12.5; with ratio: 12.25)
 *   replacing     x_i where x_i is not 0, else gamma_t lambda z_{t-1,i}; for features that are 0 or 1   (12.12)
 *   dutch         gamma_t lambda z_{t-1} + (1 - gamma_t lambda sum_j alpha_j z_{t-1,j} x_j) x           (12.11)
 * Where hardly any gradient is 0, as in a cell, replacing traces leave nothing of lambda. Dutch traces are those of
 * true-online-td, without its correction of (12.7). alpha is divided by the divisor of the group, which growth sets.
 * delta_t takes v_{t-1} as predicted then. The book predicts it anew, by the weights as they stand: with `anew`, delta_t is
 * less by what the latest change of weights made of that prediction,
 *   sum_j dw_j x_j = delta_{t-1} sum_j alpha_j z_{t-2,j} x_j,   x = grad v_{t-1}
 */
import { z } from 'zod';
import { accumulateDutch, alphaProduct, dutchMacs, type StepSize } from '../dutch-trace.ts';
import { accumulate, correct, countWeights, ONE } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule, WeightGroup } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().min(0).default(0.001).describe('step size of the cell, and of the head unless headAlpha says else'),
  headAlpha: z.number().min(0).nullable().default(null).describe('step size of the head; null = alpha'),
  lambda: z.number().min(0).max(1).default(0.9),
  trace: z.enum(['accumulating', 'replacing', 'dutch']).default('accumulating'),
  anew: z.boolean().default(false).describe('v of the step before is predicted anew, by the weights as they stand'),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'sutton2018reinforcement',
  summary: 'TD(lambda) with fixed step sizes; accumulating, replacing or dutch traces',
  options,
  create({ alpha, headAlpha, lambda, trace, anew }, _rng, { groups }) {
    const sizes = { cell: alpha, head: headAlpha ?? alpha };
    const steps = groups.map(({ name, divisor = ONE }): StepSize => ({ alpha: sizes[name], divisor }));
    const late = new Float64Array(1); // v_{t-1} predicted anew, less v_{t-1}
    const memory = ruleMemory(groups, { z: { start: 0, trace: true } }, anew ? { late } : {});
    const error: Mutable<Pick<Credit, 'delta'>> = { delta: 0 }; // by which the weights moved in this step
    const zs = memory.of.map((arrays) => arrays.z);
    const n = countWeights(groups);
    const plain = trace === 'accumulating' && !anew;
    return {
      ...memory,
      fixed: true,
      macsPerStep: n + (trace === 'dutch' ? dutchMacs(groups) : n) + (anew ? n : 0),
      ...(plain ? { shares: { alpha: sizes.head, lambda } } : {}),
      ...(plain
        ? { kernel: { kind: 'td-lambda', alpha, headAlpha: sizes.head, lambda } as const }
        : { noKernel: 'replacing and dutch traces, and errors predicted anew, run on the reference path' }),
      reset() {
        memory.reset();
        late[0] = error.delta = 0;
      },
      apply(credit) {
        error.delta = credit.delta - late[0]!;
        for (let g = 0; g < groups.length; g++) {
          correct(zs[g]!, credit);
          descend(groups[g]!.weights, zs[g]!, error, steps[g]!);
        }
      },
      trace(credit) {
        if (anew) {
          late[0] = 0;
          for (let g = 0; g < groups.length; g++) late[0]! += error.delta * alphaProduct(zs[g]!, groups[g]!, steps[g]!);
        }
        error.delta = 0;
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

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** (12.7) over one group. Numbers come in objects: as arguments they would be put on the heap at every call. */
function descend(
  w: Float64Array,
  z: Float64Array,
  { delta }: Pick<Credit, 'delta'>,
  { alpha, divisor }: StepSize,
): void {
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
