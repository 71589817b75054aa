/**
 * Linear questions on the same features, with one discount and one lambda, have one eligibility (Modayil, White & Sutton
 * 2014). W [K x size] holds a row of weights for every question, z [size] serves n of them:
 *   z_t = gamma_t lambda z_{t-1} + phi_t                      (1)
 *   w_k += alpha delta_k z_{t-1}                              (2)
 */
import { correct, ONE } from './eligibility.ts';
import { named } from './stateful.ts';
import type { Credit, Stateful } from './types.ts';

export interface SharedTraceNeeds {
  readonly weights: Float64Array; // W [K x size]
  readonly questions: Int32Array; // [n] the rows of W that z serves
  readonly phi: Float64Array; // [size]
  readonly delta: Float64Array; // [K]
  readonly alpha: number;
  readonly lambda: number;
  readonly divisor?: Float64Array; // [1] of alpha
}

export interface SharedTrace extends Stateful {
  readonly macsPerStep: number;
  trace(c: Credit): void; // (1)
  apply(c: Credit): void; // (2)
  restart(start: number, end: number): void; // features [start, end)
}

export function sharedTrace(needs: SharedTraceNeeds): SharedTrace {
  const { weights, questions, phi, delta, alpha, lambda, divisor = ONE } = needs;
  const size = phi.length;
  const z = new Float64Array(size);
  return {
    ...named({ z }, () => z.fill(0)),
    macsPerStep: size + questions.length * (size + 1),
    trace({ discount_t }) {
      const decay = discount_t * lambda;
      for (let i = 0; i < size; i++) z[i] = decay * z[i]! + phi[i]!;
    },
    apply(credit) {
      correct(z, credit);
      for (let j = 0; j < questions.length; j++) {
        const k = questions[j]!;
        const step = (alpha * delta[k]!) / divisor[0]!;
        const row = k * size;
        for (let i = 0; i < size; i++) weights[row + i]! += step * z[i]!;
      }
    },
    restart: (start, end) => z.fill(0, start, end),
  };
}
