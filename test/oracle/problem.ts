/**
 * A random supervised problem on one cell, the same for the same seed. T steps with inputs x_t ~ N(0, 1), targets
 * y_t ~ N(0, 1) and a fixed read-out C ~ N(0, 1) of the entries that heads read, theta held fixed:
 *   L = sum_t L_t,   L_t = 1/2 ||C o_t - y_t||^2,   o_t = s_t[readout]                                   (1)
 *   q_t = dL_t/ds_t = C' (C o_t - y_t) on the readout entries, 0 elsewhere                              (2)
 */
import { createRng } from '@rl-tools/envs';
import { resolvePart } from '../../src/resolve-part.ts';
import { step } from '../../src/rows.ts';
import type { Cell, Lane } from '../../src/types.ts';

export interface Problem {
  readonly cell: Cell;
  readonly inputs: readonly Float64Array[]; // T x [m]
  readonly targets: readonly Float64Array[]; // T x [outputs]
  readonly readout: readonly Float64Array[]; // C, outputs x [readout]
}

export interface ProblemSpec {
  readonly id: string; // of a cell
  readonly options?: object;
  readonly seed?: number;
  readonly steps?: number;
  readonly inputSize?: number;
  readonly outputs?: number;
}

export async function createCell({ id, options = {}, seed = 0, inputSize = 3 }: ProblemSpec): Promise<Cell> {
  const part = await resolvePart('cells', { ...options, id });
  return part.create(createRng(`${seed}/cell`), { inputSize });
}

export async function randomProblem(spec: ProblemSpec): Promise<Problem> {
  return problemOn(await createCell(spec), spec);
}

/** The problem that a seed draws, on a cell at hand. */
export function problemOn(cell: Cell, { seed = 0, steps = 30, outputs = 2 }: Omit<ProblemSpec, 'id'> = {}): Problem {
  const rng = createRng(`${seed}/problem`);
  const normal = (length: number): Float64Array => Float64Array.from({ length }, () => rng.normal());
  const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  return {
    cell,
    inputs: times(steps, () => normal(cell.inputSize)),
    targets: times(steps, () => normal(outputs)),
    readout: times(outputs, () => normal(cell.readout.length)),
  };
}

/** C o_t - y_t */
function residual({ cell, targets, readout }: Problem, t: number, state: Float64Array): Float64Array {
  return targets[t]!.map((y, k) => readout[k]!.reduce((sum, c, i) => sum + c * state[cell.readout[i]!]!, 0) - y);
}

/** L_t of (1) */
export function lossAt(problem: Problem, t: number, state: Float64Array): number {
  return residual(problem, t, state).reduce((sum, e) => sum + 0.5 * e * e, 0);
}

/** q_t of (2) */
export function errorAt(problem: Problem, t: number, state: Float64Array): Float64Array {
  const q = new Float64Array(state.length);
  residual(problem, t, state).forEach((e, k) => {
    problem.cell.readout.forEach((entry, i) => (q[entry]! += problem.readout[k]![i]! * e));
  });
  return q;
}

/** Runs the sequence from s_0 and shows the lane after every step. */
export function roll({ cell, inputs }: Problem, visit: (t: number, lane: Lane) => void): Lane {
  const lane = cell.lane();
  cell.begin(lane);
  inputs.forEach((x, t) => {
    step(cell, lane, x);
    visit(t, lane);
  });
  return lane;
}

export function totalLoss(problem: Problem): number {
  let total = 0;
  roll(problem, (t, { state }) => (total += lossAt(problem, t, state)));
  return total;
}
