/**
 * K2 (Sutton 1992, "Gain adaptation beats least squares?"): the gain of k1, whose prior variances p_i follow the size of
 * the errors instead of a gradient. With x = dv/dw and R the variance of the noise:
 *   epsilon = delta^2 - R - sum over j of p_j x_j^2                            (1)
 *   beta_i += theta x_i^2 epsilon / (1 + sum over j of x_j^4),   p_i = e^{beta_i}   (2)
 *   k_i = p_i x_i / (R + sum over j of p_j x_j^2),   w_i += k_i delta          (3)
 * A squared error larger than the filter expects raises p where the inputs were large. Sums run over all weights of the
 * rule. No z: on TD errors lambda is 0. A ratio weighs epsilon and delta.
 */
import { z } from 'zod';
import { countWeights } from '../eligibility.ts';
import { type BetaBounds, betaBounds, betaOptions, moveBeta } from '../log-steps.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().gt(0).default(1).describe('p at the start'),
  headAlpha: z.number().gt(0).nullable().default(null).describe('that of the head; null = alpha'),
  theta: z.number().min(0).default(0.001).describe('meta step size (mu in the paper)'),
  noise: z.number().gt(0).default(1).describe('R'),
  ...betaOptions,
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'sutton1992gain',
  summary: "k1's gains without h: learned from how much errors exceed what is expected",
  options,
  create({ alpha, headAlpha, theta, noise, ...bounds }, _rng, { groups }) {
    const starts = { cell: Math.log(alpha), head: Math.log(headAlpha ?? alpha) };
    const spread = Float64Array.of(noise); // R + sum p x^2 of the latest error
    const memory = ruleMemory(
      groups,
      { z: { start: 0, trace: true }, beta: { start: ({ name }) => starts[name] } }, // z: x of the latest prediction
      { spread },
    );
    const limits = betaBounds(bounds);
    const fourth = new Float64Array(1); // sum x^4
    const moment: Moment = { push: 0 };
    return {
      ...memory,
      single: true,
      macsPerStep: 8 * countWeights(groups) + 1, // (1) 3, (2) 2, (3) 3; epsilon's factor 1
      noKernel: 'learned step sizes are on the reference path',
      apply(credit) {
        const { delta, ratio } = credit;
        spread[0] = noise;
        fourth[0] = 0;
        for (let g = 0; g < groups.length; g++) gather(memory.of[g]!, spread, fourth);
        moment.push = (theta * ratio * (delta * delta - spread[0]!)) / (1 + fourth[0]!); // (1)
        spread[0] = noise;
        for (let g = 0; g < groups.length; g++) learn(memory.of[g]!, spread, moment, limits);
        for (let g = 0; g < groups.length; g++) descend(groups[g]!.weights, memory.of[g]!, spread, credit);
      },
      trace() {
        for (let g = 0; g < groups.length; g++) memory.of[g]!.z.set(groups[g]!.gradient);
      },
      stepSizes(name, into) {
        const { beta } = memory.of[groups.findIndex((group) => group.name === name)]!;
        for (let i = 0; i < into.length; i++) into[i] = Math.exp(beta[i]!) / spread[0]!;
      },
    };
  },
});

type Memory = Readonly<Record<'z' | 'beta', Float64Array>>; // [n] each

interface Moment {
  push: number; // theta epsilon / (1 + sum x^4)
}

function gather({ z, beta }: Memory, spread: Float64Array, fourth: Float64Array): void {
  for (let i = 0; i < z.length; i++) {
    const square = z[i]! * z[i]!;
    spread[0]! += Math.exp(beta[i]!) * square;
    fourth[0]! += square * square;
  }
}

/** (2), and sum p x^2 with the new p */
function learn({ z, beta }: Memory, spread: Float64Array, { push }: Moment, limits: BetaBounds): void {
  for (let i = 0; i < z.length; i++) {
    const square = z[i]! * z[i]!;
    moveBeta(beta, i, push * square, limits); // (2)
    spread[0]! += Math.exp(beta[i]!) * square;
  }
}

/** (3) */
function descend(w: Float64Array, { z, beta }: Memory, spread: Float64Array, { delta, ratio }: Credit): void {
  const divisor = spread[0]!;
  for (let i = 0; i < w.length; i++) w[i]! += (Math.exp(beta[i]!) * z[i]! * (ratio * delta)) / divisor;
}
