/**
 * Recursive least squares on a linear head, for states that are not learned: the cell's weights stay as they are. With
 * P the inverse of A, one step of either sort adds z x' to A:
 *   gain = P z / (mu + x'P z),   P <- (P - gain x'P) / mu,   w += gain error                                 (1)
 * Targets: z = x = phi_t, error = y_t - v_t for every output. This is ridge regression online: with mu = 1, at all times
 *   w = (Phi'Phi + ridge I)^{-1} Phi'Y where w_0 = 0                                                          (2)
 * TD errors, LSTD(lambda) made recursive (Xu, He & Hu 2002):
 *   z = z_{t-1},   x = phi_{t-1} - gamma_t phi_t,   error = c_t - w'x = delta_t + v_{t-1} - w'phi_{t-1}        (3)
 *   z_t = rho_t (gamma_t lambda z_{t-1} + phi_t), rho_t the importance ratio                                  (4)
 * P_0 = I / ridge; episodes forget z, not P. O(size^2). Least mean squares, in O(size), is td-lambda with lambda = 0.
 */
import { z } from 'zod';
import { accumulate, correct } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { named } from '../stateful.ts';
import type { Credit, RuleNeeds, StepSizeRule, WeightGroup } from '../types.ts';
import { UserError } from '../user-error.ts';

const options = z.strictObject({
  forgetting: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .describe('mu: 1 remembers all; below 1, P grows without end where features do not vary'),
  ridge: z.number().gt(0).default(1).describe('P begins at I / ridge'),
  lambda: z.number().min(0).max(1).default(0.9).describe('of TD errors'),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'xu2002efficient',
  summary: 'recursive least squares on the head alone: online ridge regression, LSTD(lambda); O(size^2)',
  options,
  create({ forgetting, ridge, lambda }, _rng, { groups }) {
    const head = groups.find(({ name }) => name === 'head') ?? NOTHING;
    const { weights: w, gradient } = head;
    const phi = featuresOf(head); // phi_t
    const size = phi.length;
    const outputs = size === 0 ? 0 : w.length / size;
    const trace = new Float64Array(w.length); // z
    const last = new Float64Array(size); // phi_{t-1}
    const difference = new Float64Array(size); // x of (3)
    const { P, gain, absorb, forget } = inverse(size, ridge, forgetting);

    /** Of one output the gradient is phi and delta its error; of several, the gradient is error_k phi. */
    const regress = ({ delta, combined }: Credit): void => {
      absorb(phi, phi);
      let square = 0;
      for (let i = 0; i < size; i++) square += phi[i]! * phi[i]!;
      if (square === 0) return;
      for (let k = 0; k < w.length; k += size) {
        let error = 0;
        if (combined) for (let i = 0; i < size; i++) error += gradient[k + i]! * phi[i]!;
        error = combined ? error / square : delta;
        for (let i = 0; i < size; i++) w[k + i]! += error * gain[i]!; // (1)
      }
    };

    return {
      ...named({ 'z.head': trace, phi: last, P }, () => trace.fill(0)),
      macsPerStep: 4 * size * size + (outputs === 1 ? 5 : 2 + 2 * outputs) * size,
      headOnly: true,
      noKernel: 'its matrix of squared size stays on the reference path',
      apply(credit) {
        if (credit.supervised) return regress(credit);
        correct(trace, credit);
        let error = credit.delta + credit.v_tm1; // (3)
        for (let i = 0; i < size; i++) {
          error -= w[i]! * last[i]!;
          difference[i] = last[i]! - credit.discount_t * phi[i]!;
        }
        absorb(trace, difference);
        for (let i = 0; i < size; i++) w[i]! += error * gain[i]!; // (1)
      },
      trace(credit) {
        if (credit.supervised) return;
        accumulate(trace, head, credit, lambda); // (4)
        last.set(phi);
      },
      stepSizes(_name, into) {
        for (let i = 0; i < into.length; i++) into[i] = P[(i % size) * (size + 1)]!;
      },
      restart(name, start, end) {
        if (name !== 'head') return;
        trace.fill(0, start, end);
        last.fill(0, start, end);
        for (let i = start; i < Math.min(end, size); i++) forget(i);
      },
    };
  },
});

const NOTHING: WeightGroup = {
  name: 'head',
  weights: new Float64Array(0),
  gradient: new Float64Array(0),
  features: new Float64Array(0),
};

function featuresOf({ weights, features }: WeightGroup): Float64Array {
  if (features && (features.length === 0 ? weights.length === 0 : weights.length % features.length === 0))
    return features;
  throw new UserError(
    'Cannot learn by rls: the head is not linear in its features; take the linear head, or td-lambda',
  );
}

/** P, and what (1) does to it. */
function inverse(size: number, ridge: number, forgetting: number) {
  const P = new Float64Array(size * size); // [size x size]
  for (let i = 0; i < size; i++) P[i * size + i] = 1 / ridge;
  const gain = new Float64Array(size);
  const left = new Float64Array(size); // P z
  const right = new Float64Array(size); // x'P
  const fade = 1 / forgetting;
  return {
    P,
    gain,
    /** Feature i as if never seen: its row and column of P are those of the start. */
    forget(i: number): void {
      for (let j = 0; j < size; j++) P[i * size + j] = P[j * size + i] = 0;
      P[i * size + i] = 1 / ridge;
    },
    absorb(z: Float64Array, x: Float64Array): void {
      right.fill(0);
      let scale = forgetting;
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let j = 0; j < size; j++) {
          sum += P[i * size + j]! * z[j]!;
          right[j]! += x[i]! * P[i * size + j]!;
        }
        left[i] = sum;
        scale += x[i]! * sum;
      }
      // Both factors take a root of the divisor: where z is x, P then stays symmetric to the last bit.
      const root = Math.sqrt(Math.abs(scale));
      for (let i = 0; i < size; i++) {
        gain[i] = left[i]! / scale;
        left[i]! /= root;
        right[i]! /= scale < 0 ? -root : root;
      }
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) P[i * size + j] = fade * (P[i * size + j]! - left[i]! * right[j]!);
      }
    },
  };
}
