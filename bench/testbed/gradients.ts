/**
 * One pass over a bed with several estimators side by side on the same states. Each answers with dL/d(theta, w),
 * the read-out's part being the same exact one for all:
 *   dL/dtheta ~= sum_t -(y*_t - y_t) w' J_t,   dL/dw_i = sum_t -(y*_t - y_t) h_i(t)
 */
import { RowDynamics } from '../../src/dynamics.ts';
import { step } from '../../src/rows.ts';
import type { Cell, DynamicsNeed, Estimator } from '../../src/types.ts';
import type { Bed } from './bed.ts';

export function gradients(bed: Bed, create: readonly ((cell: Cell) => Estimator)[]): Float64Array[] {
  const { cell, head } = bed;
  const p = cell.params.length;
  const estimators = create.map((make) => make(cell));
  const needs = new Set<DynamicsNeed>(estimators.flatMap((estimator) => estimator.needs));
  const lane = cell.lane();
  cell.begin(lane);
  const dynamics = new RowDynamics(cell, lane);
  const totals = estimators.map(() => new Float64Array(p + head.length)); // [theta; w]
  const q = new Float64Array(head.length); // dL_t/dh_t
  bed.inputs.forEach((x, t) => {
    step(cell, lane, x);
    dynamics.materialise(needs);
    const y = head.reduce((sum, w, i) => sum + w * lane.state[i]!, 0);
    const delta = bed.targets[t]! - y;
    for (let i = 0; i < q.length; i++) q[i] = -delta * head[i]!;
    estimators.forEach((estimator, n) => {
      estimator.update(dynamics);
      estimator.pull(q, totals[n]!.subarray(0, p));
      for (let i = 0; i < q.length; i++) totals[n]![p + i]! += -delta * lane.state[i]!;
    });
  });
  return totals;
}
