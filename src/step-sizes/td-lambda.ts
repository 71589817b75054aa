/**
 * Semi-gradient TD(lambda) with accumulating traces through head and cell (Sutton & Barto 2018, section 12.2):
 *   weights += alpha delta_t z_{t-1}                                          (12.7)
 *   z_t = rho_t (gamma_t lambda z_{t-1} + grad v_t)                           (12.5; with ratio: 12.25)
 */
import { z } from 'zod';
import { accumulate, correct, countWeights } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().min(0).default(0.001).describe('step size of the cell, and of the head unless headAlpha says else'),
  headAlpha: z.number().min(0).nullable().default(null).describe('step size of the head; null = alpha'),
  lambda: z.number().min(0).max(1).default(0.9),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'sutton2018reinforcement',
  summary: 'TD(lambda) with accumulating traces and fixed step sizes',
  options,
  create({ alpha, headAlpha, lambda }, _rng, { groups }) {
    const sizes = { cell: alpha, head: headAlpha ?? alpha };
    const steps = groups.map(({ name }): Size => ({ alpha: sizes[name] }));
    const memory = ruleMemory(groups, { z: { start: 0, trace: true } });
    return {
      ...memory,
      macsPerStep: 2 * countWeights(groups),
      kernel: { kind: 'td-lambda', alpha, headAlpha: sizes.head, lambda },
      apply(credit) {
        for (let g = 0; g < groups.length; g++) {
          const { z } = memory.of[g]!;
          correct(z, credit);
          descend(groups[g]!.weights, z, credit, steps[g]!);
        }
      },
      trace(credit) {
        for (let g = 0; g < groups.length; g++) accumulate(memory.of[g]!.z, groups[g]!, credit, lambda);
      },
      stepSizes: (name, into) => into.fill(sizes[name]),
    };
  },
});

interface Size {
  readonly alpha: number;
}

/** (12.7) over one group. Numbers come in objects: as arguments they would be put on the heap at every call. */
function descend(w: Float64Array, z: Float64Array, { delta }: Credit, { alpha }: Size): void {
  const step = alpha * delta;
  for (let i = 0; i < w.length; i++) w[i]! += step * z[i]!;
}
