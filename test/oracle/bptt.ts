/**
 * Back-propagation through time over a stored sequence, the reference for every estimator:
 *   delta_t = q_t + D_{t+1}' delta_{t+1},   dL/dtheta = sum_t delta_t' I_t                              (1)
 * and truncated, every q_t on its own, at most `window` steps back (Williams & Peng 1990):
 *   dL/dtheta ~= sum_t sum_{l < window} (D_{t-l+1} ... D_t)' q_t . I_{t-l}                              (2)
 * `sliding`: each t looks back a full window. `chunked`: no further than the start of its own block of `window` steps.
 */
import { add, denseD, denseI, leftTimes, type Matrix } from './dense.ts';
import { errorAt, roll, type Problem } from './problem.ts';

interface Record {
  readonly I: Matrix;
  readonly D: Matrix;
  readonly q: Float64Array;
}

function tape(problem: Problem): Record[] {
  const records: Record[] = [];
  const { cell } = problem;
  roll(problem, (t, lane) => {
    records.push({ I: denseI(cell, lane), D: denseD(cell, lane), q: errorAt(problem, t, lane.state) });
  });
  return records;
}

export function bptt(problem: Problem): Float64Array {
  const p = problem.cell.params.length;
  const n = problem.cell.units * problem.cell.components;
  const gradient = new Float64Array(p);
  let fromLater = new Float64Array(n); // D_{t+1}' delta_{t+1}
  for (const { I, D, q } of tape(problem).reverse()) {
    const delta = q.map((value, i) => value + fromLater[i]!); // (1)
    add(gradient, leftTimes(delta, I, p));
    fromLater = new Float64Array(leftTimes(delta, D, n));
  }
  return gradient;
}

export function truncatedBptt(problem: Problem, window: number, mode: 'sliding' | 'chunked'): Float64Array {
  const p = problem.cell.params.length;
  const n = problem.cell.units * problem.cell.components;
  const gradient = new Float64Array(p);
  const records = tape(problem);
  records.forEach(({ q }, t) => {
    const earliest = mode === 'sliding' ? Math.max(0, t - window + 1) : t - (t % window);
    let delta = q;
    for (let at = t; at >= earliest; at--) {
      add(gradient, leftTimes(delta, records[at]!.I, p)); // (2)
      delta = leftTimes(delta, records[at]!.D, n);
    }
  });
  return gradient;
}
