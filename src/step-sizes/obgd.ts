/**
 * ObGD, overshooting-bounded gradient descent (Elsayed, Vasan & Mahmood 2024, algorithm 3). With u = z, or for the
 * adaptive form z divided by the root of its own running second moment,
 *   z_t = rho_t (gamma_t lambda z_{t-1} + grad v_t)                                              (1)
 *   nu <- beta nu + (1 - beta)(delta z)^2,   u = z / sqrt(nu / (1 - beta^t) + epsilon)            (2)
 *   M = alpha kappa max(|delta|, 1) |u|_1,   weights += alpha / max(M, 1) delta u                 (3)
 * |u|_1 runs over all weights that the rule moves, head and cell together. Where no gradient of gamma v' - v exceeds 1,
 * a step takes away at most 1 / kappa of its own error: it cannot overshoot for kappa >= 1.
 * A divisor of step sizes, which growth sets for the head, is ignored: the bound finds their size.
 */
import { z } from 'zod';
import { accumulate, correct, countWeights } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { type PerWeight, ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().min(0).default(1).describe('step size before the bound'),
  kappa: z
    .number()
    .gt(0)
    .default(2)
    .describe('the larger, the smaller the steps; published: 2 for values, 3 for policies'),
  lambda: z.number().min(0).max(1).default(0.8),
  adaptive: z.boolean().default(false).describe('divide z by its running second moment: (2)'),
  beta: z.number().min(0).lt(1).default(0.999).describe('decay of the second moment'),
  epsilon: z.number().gt(0).default(1e-8),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'elsayed2024streaming',
  summary: 'steps bounded so that no update overshoots its own error; one bound over head and cell',
  options,
  create({ alpha, kappa, lambda, adaptive, beta, epsilon }, _rng, { groups }) {
    const count = new Float64Array(1); // errors applied
    const bound = new Float64Array(1); // alpha / max(M, 1) of the latest
    const trace: PerWeight = { start: 0, trace: true };
    const layout: Readonly<Record<string, PerWeight>> = adaptive ? { z: trace, nu: { start: 0 } } : { z: trace };
    const memory = ruleMemory(groups, layout, adaptive ? { bound, count } : { bound });
    const zs = memory.of.map((arrays) => arrays['z']!);
    const nus = memory.of.map((arrays) => arrays['nu'] ?? new Float64Array(0));
    const us = groups.map(({ weights }) => (adaptive ? new Float64Array(weights.length) : null)); // u of (2)
    bound[0] = alpha;
    const moment = { beta, epsilon, correction: 1 };
    const n = countWeights(groups);
    return {
      ...memory,
      single: true,
      macsPerStep: n * (adaptive ? 6 : 2) + 2,
      noKernel: 'its bound needs all traces before any weight moves',
      apply(credit) {
        let norm = 0; // |u|_1
        count[0]!++;
        moment.correction = 1 - Math.pow(beta, count[0]!);
        for (let g = 0; g < groups.length; g++) {
          const z = zs[g]!;
          correct(z, credit);
          if (adaptive) normalise(z, nus[g]!, us[g]!, credit, moment);
          const u = us[g] ?? z;
          for (let i = 0; i < u.length; i++) norm += Math.abs(u[i]!);
        }
        const M = alpha * kappa * Math.max(Math.abs(credit.delta), 1) * norm; // (3)
        bound[0] = alpha / Math.max(M, 1);
        const step = bound[0] * credit.delta;
        for (let g = 0; g < groups.length; g++) {
          const { weights: w } = groups[g]!;
          const u = us[g] ?? zs[g]!;
          for (let i = 0; i < w.length; i++) w[i]! += step * u[i]!; // (3)
        }
      },
      trace(credit) {
        for (let g = 0; g < groups.length; g++) accumulate(zs[g]!, groups[g]!, credit, lambda); // (1)
      },
      /** Of the latest error. */
      stepSizes(name, into) {
        const nu = nus[groups.findIndex((group) => group.name === name)]!;
        const correction = count[0] === 0 ? 1 : 1 - Math.pow(beta, count[0]!); // also of a rule just brought back
        for (let i = 0; i < into.length; i++) {
          into[i] = adaptive ? bound[0]! / Math.sqrt(nu[i]! / correction + epsilon) : bound[0]!;
        }
      },
    };
  },
});

interface Moment {
  readonly beta: number;
  readonly epsilon: number;
  readonly correction: number; // 1 - beta^t
}

/** (2) over one group. */
function normalise(
  z: Float64Array,
  nu: Float64Array,
  u: Float64Array,
  { delta }: Credit,
  { beta, epsilon, correction }: Moment,
): void {
  for (let i = 0; i < z.length; i++) {
    const change = delta * z[i]!;
    nu[i] = beta * nu[i]! + (1 - beta) * change * change;
    u[i] = z[i]! / Math.sqrt(nu[i]! / correction + epsilon);
  }
}
