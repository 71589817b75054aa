/**
 * TD(lambda) with Adam (Kingma & Ba 2015, algorithm 1) on g = delta_t z_{t-1}:
 *   m <- beta1 m + (1 - beta1) g,   nu <- beta2 nu + (1 - beta2) g^2                                     (1)
 *   weights += alpha mHat / (sqrt(nuHat) + epsilon),   mHat = m / (1 - beta1^t),  nuHat likewise           (2)
 *   z_t = rho_t (gamma_t lambda z_{t-1} + grad v_t), rho_t the importance ratio                           (3)
 * alpha is divided by the divisor of the group, which growth sets.
 * m remembers the errors of earlier steps: it outlives the episode, as nu does.
 */
import { z } from 'zod';
import { accumulate, correct, countWeights, ONE } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().min(0).default(0.001).describe('step size of the cell, and of the head unless headAlpha says else'),
  headAlpha: z.number().min(0).nullable().default(null).describe('step size of the head; null = alpha'),
  lambda: z.number().min(0).max(1).default(0.9),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().gt(0).default(1e-8),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'kingma2015adam',
  summary: 'TD(lambda) with Adam on delta z',
  options,
  create({ alpha, headAlpha, lambda, beta1, beta2, epsilon }, _rng, { groups }) {
    const sizes = { cell: alpha, head: headAlpha ?? alpha };
    const divisors = groups.map(({ divisor = ONE }) => divisor); // [1] each
    const count = new Float64Array(1); // t
    const memory = ruleMemory(groups, { z: { start: 0, trace: true }, m: { start: 0 }, nu: { start: 0 } }, { count });
    const correction = new Float64Array(2); // 1 - beta1^t, 1 - beta2^t
    const moments = groups.map(({ name }, g): Moment => {
      return { beta1, beta2, epsilon, size: sizes[name], divisor: divisors[g]!, correction };
    });
    return {
      ...memory,
      macsPerStep: 8 * countWeights(groups),
      noKernel: 'its two moments are kept on the reference path',
      apply(credit) {
        count[0]!++;
        correction[0] = 1 - Math.pow(beta1, count[0]!);
        correction[1] = 1 - Math.pow(beta2, count[0]!);
        for (let g = 0; g < groups.length; g++) {
          const { z, m, nu } = memory.of[g]!;
          correct(z, credit);
          descend(groups[g]!.weights, z, m, nu, credit, moments[g]!);
        }
      },
      trace(credit) {
        for (let g = 0; g < groups.length; g++) accumulate(memory.of[g]!.z, groups[g]!, credit, lambda); // (3)
      },
      /** Of a gradient that stays as it is. */
      stepSizes(name, into) {
        const g = groups.findIndex((group) => group.name === name);
        const { nu } = memory.of[g]!;
        const size = sizes[name] / divisors[g]![0]!;
        const second = Math.max(1 - Math.pow(beta2, count[0]!), Number.MIN_VALUE);
        for (let i = 0; i < into.length; i++) into[i] = size / (Math.sqrt(nu[i]! / second) + epsilon);
      },
    };
  },
});

/** Numbers come in objects, and those that change in arrays: else they would be put on the heap at every call. */
interface Moment {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly size: number;
  readonly divisor: Float64Array; // [1]
  readonly correction: Float64Array; // [2] 1 - beta1^t, 1 - beta2^t
}

/** Moments never fall below this: a weight without gradient would make them subnormal, and slow. */
const LEAST = 1e-30;

function descend(
  w: Float64Array,
  z: Float64Array,
  m: Float64Array,
  nu: Float64Array,
  { delta }: Credit,
  { beta1, beta2, epsilon, size, divisor, correction }: Moment,
): void {
  const alpha = size / divisor[0]!;
  const first = correction[0]!;
  const second = correction[1]!;
  const [fresh1, fresh2] = [1 - beta1, 1 - beta2];
  for (let i = 0; i < w.length; i++) {
    const g = delta * z[i]!;
    const mean = beta1 * m[i]! + fresh1 * g; // (1)
    m[i] = Math.abs(mean) < LEAST ? 0 : mean;
    nu[i] = Math.max(LEAST, beta2 * nu[i]! + fresh2 * g * g);
    w[i]! += (alpha * m[i]!) / first / (Math.sqrt(nu[i]! / second) + epsilon); // (2)
  }
}
