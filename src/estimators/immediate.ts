/**
 * The mandatory control: no temporal credit, J_t = I_t. A parameter is blamed only for what it did at this very step.
 *   dL_t/dtheta ~= (dL_t/ds_t) I_t
 */
import { z } from 'zod';
import { dynamicsPattern } from '../dynamics-structure.ts';
import { definePart } from '../part.ts';
import { rowPull } from '../row-pull.ts';
import { named } from '../stateful.ts';
import type { Estimator, EstimatorNeeds } from '../types.ts';

export default definePart<Record<string, never>, EstimatorNeeds, Estimator>({
  cite: 'menick2021practical',
  summary: 'no temporal credit: the gradient through the present step only',
  options: z.strictObject({}),
  create(_options, _rng, { cell }) {
    const pre = new Float64Array(cell.rows.width); // [width] of the latest step
    const gain = new Float64Array(cell.rows.dest.length * cell.components); // [destinations x b]
    const entries = pre.length + gain.length;
    return {
      ...named({ pre, gain }, () => {
        pre.fill(0);
        gain.fill(0);
      }),
      needs: [],
      kernel: { kind: 'immediate' },
      exactOn: (rows) => dynamicsPattern(rows).column.length === 0,
      cost: { entries, macsPerStep: cell.rows.source.length + gain.length },
      update({ lane }) {
        pre.set(lane.pre);
        gain.set(lane.gain);
      },
      pull: (q, out) => rowPull(cell.rows, pre, gain, q, out),
      places: () => null,
    };
  },
});
