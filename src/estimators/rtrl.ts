/**
 * Real-time recurrent learning (Williams & Zipser 1989), exact on every cell:
 *   J_t = D_t J_{t-1} + I_t,   J_0 = 0,   dL_t/dtheta = (dL_t/ds_t) J_t
 * Each parameter's rows of J are closed under D's pattern first, so that what is structurally zero is never stored:
 * O(p) on independent columns, O(k p) memory and O(k^2 p) time on dense nets.
 */
import { z } from 'zod';
import { dynamicsMacs } from '../dynamics-structure.ts';
import { panels } from '../panels.ts';
import { definePart } from '../part.ts';
import { reached } from '../reach.ts';
import type { Estimator, EstimatorNeeds } from '../types.ts';

export default definePart<Record<string, never>, EstimatorNeeds, Estimator>({
  cite: 'williams1989learning',
  summary: 'real-time recurrent learning: the exact gradient, O(k^2 p) per step on dense nets',
  options: z.strictObject({}),
  create(_options, _rng, { cell }) {
    const kept = reached(cell.rows, Infinity, 'strict');
    const influence = panels(cell, kept);
    return {
      ...influence,
      needs: ['values'],
      kernel: { kind: 'panels', kept },
      exactOn: () => true,
      cost: {
        entries: influence.entries,
        macsPerStep: influence.macs + dynamicsMacs(cell.rows, 'values'),
        anotherPull: influence.pullMacs,
      },
    };
  },
});
