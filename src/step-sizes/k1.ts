/**
 * K1 (Sutton 1992, "Gain adaptation beats least squares?"): a Kalman gain whose prior variances p_i, one per weight, are
 * learned as IDBD learns step sizes. With x = dv/dw and R the variance of the noise:
 *   beta_i += theta delta x_i h_i,   p_i = e^{beta_i}                          (1)
 *   k_i = p_i x_i / (R + sum over j of p_j x_j^2),   w_i += k_i delta          (2)
 *   h_i <- (h_i + k_i delta) [1 - k_i x_i]+                                    (3)
 * The sum runs over all weights of the rule; k'x < 1, so no step overshoots its own error. No z: on TD errors lambda is 0.
 * A ratio weighs delta.
 * A divisor of step sizes, which growth sets for the head, is ignored: they are learned.
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
  summary: 'normalised steps whose learned gains are those of a Kalman filter with a diagonal prior',
  options,
  create({ alpha, headAlpha, theta, noise, ...bounds }, _rng, { groups }) {
    const starts = { cell: Math.log(alpha), head: Math.log(headAlpha ?? alpha) };
    const spread = Float64Array.of(noise); // R + sum p x^2 of the latest error
    const layout = {
      z: { start: 0, trace: true }, // x of the latest prediction
      beta: { start: ({ name }: { name: 'cell' | 'head' }) => starts[name] },
      h: { start: 0 },
    };
    const memory = ruleMemory(groups, layout, { spread });
    const meta = { theta, bounds: betaBounds(bounds) };
    return {
      ...memory,
      single: true,
      macsPerStep: 8 * countWeights(groups), // (1) 2 and p x^2 2, (2) 2, (3) 2
      noKernel: 'learned step sizes are on the reference path',
      apply(credit) {
        spread[0] = noise;
        for (let g = 0; g < groups.length; g++) learn(memory.of[g]!, spread, credit, meta);
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

type Memory = Readonly<Record<'z' | 'beta' | 'h', Float64Array>>; // [n] each

interface Meta {
  readonly theta: number;
  readonly bounds: BetaBounds;
}

/** (1), and what it adds to the denominator of (2) */
function learn({ z, beta, h }: Memory, spread: Float64Array, { delta, ratio }: Credit, { theta, bounds }: Meta): void {
  const rate = theta * ratio * delta;
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    const x = z[i]!;
    moveBeta(beta, i, rate * x * h[i]!, bounds); // (1)
    sum += Math.exp(beta[i]!) * x * x;
  }
  spread[0]! += sum;
}

function descend(w: Float64Array, { z, beta, h }: Memory, spread: Float64Array, { delta, ratio }: Credit): void {
  const error = ratio * delta;
  const divisor = spread[0]!;
  for (let i = 0; i < w.length; i++) {
    const gain = (Math.exp(beta[i]!) * z[i]!) / divisor;
    const step = gain * error;
    w[i]! += step; // (2)
    h[i] = (h[i]! + step) * Math.max(0, 1 - gain * z[i]!); // (3)
  }
}
