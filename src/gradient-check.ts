/**
 * Is this gradient true, and if not, how far off? One estimator on one cell, theta fixed, T random steps with
 * x_t ~ N(0, 1) and targets y_t ~ N(0, 1) for every entry o_t of the state that heads read:
 *   L = sum_t 1/2 ||o_t - y_t||^2,   dL/dtheta ~= sum_t (o_t - y_t)' J_t
 * against real-time recurrent learning (cosine, relative L2), against back-propagation through all T steps and
 * against central differences (relative L2). RTRL and back-propagation believe the cell's own gains; central
 * differences do not. null where the cell has no parameters.
 */
import { createRng } from '@rl-tools/envs';
import { RowDynamics } from './dynamics.ts';
import rtrl from './estimators/rtrl.ts';
import tbptt from './estimators/tbptt.ts';
import { step } from './rows.ts';
import { cosine } from './statistics/cosine.ts';
import { relativeError } from './statistics/relative-error.ts';
import { oneLine } from './user-error.ts';
import type { Cell, CellNeeds, Estimator, EstimatorNeeds, Lane, Part } from './types.ts';

export interface GradientCheckOptions {
  readonly cellPart: Part<unknown, CellNeeds, Cell>;
  readonly cellOptions?: unknown;
  readonly estimatorPart: Part<unknown, EstimatorNeeds, Estimator>;
  readonly estimatorOptions?: unknown;
  readonly seed?: number;
  readonly steps?: number; // T
  readonly inputSize?: number;
}

export interface GradientCheck {
  readonly cosine: number | null;
  readonly relativeError: number | null;
  readonly versusBptt: number | null;
  readonly versusFiniteDifferences: number | null;
}

interface Problem {
  readonly cell: Cell;
  readonly inputs: readonly Float64Array[]; // T x [m]
  readonly targets: readonly Float64Array[]; // T x [readout]
}

export function gradientCheck(options: GradientCheckOptions): GradientCheck {
  const { cellPart, cellOptions = {}, estimatorPart, estimatorOptions = {} } = options;
  const { seed = 0, steps = 30, inputSize = 3 } = options;
  const chosenCell = cellPart.options.parse(cellOptions);
  const cell = made('make the cell', () => cellPart.create(chosenCell, createRng(`${seed}/cell`), { inputSize }));
  if (cell.params.length === 0) {
    return { cosine: null, relativeError: null, versusBptt: null, versusFiniteDifferences: null };
  }
  const problem = draw(cell, seed, steps);
  const rng = createRng(`${seed}/estimator`);
  const chosen = estimatorPart.options.parse(estimatorOptions);
  const estimate = made('use the estimator', () => gradient(problem, estimatorPart.create(chosen, rng, { cell })));
  const exact = gradient(problem, rtrl.create({}, rng, { cell }));
  const bptt = gradient(problem, tbptt.create({ window: steps, mode: 'chunked' }, rng, { cell }));
  return {
    cosine: cosine(estimate, exact),
    relativeError: relativeError(estimate, exact),
    versusBptt: relativeError(estimate, bptt),
    versusFiniteDifferences: relativeError(estimate, centralDifferences(problem)),
  };
}

function draw(cell: Cell, seed: number, steps: number): Problem {
  const rng = createRng(`${seed}/problem`);
  const normal = (length: number): Float64Array => Float64Array.from({ length }, () => rng.normal());
  return {
    cell,
    inputs: Array.from({ length: steps }, () => normal(cell.inputSize)),
    targets: Array.from({ length: steps }, () => normal(cell.readout.length)),
  };
}

/** Runs the sequence; shows q_t = dL_t/ds_t right after every step. */
function run({ cell, inputs, targets }: Problem, lane: Lane, visit: (q: Float64Array) => void): void {
  const q = new Float64Array(lane.state.length);
  cell.begin(lane);
  inputs.forEach((x, t) => {
    step(cell, lane, x);
    cell.readout.forEach((entry, i) => (q[entry] = lane.state[entry]! - targets[t]![i]!));
    visit(q);
  });
}

function gradient(problem: Problem, estimator: Estimator): Float64Array {
  const { cell } = problem;
  const lane = cell.lane();
  const dynamics = new RowDynamics(cell, lane);
  const needs = new Set(estimator.needs);
  const total = new Float64Array(cell.params.length);
  run(problem, lane, (q) => {
    dynamics.materialise(needs);
    estimator.update(dynamics);
    estimator.pull(q, total);
    estimator.teach?.(q);
  });
  return total;
}

function centralDifferences(problem: Problem): Float64Array {
  const { params } = problem.cell;
  const epsilon = 1e-5;
  const loss = (): number => {
    let total = 0;
    run(problem, problem.cell.lane(), (q) => (total += q.reduce((sum, e) => sum + 0.5 * e * e, 0)));
    return total;
  };
  return params.map((value, j) => {
    params[j] = value + epsilon;
    const above = loss();
    params[j] = value - epsilon;
    const below = loss();
    params[j] = value;
    return (above - below) / (2 * epsilon);
  });
}

/** Parts may be a user's own: what they throw is told in one line. */
function made<T>(act: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw oneLine(act, error);
  }
}
