/**
 * TIDBD (Kearney et al. 2018): IDBD for TD(lambda). With x = grad v_{t-1}, x' = grad v_t, and u = x (semi-gradient) or
 * u = x - gamma_t x' (ordinary gradient):
 *   beta_i += theta delta_t u_i h_i,   alpha_i = e^{beta_i}                    (1)
 *   w_i += alpha_i delta_t z_i                                                 (2)
 *   h_i <- h_i [1 - alpha_i u_i z_i]+ + alpha_i delta_t z_i                    (3)
 *   z_t = rho_t (gamma_t lambda z_{t-1} + grad v_t)                            (4)
 * gamma = 0 is idbd. The ordinary gradient needs x' before the weights move. A linear head knows it (its features); for the
 * weights of a cell it comes right after, and so does all of (1) and (3) then: (2) steps by the alpha of one step before.
 * delta_t takes v_{t-1} as predicted then; the paper predicts it anew. A ratio weighs delta_t in (1).
 * A divisor of step sizes, which growth sets for the head, is ignored: they are learned.
 */
import { z } from 'zod';
import { accumulate, correct, countWeights } from '../eligibility.ts';
import { type BetaBounds, betaBounds, betaOptions, exponentials, moveBeta } from '../log-steps.ts';
import { knowsNextGradient } from '../next-gradient.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().gt(0).default(0.01).describe('step sizes at the start'),
  headAlpha: z.number().gt(0).nullable().default(null).describe('those of the head; null = alpha'),
  theta: z.number().min(0).default(0.01).describe('meta step size'),
  lambda: z.number().min(0).max(1).default(0.9),
  gradient: z.enum(['semi', 'ordinary']).default('semi').describe('of the squared TD error, in step sizes'),
  ...betaOptions,
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'kearney2018tidbd',
  summary: 'IDBD for TD(lambda): a learned step size per weight',
  options,
  create({ alpha, headAlpha, theta, lambda, gradient, ...bounds }, _rng, { groups }) {
    const starts = { cell: Math.log(alpha), head: Math.log(headAlpha ?? alpha) };
    const memory = ruleMemory(groups, {
      z: { start: 0, trace: true },
      x: { start: 0 },
      beta: { start: ({ name }) => starts[name] },
      h: { start: 0 },
    });
    const meta = { theta, bounds: betaBounds(bounds) };
    const ordinary = gradient === 'ordinary';
    const waits = ordinary && !knowsNextGradient(groups);
    let waiting = false; // (1) and (3) of this step are still to come
    const learnAll = (credit: Credit, moves: boolean): void => {
      for (let g = 0; g < groups.length; g++) {
        const { weights, gradient: now, features } = groups[g]!;
        const next = ordinary && credit.discount_t !== 0 ? (waits ? now : features!) : null;
        learn(moves ? weights : null, memory.of[g]!, next, credit, meta);
      }
    };
    return {
      ...memory,
      single: true,
      macsPerStep: (waits ? 11 : ordinary ? 9 : 8) * countWeights(groups), // (1) 2, (2) 2, (3) 3, (4) 1; x' 1
      noKernel: 'learned step sizes are on the reference path',
      apply(credit) {
        for (let g = 0; g < groups.length; g++) correct(memory.of[g]!.z, credit);
        waiting = waits && credit.discount_t !== 0;
        if (!waiting) return learnAll(credit, true);
        for (let g = 0; g < groups.length; g++) descend(groups[g]!.weights, memory.of[g]!, credit);
      },
      trace(credit) {
        if (waiting) learnAll(credit, false);
        waiting = false;
        for (let g = 0; g < groups.length; g++) {
          accumulate(memory.of[g]!.z, groups[g]!, credit, lambda); // (4)
          memory.of[g]!.x.set(groups[g]!.gradient);
        }
      },
      stepSizes(name, into) {
        exponentials(memory.of[groups.findIndex((group) => group.name === name)]!.beta, into);
      },
    };
  },
});

type Memory = Readonly<Record<'z' | 'x' | 'beta' | 'h', Float64Array>>; // [n] each

interface Meta {
  readonly theta: number;
  readonly bounds: BetaBounds;
}

/** w null: the weights have moved already, by the step sizes that (1) finds. */
function learn(w: Float64Array | null, of: Memory, next: Float64Array | null, credit: Credit, meta: Meta): void {
  const { z, x, beta, h } = of;
  const { delta, ratio, discount_t } = credit;
  const rate = meta.theta * ratio * delta;
  for (let i = 0; i < z.length; i++) {
    const u = next === null ? x[i]! : x[i]! - discount_t * next[i]!;
    const before = w === null ? Math.exp(beta[i]!) : 0;
    moveBeta(beta, i, rate * u * h[i]!, meta.bounds); // (1)
    const alpha = w === null ? before : Math.exp(beta[i]!);
    const step = alpha * delta * z[i]!;
    if (w !== null) w[i]! += step; // (2)
    h[i] = h[i]! * Math.max(0, 1 - alpha * u * z[i]!) + step; // (3)
  }
}

/** (2) alone */
function descend(w: Float64Array, { z, beta }: Memory, { delta }: Credit): void {
  for (let i = 0; i < w.length; i++) w[i]! += Math.exp(beta[i]!) * delta * z[i]!;
}
