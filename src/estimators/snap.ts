/**
 * SnAp-n (Menick et al. 2021, section 3): keep the entries of the influence matrix that a parameter reaches within
 * n steps of the core, structurally, and force all others to zero at every step:
 *   J_t = S_n o (D_t J_{t-1} + I_t)                                          (eq. 6)
 * n = 1 costs no more than the forward pass where every row moves one unit; n large is RTRL; dense nets reach
 * everything at n = 2. `unit-block` keeps all components of a unit (exact on LSTM columns at n = 1);
 * `strict` keeps the nonzeros of I_t alone.
 */
import { z } from 'zod';
import { dynamicsMacs } from '../dynamics-structure.ts';
import { panels } from '../panels.ts';
import { definePart } from '../part.ts';
import { isClosed, reached } from '../reach.ts';
import { rowTraces, rowTracesMacs } from '../row-traces.ts';
import type { Cell, Estimator, EstimatorNeeds } from '../types.ts';

const options = z.strictObject({
  n: z.number().int().min(1).default(1).describe('steps of the core within which influence is kept'),
  convention: z.enum(['unit-block', 'strict']).default('unit-block').describe('whole units, or single state entries'),
});

export default definePart<z.infer<typeof options>, EstimatorNeeds, Estimator>({
  cite: 'menick2021practical',
  summary: 'sparse n-step approximation: influence within n steps; n = 1 is O(p), n large is RTRL',
  options,
  create({ n, convention }, _rng, { cell }) {
    const exactOn: Estimator['exactOn'] = (rows) => isClosed(rows, reached(rows, n, convention), convention);
    if (n === 1 && convention === 'unit-block' && hasSingleDestinations(cell)) return { ...diagonal(cell), exactOn };
    const kept = reached(cell.rows, n, convention);
    const influence = panels(cell, kept);
    const macsPerStep = influence.macs + dynamicsMacs(cell.rows, 'values');
    const cost = { entries: influence.entries, macsPerStep, anotherPull: influence.pullMacs };
    return { ...influence, needs: ['values'], exactOn, cost, kernel: { kind: 'panels', kept } };
  },
});

/** SnAp-1 on rows that move one unit each: the traces of row-traces.ts with D's own block. */
function diagonal(cell: Cell): Omit<Estimator, 'exactOn'> {
  const traces = rowTraces(cell);
  return {
    ...traces,
    needs: ['own'],
    kernel: { kind: 'traces' },
    cost: {
      entries: cell.rows.source.length * cell.components,
      macsPerStep: rowTracesMacs(cell) + dynamicsMacs(cell.rows, 'own'),
      anotherPull: cell.rows.source.length * cell.components,
    },
    update: (d) => traces.update(d.lane, d.own()),
  };
}

function hasSingleDestinations({ rows }: Cell): boolean {
  return rows.dest.length === rows.count;
}
