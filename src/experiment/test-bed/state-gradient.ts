/**
 * The gradient of the test-bed's loss while the read-out w stands still: [dL/dtheta; dL/dw], the part of the read-out being
 * exact however it is estimated:
 *   dL/dtheta = sum_t -(y*_t - y_t) w' J_t,   dL/dw = sum_t -(y*_t - y_t) h_t
 */
import { RowDynamics } from '../../dynamics.ts';
import { step } from '../../rows.ts';
import { sequenceGradient } from '../../sequence-gradient.ts';
import type { Cell, Estimator } from '../../types.ts';
import { type Bed, dot, statesOf } from './bed.ts';

/** By back-propagation through the whole sequence. */
export function exactStateGradient(bed: Bed): Float64Array {
  const { cell, inputs, targets, head } = bed;
  const out = withHead(bed);
  const error = (t: number, h: Float64Array, q: Float64Array): void => {
    const delta = targets[t]! - dot(head, h);
    for (let i = 0; i < q.length; i++) q[i]! -= delta * head[i]!;
  };
  sequenceGradient(cell, inputs, error, inputs.length, out.subarray(0, cell.params.length));
  return out;
}

export function estimatedStateGradient(bed: Bed, create: (cell: Cell) => Estimator): Float64Array {
  const { cell, inputs, targets, head } = bed;
  const estimator = create(cell);
  const lane = cell.lane();
  const dynamics = new RowDynamics(cell, lane);
  const needs = new Set(estimator.needs);
  const out = withHead(bed);
  const ofTheta = out.subarray(0, cell.params.length);
  cell.begin(lane);
  inputs.forEach((x, t) => {
    step(cell, lane, x);
    dynamics.materialise(needs);
    const delta = targets[t]! - dot(head, lane.state);
    estimator.update(dynamics);
    estimator.pull(
      head.map((w) => -delta * w),
      ofTheta,
    );
  });
  return out;
}

/** [0; dL/dw] */
function withHead(bed: Bed): Float64Array {
  const p = bed.cell.params.length;
  const out = new Float64Array(p + bed.head.length);
  statesOf(bed).forEach((h, t) => {
    const delta = bed.targets[t]! - dot(bed.head, h);
    for (let i = 0; i < h.length; i++) out[p + i]! -= delta * h[i]!;
  });
  return out;
}
