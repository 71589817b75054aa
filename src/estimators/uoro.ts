/**
 * Unbiased online recurrent optimization (Tallec & Ollivier 2018): J is carried as one product of two vectors, and every
 * step folds its immediate Jacobian in through random signs nu_i = -1 or 1, one per state entry:
 *   J_t ~ s~ theta~'                                                                                          (1)
 *   s~ <- rho0 D s~ + rho1 nu      theta~ <- theta~ / rho0 + (nu' I) / rho1                                   (2)
 *   rho0 = sqrt((|theta~| + eps) / (|D s~| + eps))   rho1 = sqrt((|nu' I| + eps) / (|nu| + eps))              (3)
 * The mean over the signs is the exact gradient: cross terms of (2) are odd in nu, rho0 knows nothing of it and rho1 is
 * even. O(n + p) memory, a D v product and one backward pass through the step per step; the variance grows with n. eps
 * keeps the very first step, where everything is zero, from 0 / 0.
 */
import { z } from 'zod';
import { balance, inverse } from '../balance.ts';
import { distinct, type Distinct } from '../distinct.ts';
import { productMacs } from '../dynamics-structure.ts';
import { definePart } from '../part.ts';
import { randomSigns } from '../random-signs.ts';
import { rowPull } from '../row-pull.ts';
import { named } from '../stateful.ts';
import type { Estimator, EstimatorNeeds, Rows } from '../types.ts';
import { combine, length } from '../vectors.ts';

const options = z.strictObject({
  epsilon: z.number().gt(0).default(1e-7).describe('added to every length when the two vectors are balanced'),
});

export default definePart<z.infer<typeof options>, EstimatorNeeds, Estimator>({
  cite: 'tallec2018unbiased',
  summary: 'the influence as one random product of two vectors: unbiased, O(n + p), noisy',
  options,
  create({ epsilon }, rng, { cell: { rows, units, components } }) {
    const n = units * components;
    const { values: learned, of } = parametersOf(rows);
    const own = { ...rows, param: of };
    const p = learned.length;
    const state = new Float64Array(n); // [n] s~
    const theta = new Float64Array(p); // [p] theta~
    const nu = new Float64Array(n); // [n]
    const moved = new Float64Array(n); // [n] D s~
    const immediate = new Float64Array(p); // [p] nu' I
    return {
      ...named({ state, theta }, () => {
        state.fill(0);
        theta.fill(0);
      }),
      needs: ['products'],
      noKernel: 'its noise is drawn on the reference path',
      unbiased: true,
      exactOn: ({ source }) => source.length === 0,
      cost: {
        entries: n + p,
        macsPerStep: productMacs(rows) + rows.dest.length * components + rows.source.length + 4 * n + 5 * p,
      },
      update(d) {
        randomSigns(rng, nu);
        d.times(state, moved);
        rowPull(own, d.lane.pre, d.lane.gain, nu, immediate.fill(0));
        const rho0 = balance(length(theta) + epsilon, length(moved) + epsilon); // (3)
        const rho1 = balance(length(immediate) + epsilon, Math.sqrt(n) + epsilon);
        combine(rho0, moved, rho1, nu, state); // (2)
        combine(inverse(rho0), theta, inverse(rho1), immediate, theta);
      },
      pull(q, out) {
        let error = 0; // q' s~
        for (let i = 0; i < n; i++) error += q[i]! * state[i]!;
        for (let j = 0; j < p; j++) out[learned[j]!]! += error * theta[j]!; // (1)
      },
      places: (array) => (array === 'theta' ? { param: learned, entry: new Int32Array(p) } : null), // [p] each
      push(v, out) {
        let along = 0; // theta~' v
        for (let j = 0; j < p; j++) along += theta[j]! * v[learned[j]!]!;
        for (let i = 0; i < n; i++) out[i] = state[i]! * along;
      },
    };
  },
});

/** The parameters that these rows have: all, but where other rows of the cell have another estimator. */
function parametersOf({ param, source }: Rows): Distinct {
  const all = source.map((_, e) => e);
  return param === null ? { values: all, of: all } : distinct(param);
}
