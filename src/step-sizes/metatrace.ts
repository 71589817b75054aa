/**
 * Metatrace, scalar form (Young, Wang & Taylor 2018): one step size alpha = e^beta, learned by the gradient of the error
 * through the whole past, with an eligibility of its own. With g_t = grad v_t and q = gamma_t lambda,
 *   beta += mu delta_t zb,   w += e^beta delta_t z                                                       (1)
 *   h += e^beta z (delta_t + gamma_t g_t'h - g_{t-1}'h)          h = dw/dbeta, each g'h with the h of its time  (2)
 *   z <- q z + g_t,   zb <- q zb + g_t'h                                                                 (3)
 * (2) needs g_t, so it follows (1) at the next trace. `normalised`: Delta = delta zb is divided by a running maximum nu,
 * and beta falls where a step would overshoot, u a running maximum of e^beta |g|^2:
 *   nu <- max(|Delta|, nu + mu (|Delta| - nu)),   beta += mu Delta / nu                                   (4)
 *   u <- max(e^beta |g|^2, u + (1 - q)(e^beta |g|^2 - u)),   beta -= ln max(u, 1)                         (5)
 * An importance ratio multiplies both traces.
 * A divisor of step sizes, which growth sets for the head, is ignored: they are learned.
 */
import { z } from 'zod';
import { accumulate, correct, countWeights } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().gt(0).default(1e-3).describe('step size at the start'),
  mu: z.number().min(0).default(1e-3).describe('meta step size'),
  lambda: z.number().min(0).max(1).default(0.8),
  normalised: z.boolean().default(false).describe('(4) and (5)'),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'young2018metatrace',
  summary: 'one step size for all weights, learned through an eligibility of its own',
  options,
  create({ alpha, mu, lambda, normalised }, _rng, { groups }) {
    const beta = Float64Array.of(Math.log(alpha));
    const [nu, u] = [new Float64Array(1), new Float64Array(1)]; // running maxima of (4) and (5)
    const zb = new Float64Array(1);
    const past = new Float64Array(4); // of the episode: g'h as v_t was predicted, delta_t where (2) is due, |g|^2, q
    const [SAID, DELTA, SQUARE, FADE] = [0, 1, 2, 3] as const;
    const memory = ruleMemory(groups, { z: { start: 0, trace: true }, h: { start: 0 } }, { beta, nu, u, zb, past });

    /** g'h */
    const say = (): number => {
      let said = 0;
      for (let g = 0; g < groups.length; g++) {
        const { gradient } = groups[g]!;
        const { h } = memory.of[g]!;
        for (let i = 0; i < h.length; i++) said += gradient[i]! * h[i]!;
      }
      return said;
    };
    const measure = (): void => {
      past[SQUARE] = 0;
      for (let g = 0; g < groups.length; g++) {
        const { gradient } = groups[g]!;
        for (let i = 0; i < gradient.length; i++) past[SQUARE]! += gradient[i]! * gradient[i]!;
      }
    };
    /** (2); `moved` = delta_t + gamma_t g_t'h - g_{t-1}'h. */
    const follow = (moved: number): void => {
      const step = Math.exp(beta[0]!) * moved;
      for (let g = 0; g < groups.length; g++) {
        const { z, h } = memory.of[g]!;
        for (let i = 0; i < h.length; i++) h[i]! += step * z[i]!;
      }
    };
    const learnStepSize = (change: number): void => {
      if (!normalised) {
        beta[0]! += mu * change; // (1)
        return;
      }
      const size = Math.abs(change);
      nu[0] = Math.max(size, nu[0]! + mu * (size - nu[0]!)); // (4)
      if (nu[0]! > 0) beta[0]! += (mu * change) / nu[0]!;
      const rate = Math.exp(beta[0]!) * past[SQUARE]!;
      u[0] = Math.max(rate, u[0]! + (1 - past[FADE]!) * (rate - u[0]!)); // (5)
      beta[0]! -= Math.log(Math.max(u[0]!, 1));
    };

    return {
      ...memory,
      reset() {
        memory.reset();
        zb[0] = 0;
        past.fill(0);
      },
      single: true,
      macsPerStep: (normalised ? 6 : 5) * countWeights(groups) + (normalised ? 7 : 4),
      noKernel: 'its step size needs sums over all weights',
      apply(credit) {
        const { delta, ratio } = credit;
        if (ratio !== 1) zb[0]! *= ratio;
        for (let g = 0; g < groups.length; g++) correct(memory.of[g]!.z, credit);
        learnStepSize(delta * zb[0]!);
        const step = Math.exp(beta[0]!) * delta;
        for (let g = 0; g < groups.length; g++) {
          const { weights: w } = groups[g]!;
          const { z } = memory.of[g]!;
          for (let i = 0; i < w.length; i++) w[i]! += step * z[i]!; // (1)
        }
        if (credit.supervised)
          follow(delta - past[SAID]!); // nothing was bootstrapped
        else past[DELTA] = delta;
      },
      trace(credit) {
        const said = say(); // with the h of when v_t was predicted
        if (past[DELTA] !== 0) follow(past[DELTA]! + credit.discount_t * said - past[SAID]!); // (2)
        past[DELTA] = 0;
        past[SAID] = said;
        past[FADE] = credit.discount_t * lambda;
        if (normalised) measure();
        for (let g = 0; g < groups.length; g++) accumulate(memory.of[g]!.z, groups[g]!, credit, lambda); // (3)
        zb[0] = past[FADE]! * zb[0]! + say();
      },
      stepSizes: (_name, into) => into.fill(Math.exp(beta[0]!)),
    };
  },
});
