/**
 * IDBD, incremental delta-bar-delta (Sutton 1992): a step size per weight, learned by gradient descent. With x = dv/dw, in
 * place of the paper's input, so that the weights of a cell may learn by it through their sensitivity:
 *   beta_i += theta delta x_i h_i,   alpha_i = e^{beta_i}                      (1)
 *   w_i += alpha_i delta x_i                                                   (2)
 *   h_i <- h_i [1 - alpha_i x_i^2]+ + alpha_i delta x_i                        (3)
 * h_i is dw_i/dbeta_i, the other weights aside, where delta is the error of the weights as they stand: that of a target. On
 * TD errors this is tidbd with lambda = 0. The paper's results have no bounds on beta. A ratio weighs x in (2) and (3).
 * A divisor of step sizes, which growth sets for the head, is ignored: they are learned.
 */
import { z } from 'zod';
import { countWeights } from '../eligibility.ts';
import { type BetaBounds, betaBounds, betaOptions, exponentials, moveBeta } from '../log-steps.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().gt(0).default(0.05).describe('step sizes at the start'),
  headAlpha: z.number().gt(0).nullable().default(null).describe('those of the head; null = alpha'),
  theta: z.number().min(0).default(0.01).describe('meta step size'),
  ...betaOptions,
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'sutton1992adapting',
  summary: 'a step size per weight, learned by gradient descent on the squared error',
  options,
  create({ alpha, headAlpha, theta, ...bounds }, _rng, { groups }) {
    const starts = { cell: Math.log(alpha), head: Math.log(headAlpha ?? alpha) };
    const memory = ruleMemory(groups, {
      z: { start: 0, trace: true }, // x of the latest prediction
      beta: { start: ({ name }) => starts[name] },
      h: { start: 0 },
    });
    const meta = { theta, bounds: betaBounds(bounds) };
    return {
      ...memory,
      single: true,
      macsPerStep: 8 * countWeights(groups), // (1) 2, (2) 2, (3) 3, the ratio 1
      noKernel: 'learned step sizes are on the reference path',
      apply(credit) {
        for (let g = 0; g < groups.length; g++) learn(groups[g]!.weights, memory.of[g]!, credit, meta);
      },
      trace() {
        for (let g = 0; g < groups.length; g++) memory.of[g]!.z.set(groups[g]!.gradient);
      },
      stepSizes(name, into) {
        exponentials(memory.of[groups.findIndex((group) => group.name === name)]!.beta, into);
      },
    };
  },
});

type Memory = Readonly<Record<'z' | 'beta' | 'h', Float64Array>>; // [n] each

interface Meta {
  readonly theta: number;
  readonly bounds: BetaBounds;
}

function learn(w: Float64Array, { z, beta, h }: Memory, { delta, ratio }: Credit, { theta, bounds }: Meta): void {
  const rate = theta * ratio * delta;
  for (let i = 0; i < w.length; i++) {
    const x = z[i]!;
    const weighted = ratio * x;
    moveBeta(beta, i, rate * x * h[i]!, bounds); // (1)
    const alpha = Math.exp(beta[i]!);
    const step = alpha * delta * weighted;
    w[i]! += step; // (2)
    h[i] = h[i]! * Math.max(0, 1 - alpha * x * weighted) + step; // (3)
  }
}
