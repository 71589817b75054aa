/**
 * Some of a cell's parameters. A view has the rows of the whole cell with fewer entries each, so that an estimator made
 * for it answers for those parameters alone; D is the whole cell's, and only the whole cell can take a step.
 */
import type { Cell, Rows } from './types.ts';
import { UserError } from './user-error.ts';

/** The same cell as far as these entries of its rows go. */
export function selectEntries(cell: Cell, keep: (row: number, entry: number) => boolean): Cell {
  return { ...cell, rows: selectRows(cell.rows, keep) };
}

export function selectRows(rows: Rows, keep: (row: number, entry: number) => boolean): Rows {
  const start = new Int32Array(rows.count + 1);
  const kept: number[] = [];
  for (let r = 0; r < rows.count; r++) {
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) if (keep(r, e)) kept.push(e);
    start[r + 1] = kept.length;
  }
  return {
    ...rows,
    start,
    source: Int32Array.from(kept, (e) => rows.source[e]!),
    param: Int32Array.from(kept, (e) => rows.param?.[e] ?? e),
    whole: rows.whole ?? rows,
  };
}

/** For estimators that live the cell's steps again. */
export function needsWholeCell({ rows }: Cell, name: string): void {
  if (!rows.whole) return;
  throw new UserError(
    `Cannot use ${name} for some of the parameters: it lives the whole cell again; take it for all of them, or snap or rtrl`,
  );
}
