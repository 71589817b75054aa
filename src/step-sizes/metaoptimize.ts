/**
 * MetaOptimize (Sharifnassab, Salehkaleybar & Sutton 2025), without the Hessian: step sizes that lower the discounted sum
 * of later losses. With g = delta_t z_{t-1}, the base update u is g (sgd) or Adam's, and h ~ dw/dbeta:
 *   meta = sum h g over a block,   beta += eta sign(.9 mBar + .1 meta),   mBar <- .99 mBar + .01 meta   (Lion)   (1)
 *   w += e^beta u,   h <- keep h + e^beta u,   keep the discount of later losses                                (2)
 *   nu <- beta2 nu + (1 - beta2) g^2,   u = g / (sqrt(nu / (1 - beta2^t)) + epsilon)                  (adam)      (3)
 * A block is all weights of the rule, or head and cell apart.
 * A divisor of step sizes, which growth sets for the head, is ignored: they are learned.
 */
import { z } from 'zod';
import { accumulate, correct, countWeights } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { type PerWeight, ruleMemory } from '../rule-memory.ts';
import type { RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().gt(0).default(1e-3).describe('step size at the start'),
  eta: z.number().min(0).default(1e-3).describe('meta step size: beta moves by so much a step'),
  keep: z.number().min(0).max(1).default(0.9999).describe('gamma of the published program: how far later losses count'),
  lambda: z.number().min(0).max(1).default(0.9),
  base: z.enum(['sgd', 'adam']).default('adam'),
  blocks: z.enum(['one', 'groups']).default('one').describe('one step size, or one for the head and one for the cell'),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().gt(0).default(1e-8),
});

const [DECAY, BLEND] = [0.99, 0.9] as const; // Lion's, as published

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'sharifnassab2025metaoptimize',
  summary: 'one step size per block, learned by the sign of its gradient on later losses',
  options,
  create({ alpha, eta, keep, lambda, base, blocks, beta2, epsilon }, _rng, { groups }) {
    const count = new Float64Array(1); // t
    const beta = new Float64Array(Math.max(groups.length, 1)).fill(Math.log(alpha)); // by group
    const mean = new Float64Array(beta.length); // mBar
    const meta = new Float64Array(beta.length);
    const trace: PerWeight = { start: 0, trace: true };
    const layout: Readonly<Record<string, PerWeight>> = { z: trace, h: { start: 0 }, nu: { start: 0 } };
    const memory = ruleMemory(groups, layout, { count, beta, mean });
    const all = groups.map(({ weights: w }, g): Weights => {
      const { z, h, nu } = memory.of[g]! as Weights;
      return { w, z, h, nu };
    });
    const now: Moment = { delta: 0, step: 0, keep, beta2, epsilon, second: 1, scales: base === 'adam' };

    const learnStepSizes = (): void => {
      for (let g = 0; g < all.length; g++) meta[g] = alignment(all[g]!, now);
      if (blocks === 'one') {
        for (let g = 1; g < all.length; g++) meta[0]! += meta[g]!;
        for (let g = 1; g < all.length; g++) meta[g] = meta[0]!;
      }
      for (let g = 0; g < all.length; g++) {
        beta[g]! += eta * Math.sign(BLEND * mean[g]! + (1 - BLEND) * meta[g]!); // (1)
        mean[g] = DECAY * mean[g]! + (1 - DECAY) * meta[g]!;
      }
    };

    return {
      ...memory,
      macsPerStep: (base === 'adam' ? 9 : 6) * countWeights(groups) + 5 * groups.length,
      noKernel: 'its step sizes need sums over all weights',
      apply(credit) {
        count[0]!++;
        now.delta = credit.delta;
        now.second = 1 - Math.pow(beta2, count[0]!);
        for (let g = 0; g < all.length; g++) correct(all[g]!.z, credit);
        learnStepSizes();
        for (let g = 0; g < all.length; g++) {
          now.step = Math.exp(beta[g]!);
          descend(all[g]!, now);
        }
      },
      trace(credit) {
        for (let g = 0; g < all.length; g++) accumulate(all[g]!.z, groups[g]!, credit, lambda);
      },
      /** With Adam, of a gradient that stays as it is. */
      stepSizes(name, into) {
        const g = groups.findIndex((group) => group.name === name);
        const { nu } = all[g]!;
        const second = Math.max(1 - Math.pow(beta2, count[0]!), Number.MIN_VALUE);
        const step = Math.exp(beta[g]!);
        for (let i = 0; i < into.length; i++)
          into[i] = base === 'sgd' ? step : step / (Math.sqrt(nu[i]! / second) + epsilon);
      },
    };
  },
});

/** One group; all arrays [n]. */
type Weights = Readonly<Record<'w' | 'z' | 'h' | 'nu', Float64Array>>;

/** Numbers come in objects: as arguments they would be put on the heap at every call. */
interface Moment {
  delta: number;
  step: number; // e^beta of the block
  readonly keep: number;
  readonly beta2: number;
  readonly epsilon: number;
  second: number; // 1 - beta2^t
  readonly scales: boolean; // base adam
}

function alignment({ z, h }: Weights, { delta }: Moment): number {
  let sum = 0;
  for (let i = 0; i < z.length; i++) sum += h[i]! * (delta * z[i]!);
  return sum;
}

/** Below this nu would become subnormal, and slow. */
const LEAST = 1e-30;

function descend({ w, z, h, nu }: Weights, { delta, step, keep, beta2, epsilon, second, scales }: Moment): void {
  const fresh = 1 - beta2;
  for (let i = 0; i < w.length; i++) {
    let u = delta * z[i]!;
    if (scales) {
      nu[i] = Math.max(LEAST, beta2 * nu[i]! + fresh * u * u); // (3)
      u /= Math.sqrt(nu[i]! / second) + epsilon;
    }
    const change = step * u;
    w[i]! += change; // (2)
    h[i] = keep * h[i]! + change;
  }
}
