/**
 * Autostep for TD(lambda) (Kearney et al. 2019, algorithm 6), after the ordinary gradient: with x = grad v_{t-1},
 * x' = grad v_t, u = x - gamma_t x':
 *   eta_i <- max(|delta_t u_i h_i|, eta_i + alpha_i u_i z_i (|delta_t x_i h_i| - eta_i) / tau)    (1)
 *   beta_i += theta delta_t u_i h_i / eta_i where eta_i > 0                            (2)
 *   M = max(sum over j of e^{beta_j} u_j z_j, 1),   beta_i -= ln M,   alpha_i = e^{beta_i}        (3)
 *   w_i += alpha_i delta_t z_i                                                         (4)
 *   h_i <- h_i [1 - alpha_i u_i z_i]+ + alpha_i delta_t z_i                            (5)
 *   z_t = rho_t (gamma_t lambda z_{t-1} + grad v_t)                                    (6)
 * z in (1) and (3) is the trace that moves the weights, so that gamma = 0 is autostep; published programs add x to it after
 * (3). Sums run over all weights of the rule. A linear head knows x' before the weights move; for the weights of a cell it
 * comes right after, and so does all of (1), (2), (3) and (5) then: (4) steps by the alpha of one step before.
 * A divisor of step sizes, which growth sets for the head, is ignored: they are learned.
 */
import { z } from 'zod';
import { accumulate, correct, countWeights } from '../eligibility.ts';
import { exponentials } from '../log-steps.ts';
import { knowsNextGradient } from '../next-gradient.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().gt(0).default(0.1).describe('step sizes at the start'),
  headAlpha: z.number().gt(0).nullable().default(null).describe('those of the head; null = alpha'),
  theta: z.number().min(0).default(0.01).describe('meta step size'),
  tau: z.number().gt(0).default(1e4).describe('steps over which a peak is forgotten'),
  lambda: z.number().min(0).max(1).default(0.9),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'kearney2019learning',
  summary: 'Autostep for TD(lambda): normalised meta gradient, steps that do not overshoot',
  options,
  create({ alpha, headAlpha, theta, tau, lambda }, _rng, { groups }) {
    const starts = { cell: Math.log(alpha), head: Math.log(headAlpha ?? alpha) };
    const memory = ruleMemory(groups, {
      z: { start: 0, trace: true },
      x: { start: 0 },
      beta: { start: ({ name }) => starts[name] },
      eta: { start: 0 },
      h: { start: 0 },
    });
    const scratch = groups.map(({ weights }): Scratch => {
      return { u: new Float64Array(weights.length), alpha: new Float64Array(weights.length) };
    });
    const moment: Moment = { theta, forgetting: 1 / tau, reduction: 0 };
    const waits = !knowsNextGradient(groups);
    let waiting = false; // all but (4) of this step is still to come

    const learnAll = (credit: Credit): void => {
      moment.reduction = 0;
      for (let g = 0; g < groups.length; g++) {
        const { gradient, features } = groups[g]!;
        const next = credit.discount_t === 0 ? null : waits ? gradient : features!;
        differ(memory.of[g]!, next, credit, scratch[g]!);
        learn(memory.of[g]!, credit, moment, scratch[g]!);
      }
      moment.reduction = Math.log(Math.max(moment.reduction, 1));
      for (let g = 0; g < groups.length; g++) reduce(memory.of[g]!, moment);
    };
    return {
      ...memory,
      single: true,
      macsPerStep: 18 * countWeights(groups), // u and u z 2, (1) 7, (2) 1, (3) 1, (4) 2, (5) 4, (6) 1
      noKernel: 'its bound needs all step sizes before any weight moves',
      apply(credit) {
        for (let g = 0; g < groups.length; g++) correct(memory.of[g]!.z, credit);
        waiting = waits && credit.discount_t !== 0;
        if (!waiting) learnAll(credit);
        for (let g = 0; g < groups.length; g++) {
          exponentials(memory.of[g]!.beta, scratch[g]!.alpha);
          descend(groups[g]!.weights, memory.of[g]!, credit, scratch[g]!);
          if (!waiting) remember(memory.of[g]!, credit, scratch[g]!);
        }
      },
      trace(credit) {
        if (waiting) learnAll(credit);
        for (let g = 0; g < groups.length; g++) {
          if (waiting) remember(memory.of[g]!, credit, scratch[g]!);
          accumulate(memory.of[g]!.z, groups[g]!, credit, lambda); // (6)
          memory.of[g]!.x.set(groups[g]!.gradient);
        }
        waiting = false;
      },
      stepSizes(name, into) {
        exponentials(memory.of[groups.findIndex((group) => group.name === name)]!.beta, into);
      },
    };
  },
});

type Memory = Readonly<Record<'z' | 'x' | 'beta' | 'eta' | 'h', Float64Array>>; // [n] each

/** Of one step; nothing in it outlives a step. */
interface Scratch {
  readonly u: Float64Array; // [n]
  readonly alpha: Float64Array; // [n] that move the weights
}

interface Moment {
  readonly theta: number;
  readonly forgetting: number; // 1 / tau
  reduction: number; // M of (3), then its logarithm
}

function differ({ x }: Memory, next: Float64Array | null, { discount_t }: Credit, { u }: Scratch): void {
  for (let i = 0; i < u.length; i++) u[i] = next === null ? x[i]! : x[i]! - discount_t * next[i]!;
}

/** (1), (2), and the sum of (3) */
function learn({ z, x, beta, eta, h }: Memory, { delta, ratio }: Credit, moment: Moment, { u }: Scratch): void {
  const { theta, forgetting } = moment;
  const error = ratio * delta;
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    const reach = u[i]! * z[i]!;
    const g = error * u[i]! * h[i]!;
    const size = Math.abs(error * x[i]! * h[i]!);
    const fade = forgetting * Math.exp(beta[i]!) * reach;
    const peak = Math.max(Math.abs(g), eta[i]! + fade * (size - eta[i]!)); // (1)
    eta[i] = peak;
    const push = theta * g;
    if (peak > 0) beta[i]! += push / peak; // (2)
    sum += Math.exp(beta[i]!) * reach;
  }
  moment.reduction += sum;
}

/** (3) */
function reduce({ beta }: Memory, { reduction }: Moment): void {
  if (reduction === 0) return;
  for (let i = 0; i < beta.length; i++) beta[i]! -= reduction;
}

/** (4) */
function descend(w: Float64Array, { z }: Memory, { delta }: Credit, { alpha }: Scratch): void {
  for (let i = 0; i < w.length; i++) w[i]! += alpha[i]! * delta * z[i]!;
}

/** (5) */
function remember({ z, h }: Memory, { delta }: Credit, { u, alpha }: Scratch): void {
  for (let i = 0; i < z.length; i++) {
    const step = alpha[i]! * z[i]!;
    h[i] = h[i]! * Math.max(0, 1 - u[i]! * step) + delta * step;
  }
}
