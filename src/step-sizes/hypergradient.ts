/**
 * Hypergradient descent (Baydin et al. 2018): the step size itself goes down the gradient of the error, through the latest
 * step alone. With x = grad v_{t-1} and u_{t-1} the direction of the step before, which is dw/dalpha:
 *   alpha += theta delta_t x . u_{t-1}                                         (1)
 *   u_t = delta_t z_{t-1},   w += alpha u_t                                    (2)
 *   z_t = rho_t (gamma_t lambda z_{t-1} + grad v_t)                            (3)
 * The paper has one alpha for all weights and no traces (lambda 0). `shared: false` leaves out the sum: an alpha per weight,
 * idbd with the latest step in place of h. The paper's alpha has no bounds, and may become negative.
 * A divisor of step sizes, which growth sets for the head, is ignored: they are learned.
 */
import { z } from 'zod';
import { accumulate, correct, countWeights } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';
import { dot } from '../vectors.ts';

const options = z.strictObject({
  alpha: z.number().gt(0).default(0.001).describe('step size at the start'),
  theta: z.number().min(0).default(1e-4).describe('meta step size (beta in the paper)'),
  lambda: z.number().min(0).max(1).default(0),
  shared: z.boolean().default(true).describe('one step size for all weights; false: one for each'),
  alphaMin: z.number().nullable().default(null).describe('least step size; null = none'),
  alphaMax: z.number().nullable().default(null).describe('largest step size; null = none'),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'baydin2018online',
  summary: 'the step size descends along the product of successive gradients',
  options,
  create({ alpha: start, theta, lambda, shared, alphaMin, alphaMax }, _rng, { groups }) {
    const one = Float64Array.of(start); // where it is shared
    const layout = { z: { start: 0, trace: true }, x: { start: 0 }, u: { start: 0 } };
    const each = { ...layout, alpha: { start } };
    const memory = shared ? ruleMemory(groups, layout, { alpha: one }) : ruleMemory(groups, each);
    const alphas = memory.of.map((arrays) => ('alpha' in arrays ? (arrays as Each).alpha : one));
    const meta = { theta, least: alphaMin ?? -Infinity, most: alphaMax ?? Infinity };
    const adapt = (credit: Credit): void => {
      if (!shared) {
        for (let g = 0; g < groups.length; g++) adaptEach(alphas[g]!, memory.of[g]!, credit, meta);
        return;
      }
      let sum = 0;
      for (let g = 0; g < groups.length; g++) sum += dot(memory.of[g]!.x, memory.of[g]!.u);
      one[0] = bounded(one[0]! + theta * credit.ratio * credit.delta * sum, meta); // (1)
    };
    return {
      ...memory,
      single: true,
      macsPerStep: (shared ? 4 : 5) * countWeights(groups), // (1) 1 or 2, (2) 2, (3) 1
      noKernel: 'learned step sizes are on the reference path',
      apply(credit) {
        for (let g = 0; g < groups.length; g++) correct(memory.of[g]!.z, credit);
        adapt(credit);
        for (let g = 0; g < groups.length; g++) descend(groups[g]!.weights, alphas[g]!, memory.of[g]!, credit);
      },
      trace(credit) {
        for (let g = 0; g < groups.length; g++) {
          accumulate(memory.of[g]!.z, groups[g]!, credit, lambda); // (3)
          memory.of[g]!.x.set(groups[g]!.gradient);
        }
      },
      stepSizes(name, into) {
        const of = alphas[groups.findIndex((group) => group.name === name)]!;
        for (let i = 0; i < into.length; i++) into[i] = of[shared ? 0 : i]!;
      },
    };
  },
});

type Memory = Readonly<Record<'z' | 'x' | 'u', Float64Array>>; // [n] each

type Each = Memory & { readonly alpha: Float64Array };

interface Meta {
  readonly theta: number;
  readonly least: number;
  readonly most: number;
}

const bounded = (alpha: number, { least, most }: Meta): number => Math.min(most, Math.max(least, alpha));

function adaptEach(alpha: Float64Array, { x, u }: Memory, { delta, ratio }: Credit, meta: Meta): void {
  const rate = meta.theta * ratio * delta;
  for (let i = 0; i < x.length; i++) alpha[i] = bounded(alpha[i]! + rate * x[i]! * u[i]!, meta); // (1)
}

function descend(w: Float64Array, alpha: Float64Array, { z, u }: Memory, { delta }: Credit): void {
  const shared = alpha.length !== w.length;
  for (let i = 0; i < w.length; i++) {
    u[i] = delta * z[i]!;
    w[i]! += alpha[shared ? 0 : i]! * u[i]!; // (2)
  }
}
