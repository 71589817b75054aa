/**
 * True online TD(lambda) (van Seijen et al. 2016): after every step the weights of the online lambda-return algorithm.
 * delta_t = c_t + gamma_t v_t - v_{t-1} takes v_{t-1} as predicted then, V_old; the same prediction by the weights as they
 * stood when delta_t came is V. With dw the change of the weights in between, and x = grad v_{t-1}:
 *   V - V_old = dw . x                                                         (1)
 *   w += alpha (delta_t z_{t-1} - (V - V_old) x)                               (2)
 *   z_t = gamma_t lambda z_{t-1} + (1 - gamma_t lambda sum_j alpha_j z_j x_j) x,   x = grad v_t      (3)
 * (2) is the paper's step, whose delta is delta_t - (V - V_old). Sums run over all weights of the rule. Exact for a linear
 * head on features that are not learned; for the weights of a cell v is taken as linear in them over one step, which (1)
 * says of V. An importance ratio multiplies z and x in (2); the equality with lambda-returns is one on-policy.
 */
import { z } from 'zod';
import { accumulateDutch, dutchMacs, type StepSize } from '../dutch-trace.ts';
import { correct, countWeights, ONE } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';
import { dot } from '../vectors.ts';

const options = z.strictObject({
  alpha: z.number().min(0).default(0.001).describe('step size of the cell, and of the head unless headAlpha says else'),
  headAlpha: z.number().min(0).nullable().default(null).describe('step size of the head; null = alpha'),
  lambda: z.number().min(0).max(1).default(0.9),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'vanseijen2016true',
  summary: 'true online TD(lambda): the online lambda-return algorithm, exactly so on a linear head',
  options,
  create({ alpha, headAlpha, lambda }, _rng, { groups }) {
    const sizes = { cell: alpha, head: headAlpha ?? alpha };
    const steps = groups.map(({ name, divisor = ONE }): StepSize => ({ alpha: sizes[name], divisor }));
    const late = new Float64Array(1); // V - V_old of the latest prediction
    const memory = ruleMemory(groups, { z: { start: 0, trace: true }, x: { start: 0, trace: true } }, { late });
    const zs = memory.of.map((arrays) => arrays.z);
    const changes = groups.map(({ weights }) => new Float64Array(weights.length)); // dw; nothing in it outlives a step
    let moved = false; // since the latest prediction
    return {
      ...memory,
      fixed: true,
      single: true,
      macsPerStep: 4 * countWeights(groups) + dutchMacs(groups), // (1) 1, (2) 3, (3) 3
      noKernel: 'its sums need all weights before any trace moves',
      reset() {
        memory.reset();
        late[0] = 0;
        moved = false;
      },
      restart(name, start, end) {
        memory.restart(name, start, end);
        for (let g = 0; g < groups.length; g++) if (groups[g]!.name === name) changes[g]!.fill(0, start, end);
      },
      apply(credit) {
        for (let g = 0; g < groups.length; g++) {
          correct(memory.of[g]!.z, credit);
          correct(memory.of[g]!.x, credit);
          descend(groups[g]!.weights, memory.of[g]!, late, changes[g]!, credit, steps[g]!);
        }
        moved = true;
      },
      trace(credit) {
        late[0] = 0;
        for (let g = 0; g < groups.length && moved; g++) late[0]! += dot(changes[g]!, groups[g]!.gradient); // (1)
        moved = false;
        accumulateDutch(zs, groups, steps, credit, lambda); // (3)
        for (let g = 0; g < groups.length; g++) memory.of[g]!.x.set(groups[g]!.gradient);
      },
      stepSizes(name, into) {
        const { alpha: size, divisor } = steps[groups.findIndex((group) => group.name === name)]!;
        into.fill(size / divisor[0]!);
      },
    };
  },
});

type Memory = Readonly<Record<'z' | 'x', Float64Array>>; // [n] each

/** (2) over one group. Numbers come in objects: as arguments they would be put on the heap at every call. */
function descend(
  w: Float64Array,
  { z, x }: Memory,
  late: Float64Array,
  change: Float64Array,
  { delta }: Credit,
  { alpha, divisor }: StepSize,
): void {
  const size = alpha / divisor[0]!;
  for (let i = 0; i < w.length; i++) {
    change[i] = size * (delta * z[i]! - late[0]! * x[i]!);
    w[i]! += change[i]!;
  }
}
