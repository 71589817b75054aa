/**
 * TD with gradient correction, for learning off-policy where semi-gradient TD diverges (TDC, Sutton et al. 2009; with
 * traces it is GTD(lambda); Sutton & Barto 2018, sections 11.7 and 12.11). Second weights h, one for each weight, estimate
 * the TD error from x = grad v, and take away what a change of w does through the value that is bootstrapped from:
 *   z_t = rho_t (gamma_t lambda z_{t-1} + x_t), rho_t the importance ratio                       (1)
 *   w += alpha (delta_t z_{t-1} - gamma_t (1 - lambda)(z_{t-1}'h) x_t)                           (2)
 *   h += beta (delta_t z_{t-1} - (h'x_{t-1}) x_{t-1})                                            (3)
 * lambda = 0 is TDC, beta = 0 is td-lambda; beta is meant to be several times alpha. Sums run over all weights of the rule,
 * head and cell together; the second half of (2) is done by trace, where x_t is known. For the weights of a cell v is taken
 * as linear in them: the second derivatives of nonlinear TDC are left out. alpha and beta are divided by the divisor of
 * the group, which growth sets. From targets, gamma = 0, it is least mean squares.
 */
import { z } from 'zod';
import { accumulate, correct, countWeights, ONE } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { type PerWeight, ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().min(0).default(0.001).describe('step size of the weights'),
  beta: z.number().min(0).default(0.01).describe('step size of the second weights'),
  lambda: z.number().min(0).max(1).default(0),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'sutton2009fast',
  summary: 'TD with gradient correction, GTD(lambda): for learning off-policy, where TD may diverge',
  options,
  create({ alpha, beta, lambda }, _rng, { groups }) {
    const trace: PerWeight = { start: 0, trace: true };
    const memory = ruleMemory(groups, { z: trace, x: trace, h: { start: 0 } });
    const all = groups.map(({ weights: w, divisor = ONE }, g): Weights => ({ ...memory.of[g]!, w, divisor }));
    const moment: Moment = { zh: 0, hx: 0, correction: 0 };
    const sizes: Sizes = { alpha, beta };
    return {
      ...memory,
      fixed: true,
      single: true,
      macsPerStep: 7 * countWeights(groups), // (1) 1, (2) 3, (3) 3
      noKernel: 'its correction needs a sum over all weights',
      reset() {
        memory.reset();
        moment.zh = 0;
      },
      apply(credit) {
        moment.zh = moment.hx = 0;
        for (let g = 0; g < all.length; g++) {
          correct(all[g]!.z, credit);
          sum(all[g]!, moment);
        }
        for (let g = 0; g < all.length; g++) descend(all[g]!, credit, moment, sizes);
      },
      trace(credit) {
        moment.correction = alpha * credit.discount_t * (1 - lambda) * moment.zh;
        moment.zh = 0; // an error that is not admitted has none
        for (let g = 0; g < all.length; g++) {
          all[g]!.x.set(groups[g]!.gradient);
          if (moment.correction !== 0) takeAway(all[g]!, moment);
          accumulate(all[g]!.z, groups[g]!, credit, lambda); // (1)
        }
      },
      stepSizes(name, into) {
        into.fill(alpha / all[groups.findIndex((group) => group.name === name)]!.divisor[0]!);
      },
    };
  },
});

/** One group; all arrays but the divisor [n]. */
type Weights = Readonly<Record<'w' | 'x' | 'z' | 'h' | 'divisor', Float64Array>>;

/** Numbers come in objects: as arguments they would be put on the heap at every call. */
interface Moment {
  zh: number; // z'h of the latest error, until x_t comes
  hx: number;
  correction: number; // by which x_t is taken away
}

type Sizes = Readonly<Record<'alpha' | 'beta', number>>;

/** An array of both at the start would be left on the heap at every call. */
function sum({ x, z, h }: Weights, moment: Moment): void {
  let zh = 0;
  let hx = 0;
  for (let i = 0; i < h.length; i++) {
    zh += z[i]! * h[i]!;
    hx += h[i]! * x[i]!;
  }
  moment.zh += zh;
  moment.hx += hx;
}

/** (3), and the first half of (2) */
function descend({ w, x, z, h, divisor }: Weights, { delta }: Credit, { hx }: Moment, { alpha, beta }: Sizes): void {
  const step = (alpha * delta) / divisor[0]!;
  const rise = (beta * delta) / divisor[0]!;
  const fall = (beta * hx) / divisor[0]!;
  for (let i = 0; i < w.length; i++) {
    w[i]! += step * z[i]!;
    h[i]! += rise * z[i]! - fall * x[i]!;
  }
}

/** The second half of (2) */
function takeAway({ w, x, divisor }: Weights, { correction }: Moment): void {
  const step = correction / divisor[0]!;
  for (let i = 0; i < w.length; i++) w[i]! -= step * x[i]!;
}
