import { RowDynamics } from '../dynamics.ts';
import { step } from '../rows.ts';
import type { Cell, DynamicsNeed } from '../types.ts';

const ENOUGH = 5; // milliseconds

/** Microseconds that it takes to form what is needed of D_t. */
export function materialiseTime(cell: Cell, needs: readonly DynamicsNeed[], clock: () => number): number {
  if (needs.length === 0) return 0;
  const lane = cell.lane();
  cell.begin(lane);
  step(cell, lane, new Float64Array(cell.inputSize));
  const dynamics = new RowDynamics(cell, lane);
  const all = new Set(needs);
  dynamics.materialise(all);
  const began = clock();
  let times = 0;
  for (; times < 3 || clock() - began < ENOUGH; times++) dynamics.materialise(all);
  return (1000 * (clock() - began)) / times;
}
