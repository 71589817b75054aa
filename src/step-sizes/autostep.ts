/**
 * Autostep (Mahmood et al. 2012, table 1): IDBD with the meta gradient divided by its running peak, so that theta needs no
 * tuning, and with steps that cannot overshoot. With x = dv/dw:
 *   g_i = delta x_i h_i,   v_i <- max(|g_i|, v_i + alpha_i x_i^2 (|g_i| - v_i) / tau)    (1)
 *   alpha_i <- alpha_i exp(theta g_i / v_i) where v_i > 0                                (2)
 *   alpha_i <- alpha_i / max(sum over j of alpha_j x_j^2, 1)                             (3)
 *   w_i += alpha_i delta x_i                                                             (4)
 *   h_i <- h_i (1 - alpha_i x_i^2) + alpha_i delta x_i                                   (5)
 * The sum runs over all weights of the rule. (3) is for good: it does not return to what it was. Targets multiplied by a
 * number change no step size. On TD errors lambda is 0; autostep-tidbd has traces. A ratio weighs x in (1) to (5).
 * A divisor of step sizes, which growth sets for the head, is ignored: they are learned.
 */
import { z } from 'zod';
import { countWeights } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().min(0).default(0.1).describe('step sizes at the start; the paper: .1, or .1 / expected |x|^2'),
  headAlpha: z.number().min(0).nullable().default(null).describe('those of the head; null = alpha'),
  theta: z.number().min(0).default(0.01).describe('meta step size (mu in the paper)'),
  tau: z.number().gt(0).default(1e4).describe('steps over which a peak is forgotten'),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'mahmood2012tuning',
  summary: 'IDBD without tuning: normalised meta gradient, steps that do not overshoot',
  options,
  create({ alpha, headAlpha, theta, tau }, _rng, { groups }) {
    const starts = { cell: alpha, head: headAlpha ?? alpha };
    const memory = ruleMemory(groups, {
      z: { start: 0, trace: true }, // x of the latest prediction
      alpha: { start: ({ name }) => starts[name] },
      peak: { start: 0 }, // v
      h: { start: 0 },
    });
    const moment: Moment = { theta, forgetting: 1 / tau, reduction: 0 };
    return {
      ...memory,
      single: true,
      macsPerStep: 16 * countWeights(groups), // x^2 and its ratio twice 4, (1) 5, (2) 2, (3) 1, (4) 2, (5) 2
      noKernel: 'its bound needs all step sizes before any weight moves',
      apply(credit) {
        moment.reduction = 0;
        for (let g = 0; g < groups.length; g++) learn(memory.of[g]!, credit, moment);
        moment.reduction = Math.max(moment.reduction, 1);
        for (let g = 0; g < groups.length; g++) descend(groups[g]!.weights, memory.of[g]!, credit, moment);
      },
      trace() {
        for (let g = 0; g < groups.length; g++) memory.of[g]!.z.set(groups[g]!.gradient);
      },
      stepSizes(name, into) {
        into.set(memory.of[groups.findIndex((group) => group.name === name)]!.alpha);
      },
    };
  },
});

type Memory = Readonly<Record<'z' | 'alpha' | 'peak' | 'h', Float64Array>>; // [n] each

interface Moment {
  readonly theta: number;
  readonly forgetting: number; // 1 / tau
  reduction: number; // the divisor of (3)
}

/** (1), (2), and the sum of (3) */
function learn({ z, alpha, peak, h }: Memory, { delta, ratio }: Credit, moment: Moment): void {
  const { theta, forgetting } = moment;
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    const weighted = ratio * z[i]!;
    const square = weighted * z[i]!;
    const g = delta * weighted * h[i]!;
    const size = Math.abs(g);
    const v = Math.max(size, peak[i]! + forgetting * alpha[i]! * square * (size - peak[i]!)); // (1)
    peak[i] = v;
    const push = theta * g;
    alpha[i]! *= v === 0 ? 1 : Math.exp(push / v); // (2)
    sum += alpha[i]! * square;
  }
  moment.reduction += sum;
}

function descend(w: Float64Array, { z, alpha, h }: Memory, { delta, ratio }: Credit, { reduction }: Moment): void {
  for (let i = 0; i < w.length; i++) {
    const weighted = ratio * z[i]!;
    const square = weighted * z[i]!;
    alpha[i]! /= reduction; // (3)
    const step = alpha[i]! * delta * weighted;
    w[i]! += step; // (4)
    h[i] = h[i]! * (1 - alpha[i]! * square) + step; // (5)
  }
}
