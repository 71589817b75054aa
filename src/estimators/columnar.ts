/**
 * Columnar (Master-User) estimator: Javed, White & Sutton 2021, section 3. Every parameter is tracked on its own
 * column i only, lateral links pass no gradient:
 *   TH_i(t) = d h_i(t)/d theta_i + [d h_i(t)/d h_i(t-1)] TH_i(t-1),   TH_i(0) = 0
 *   dL/dtheta_i ~= dL/dh_i TH_i(t)
 * O(p) memory and time; exact where columns do not talk.
 */
import { z } from 'zod';
import { dynamicsMacs } from '../dynamics-structure.ts';
import { definePart } from '../part.ts';
import { isClosed } from '../reach.ts';
import { rowTraces, rowTracesMacs } from '../row-traces.ts';
import type { Estimator, EstimatorNeeds, Rows } from '../types.ts';

export default definePart<Record<string, never>, EstimatorNeeds, Estimator>({
  cite: 'javed2021columnar',
  summary: 'one trace per parameter on its own column; exact where columns do not talk, O(p)',
  options: z.strictObject({}),
  create(_options, _rng, { cell }) {
    const traces = rowTraces(cell);
    return {
      ...traces,
      needs: ['own'],
      kernel: { kind: 'traces' },
      exactOn: (rows) => isClosed(rows, ownEntries(rows)),
      cost: {
        entries: cell.rows.source.length * cell.components,
        macsPerStep: rowTracesMacs(cell) + dynamicsMacs(cell.rows, 'own'),
        pull: cell.rows.source.length * cell.components,
      },
      update: (d) => traces.update(d.lane, d.own()),
    };
  },
});

/** All components of each row's own unit, the only ones a column tracks. */
function ownEntries(rows: Rows): Int32Array[] {
  return Array.from({ length: rows.count }, (_, r) => {
    const first = rows.dest[rows.destStart[r]!]! * rows.components;
    return Int32Array.from({ length: rows.components }, (_, c) => first + c);
  });
}
