/**
 * Linear action values and the epsilon-greedy choice among them (Sutton & Barto 2018, sections 9.4 and 5.4):
 *   q(s, a) = w_a . phi,   dq/dphi = w_a,   dq/dw_a = phi                                                    (1)
 *   a_t = uniform with probability epsilon_t, else one of the best, ties drawn                               (2)
 *   epsilon_t from `from` to `to`, linear over `explore` steps, then `to`                                    (3)
 */
import { z } from 'zod';
import type { Slope } from './control.ts';
import { countActions } from './discrete-actions.ts';
import type { HeadNeeds, Rng } from './types.ts';

export const EXPLORATION = {
  from: z.number().min(0).max(1).default(1).describe('epsilon at the start'),
  to: z.number().min(0).max(1).default(0.01).describe('epsilon in the end'),
  fraction: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe("share of the run's steps (of 100,000 where no run says how many) over which epsilon falls"),
  explore: z
    .number()
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('steps over which epsilon falls; null: by fraction'),
};
export interface Exploration {
  readonly from: number;
  readonly to: number;
  readonly fraction: number;
  readonly explore: number | null;
}

const UNKNOWN = 100_000; // steps of a run that does not say

export interface ActionValues {
  readonly actions: number;
  readonly weights: Float64Array; // [actions x size]
  readonly q: Float64Array; // [actions] of the latest predict
  readonly score: Slope; // q(s_t, a_t)
  readonly best: Slope; // max_a q(s_t, a)
  predict(phi: Float64Array, v: Float64Array): void; // v = max_a q
  choose(rng: Rng, time: Float64Array): number;
  greatest(): number; // the first of the best
}

export function actionValues(id: string, needs: HeadNeeds, { from, to, fraction, explore }: Exploration): ActionValues {
  const { size, steps = UNKNOWN } = needs;
  const actions = countActions(needs, id);
  const weights = new Float64Array(actions * size);
  const q = new Float64Array(actions);
  const chosen = new Int32Array(1);
  const drawn = new Float64Array(1);
  const falls = explore ?? fraction * steps;
  const best = new Int32Array(actions); // those that share the greatest value

  const greatest = (): number => {
    let a = 0;
    for (let b = 1; b < actions; b++) if (q[b]! > q[a]!) a = b;
    return a;
  };
  const greedy = (rng: Rng): number => {
    const top = q[greatest()]!;
    let ties = 0;
    for (let a = 0; a < actions; a++) if (q[a] === top) best[ties++] = a;
    return ties > 1 ? best[rng.integer(0, ties - 1)]! : best[0]!;
  };
  const slope = (of: () => number): Slope => ({
    gradient(dPhi) {
      const row = of() * size;
      for (let i = 0; i < size; i++) dPhi[i] = weights[row + i]!;
    },
    weightGradient(phi, out) {
      const row = of() * size;
      for (let i = 0; i < size; i++) out[row + i]! += phi[i]!;
    },
  });

  return {
    actions,
    weights,
    q,
    greatest,
    score: slope(() => chosen[0]!),
    best: slope(greatest),
    predict(phi, v) {
      for (let a = 0; a < actions; a++) {
        let total = 0;
        for (let i = 0; i < size; i++) total += weights[a * size + i]! * phi[i]!;
        q[a] = total; // 1
      }
      v[0] = q[greatest()]!;
    },
    choose(rng, time) {
      rng.fill(drawn);
      const left = Math.max(0, 1 - time[0]! / falls);
      const epsilon = falls > 0 ? to + (from - to) * left : to; // 3
      chosen[0] = drawn[0]! < epsilon ? rng.integer(0, actions - 1) : greedy(rng); // 2
      return chosen[0];
    },
  };
}
