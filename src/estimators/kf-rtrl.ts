/**
 * Kronecker-factored RTRL (Mujika, Meier & Steger 2018): J is carried as one Kronecker product, into which every step
 * folds its own, I = Delta (x) v (kronecker.ts), through one random sign c = -1 or 1:
 *   J_t ~ A (x) u                                                                                             (1)
 *   u <- p1 u + c p2 v      A <- (D A) / p1 + c Delta / p2                                                    (2)
 *   p1 = sqrt(|D A| / |u|)      p2 = sqrt(|Delta| / |v|)                                                      (3)
 * The mean over the signs is the exact gradient. The paper draws two signs per step; only their product matters. It asks
 * for cells whose immediate Jacobian is one product: seen through rows every cell is one, a GRU of either kind too.
 */
import { z } from 'zod';
import { balance, inverse } from '../balance.ts';
import { dynamicsMacs } from '../dynamics-structure.ts';
import { kronecker } from '../kronecker.ts';
import { definePart } from '../part.ts';
import { randomSign } from '../random-signs.ts';
import { named } from '../stateful.ts';
import type { Estimator, EstimatorNeeds } from '../types.ts';
import { combine, length } from '../vectors.ts';

export default definePart<Record<string, never>, EstimatorNeeds, Estimator>({
  cite: 'mujika2018approximating',
  summary: 'the influence as one random Kronecker product: unbiased, far less noisy than uoro',
  options: z.strictObject({}),
  create(_options, rng, { cell: { rows } }) {
    const factors = kronecker(rows);
    const { sources, size } = factors;
    const u = new Float64Array(sources); // [sources read]
    const A = new Float64Array(size); // [n x rows] where rows reach
    const v = new Float64Array(sources);
    const delta = new Float64Array(size);
    const moved = new Float64Array(size); // D A
    return {
      ...named({ u, A }, () => {
        u.fill(0);
        A.fill(0);
      }),
      needs: ['values'],
      noKernel: 'its noise is drawn on the reference path',
      unbiased: true,
      exactOn: ({ source }) => source.length === 0,
      cost: {
        entries: sources + size,
        macsPerStep: dynamicsMacs(rows, 'values') + factors.timesMacs + 4 * (sources + size) + factors.pullMacs,
      },
      update(d) {
        factors.times(d.values(), A, moved);
        factors.read(d.lane, v, delta);
        const p1 = balance(length(moved), length(u)); // (3)
        const p2 = balance(length(delta), length(v));
        const signed = randomSign(rng) < 0 ? -p2 : p2; // c p2
        combine(p1, u, signed, v, u); // (2)
        combine(inverse(p1), moved, inverse(signed), delta, A);
      },
      pull: (q, out) => factors.pull(q, u, A, out), // (1)
      push: (x, out) => factors.push(x, u, A, out.fill(0)),
    };
  },
});
