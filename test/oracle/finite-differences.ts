/**
 * Derivatives without any derivative: central differences
 *   df/dz_i ~= (f(z + eps e_i) - f(z - eps e_i)) / (2 eps),   error O(eps^2) + O(1e-16 / eps).
 * Everything is perturbed in place and put back.
 */
import { step } from '../../src/rows.ts';
import type { Cell } from '../../src/types.ts';
import { zeros, type Matrix } from './dense.ts';
import { roll, totalLoss, type Problem } from './problem.ts';

const EPSILON = 1e-5;

/** dL/dtheta of the whole sequence. */
export function lossGradient(problem: Problem): Float64Array {
  const { params } = problem.cell;
  return params.map((_, j) => difference(params, j, () => Float64Array.of(totalLoss(problem)))[0]!);
}

/** Of one step from a given state: I = ds_t/dtheta [n x p] and D = ds_t/ds_{t-1} [n x n]. */
export function stepJacobians(cell: Cell, state: Float64Array, x: Float64Array): { I: Matrix; D: Matrix } {
  const before = Float64Array.from(state);
  const after = (): Float64Array => {
    const lane = cell.lane();
    lane.state.set(before);
    step(cell, lane, x);
    return Float64Array.from(lane.state);
  };
  return {
    I: columns(state.length, cell.params.length, (j) => difference(cell.params, j, after)),
    D: columns(state.length, state.length, (j) => difference(before, j, after)),
  };
}

/** ds_T/dtheta . v, the forward tangent of the whole sequence. */
export function tangent(problem: Problem, v: Float64Array): Float64Array {
  const { params } = problem.cell;
  const theta = Float64Array.from(params);
  const along = (size: number): Float64Array => {
    params.set(theta.map((value, j) => value + size * v[j]!));
    const { state } = roll(problem, () => undefined);
    params.set(theta);
    return state;
  };
  const above = along(EPSILON);
  const below = along(-EPSILON);
  return above.map((value, i) => (value - below[i]!) / (2 * EPSILON));
}

function difference(z: Float64Array, i: number, f: () => Float64Array): Float64Array {
  const value = z[i]!;
  z[i] = value + EPSILON;
  const above = f();
  z[i] = value - EPSILON;
  const below = f();
  z[i] = value;
  return above.map((a, k) => (a - below[k]!) / (2 * EPSILON));
}

function columns(rows: number, count: number, column: (j: number) => Float64Array): Matrix {
  const M = zeros(rows, count);
  for (let j = 0; j < count; j++) column(j).forEach((value, i) => (M[i]![j] = value));
  return M;
}
