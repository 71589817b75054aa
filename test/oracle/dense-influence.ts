/**
 * Masked real-time recurrent learning on full matrices, parameter by parameter:
 *   J_t = mask o (I_t + D_t J_{t-1}),   J_0 = 0,   dL/dtheta ~= sum_t q_t' J_t
 * With the mask all true this is RTRL. The mask has one column per parameter (no tied weights here).
 */
import { add, denseD, denseI, leftTimes, zeros, type Matrix } from './dense.ts';
import type { BooleanMatrix } from './masks.ts';
import { errorAt, roll, type Problem } from './problem.ts';

export function maskedRtrl(problem: Problem, mask: BooleanMatrix): Float64Array {
  const { cell } = problem;
  const p = cell.params.length;
  const gradient = new Float64Array(p);
  let J = zeros(cell.units * cell.components, p);
  roll(problem, (t, lane) => {
    J = masked(denseI(cell, lane), denseD(cell, lane), J, mask);
    add(gradient, leftTimes(errorAt(problem, t, lane.state), J, p));
  });
  return gradient;
}

function masked(I: Matrix, D: Matrix, J: Matrix, mask: BooleanMatrix): Matrix {
  return I.map((row, i) =>
    row.map((value, j) => (mask[i]![j]! ? D[i]!.reduce((sum, d, l) => sum + d * J[l]![j]!, value) : 0)),
  );
}
