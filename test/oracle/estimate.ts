/** Drives an estimator over a problem the way the learner does: step, materialise D, update, pull. */
import { createRng } from '@rl-tools/envs';
import { RowDynamics } from '../../src/dynamics.ts';
import { resolvePart } from '../../src/resolve-part.ts';
import { step } from '../../src/rows.ts';
import type { Cell, Estimator, Lane, Rng } from '../../src/types.ts';
import { errorAt, type Problem } from './problem.ts';

export async function createEstimator(
  cell: Cell,
  id: string,
  options: object = {},
  rng: Rng = createRng('estimator'),
): Promise<Estimator> {
  const part = await resolvePart('estimators', { ...options, id });
  return part.create(rng, { cell });
}

/** A lane and an estimator that move together. */
export interface Tracker {
  readonly lane: Lane;
  advance(x: Float64Array): void;
}

export function track(cell: Cell, estimator: Estimator): Tracker {
  const lane = cell.lane();
  cell.begin(lane);
  const dynamics = new RowDynamics(cell, lane);
  return {
    lane,
    advance(x) {
      step(cell, lane, x);
      dynamics.materialise(new Set(estimator.needs));
      estimator.update(dynamics);
    },
  };
}

/** sum_t q_t' J_t */
export function estimate(problem: Problem, estimator: Estimator): Float64Array {
  const gradient = new Float64Array(problem.cell.params.length);
  const { lane, advance } = track(problem.cell, estimator);
  problem.inputs.forEach((x, t) => {
    advance(x);
    estimator.pull(errorAt(problem, t, lane.state), gradient);
  });
  return gradient;
}

/** The gradient by an estimator named by its id. */
export async function estimateBy(problem: Problem, id: string, options: object = {}): Promise<Float64Array> {
  return estimate(problem, await createEstimator(problem.cell, id, options));
}

/** q' J as a vector of its own. */
export function pulled(cell: Cell, estimator: Estimator, q: Float64Array): Float64Array {
  const out = new Float64Array(cell.params.length);
  estimator.pull(q, out);
  return out;
}
