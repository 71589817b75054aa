/**
 * Synthetic gradients, decoupled neural interfaces (Jaderberg et al. 2017) on a state: the influence of the past is
 * dropped, and what later errors will say about s_t is predicted instead. With delta_t = dL/ds_t of all that is to come,
 *   delta_t = q_t + D_{t+1}' delta_{t+1},   dL/dtheta = sum_t delta_t' I_t                                  (1)
 *   c_t = M [s_t; 1] ~ D_{t+1}' delta_{t+1},   so that   dL/dtheta ~= sum_t (q_t + c_t)' I_t                  (2)
 * One step later the prediction meets its own bootstrapped target:
 *   M += rate (D_t'(q_t + c_t) - M [s_{t-1}; 1]) [s_{t-1}; 1]',   nlms: divided by |[s_{t-1}; 1]|^2          (3)
 * (2) is affine in q, so it answers errors of a loss, seen at once (targets), and no TD error, known a step late. It looks
 * ahead and keeps no trace: credit through a trace and through c_t would count twice.
 */
import { z } from 'zod';
import { productMacs } from '../dynamics-structure.ts';
import { definePart } from '../part.ts';
import { rowPull } from '../row-pull.ts';
import { named } from '../stateful.ts';
import type { Dynamics, Estimator, EstimatorNeeds } from '../types.ts';

const options = z.strictObject({
  rate: z.number().min(0).default(0.01).describe('step size of the predictor M'),
  rule: z.enum(['lms', 'nlms']).default('nlms').describe('plain steps, or divided by the squared length of [s; 1]'),
});

export default definePart<z.infer<typeof options>, EstimatorNeeds, Estimator>({
  cite: 'jaderberg2017decoupled',
  summary: 'synthetic gradients: later errors predicted from the state; needs targets, O(n^2 + p)',
  options,
  create({ rate, rule }, _rng, { cell }) {
    const { rows } = cell;
    const n = cell.units * cell.components;
    const first = cell.inputSize + 1; // where s_{t-1} begins in pre
    const M = new Float64Array(n * (n + 1)); // [n x (n + 1)], the bias last
    const c = new Float64Array(n); // c_t
    const pre = new Float64Array(rows.width); // [width] of the latest step
    const gain = new Float64Array(rows.dest.length * cell.components); // [destinations x b]
    const lived = new Float64Array(1); // steps since the episode began
    const error = new Float64Array(n); // q_t + c_t
    const target = new Float64Array(n); // D_t'(q_t + c_t)
    let dynamics: Dynamics | null = null; // of the latest step

    /** out = M [s; 1], s from place `at` on. */
    const predict = (s: Float64Array, at: number, out: Float64Array): void => {
      for (let i = 0; i < n; i++) {
        const row = i * (n + 1);
        let sum = M[row + n]!;
        for (let j = 0; j < n; j++) sum += M[row + j]! * s[at + j]!;
        out[i] = sum;
      }
    };
    const addPrediction = (q: Float64Array): void => {
      for (let i = 0; i < n; i++) error[i] = q[i]! + c[i]!;
    };
    const size = new Float64Array(1); // |[s_{t-1}; 1]|^2; a number that a function returned would be put on the heap
    const measure = (): void => {
      size[0] = 1;
      for (let j = first; j < first + n; j++) size[0]! += pre[j]! * pre[j]!;
    };

    return {
      ...named({ M, c, pre, gain, lived }, () => {
        for (const array of [c, pre, gain, lived]) array.fill(0);
      }),
      learned: ['M'],
      needs: ['products'],
      noKernel: 'it learns from the errors of single steps, which compiled chunks do not show',
      exactOn: ({ source }) => source.length === 0,
      cost: {
        entries: M.length + n + pre.length + gain.length + 1,
        macsPerStep: rows.source.length + gain.length + productMacs(rows) + 3 * n * n + (rule === 'nlms' ? 2 * n : n),
      },
      update(d) {
        dynamics = d;
        pre.set(d.lane.pre);
        gain.set(d.lane.gain);
        predict(d.lane.state, 0, c);
        lived[0]!++;
      },
      pull(q, out) {
        addPrediction(q);
        rowPull(rows, pre, gain, error, out); // (2)
      },
      teach(q) {
        if (dynamics === null || lived[0]! < 2) return; // nothing was predicted before the first step
        addPrediction(q);
        dynamics.timesTransposed(error, target);
        predict(pre, first, error); // as M stands now
        if (rule === 'nlms') measure();
        const step = rule === 'nlms' ? rate / size[0]! : rate;
        for (let i = 0; i < n; i++) {
          const change = step * (target[i]! - error[i]!); // (3)
          const row = i * (n + 1);
          for (let j = 0; j < n; j++) M[row + j]! += change * pre[first + j]!;
          M[row + n]! += change;
        }
      },
    };
  },
});
