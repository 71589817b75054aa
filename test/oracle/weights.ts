/** Parameters by what they read: cells with some weights on s_{t-1} set to 0. */
import type { Cell } from '../../src/types.ts';
import { stateEntry } from './dense.ts';

/** Sets theta to 0 where `which` holds: the row's own unit, and the unit whose last state the weight reads. */
export function silence({ rows, params }: Cell, which: (unit: number, from: number) => boolean): void {
  for (let r = 0; r < rows.count; r++) {
    const unit = rows.dest[rows.destStart[r]!]!;
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      const entry = stateEntry(rows, rows.source[e]!);
      if (entry !== null && which(unit, Math.floor(entry / rows.components))) params[rows.param?.[e] ?? e] = 0;
    }
  }
}
