/**
 * Matrices A [n x columns] over the state entries whose columns are sparse: each is stored on its kept entries alone.
 * Columns that keep the same set R form a dense block A[R, P], row-major, and D stays sparse:
 *   (D A)[R, P] = D[R, R] A[R, P]                                             one AXPY of length P per nonzero
 * With every R closed under D nothing is left out.
 */
import { panelShapes, type PanelShape } from './panel-shapes.ts';
import type { Rows } from './types.ts';

export interface ColumnMatrix {
  readonly size: number; // numbers stored
  readonly entry: Int32Array; // [size] state entry of each number
  readonly column: Int32Array; // [size] and its column
  readonly timesMacs: number; // multiplications of D A
  place(entry: number, column: number): number | null; // of a number among the stored; null: it is not
  times(values: Float64Array, A: Float64Array, out: Float64Array): void; // out = D A
}

/** kept: for each column the state entries, sorted, on which it is stored. */
export function columnMatrix(rows: Rows, kept: readonly Int32Array[]): ColumnMatrix {
  const panels = panelShapes(onePerColumn(rows, kept.length), kept);
  const size = panels.reduce((sum, panel) => sum + panel.kept.length * panel.members.length, 0);
  return {
    size,
    ...places(panels, size),
    place: finder(panels),
    timesMacs: panels.reduce((sum, { hopFrom, members }) => sum + hopFrom.length * members.length, 0),
    times(values, A, out) {
      out.fill(0);
      let first = 0;
      for (const panel of panels) {
        timesPanel(panel, first, values, A, out);
        first += panel.kept.length * panel.members.length;
      }
    },
  };
}

function places(panels: readonly PanelShape[], size: number): Pick<ColumnMatrix, 'entry' | 'column'> {
  const [entry, column] = [new Int32Array(size), new Int32Array(size)];
  let at = 0;
  for (const { kept, members } of panels) {
    for (const m of kept) {
      for (const j of members) {
        entry[at] = m;
        column[at++] = j;
      }
    }
  }
  return { entry, column };
}

function finder(panels: readonly PanelShape[]): ColumnMatrix['place'] {
  const found: { local: ReadonlyMap<number, number>; first: number; P: number; j: number }[] = []; // by column
  let first = 0;
  for (const { kept, members } of panels) {
    const local = new Map(Array.from(kept, (entry, i) => [entry, i]));
    members.forEach((column, j) => (found[column] = { local, first, P: members.length, j }));
    first += kept.length * members.length;
  }
  return (entry, column) => {
    const { local, first: from, P, j } = found[column]!;
    const i = local.get(entry);
    return i === undefined ? null : from + i * P + j;
  };
}

function timesPanel(panel: PanelShape, first: number, values: Float64Array, A: Float64Array, out: Float64Array): void {
  const { kept, hopStart, hopFrom, hopValue, members } = panel;
  const P = members.length;
  for (let i = 0; i < kept.length; i++) {
    const to = first + i * P;
    const end = hopStart[i + 1]!;
    for (let h = hopStart[i]!; h < end; h++) {
      const from = first + hopFrom[h]! * P;
      const d = values[hopValue[h]!]!;
      for (let j = 0; j < P; j++) out[to + j]! += d * A[from + j]!;
    }
  }
}

/** Rows of one entry each, in place of the columns: D is still made of all the entries there are. */
function onePerColumn(rows: Rows, columns: number): Rows {
  return {
    ...rows,
    count: columns,
    start: Int32Array.from({ length: columns + 1 }, (_, j) => j),
    source: new Int32Array(columns),
    param: null,
    destStart: new Int32Array(columns + 1),
    whole: rows.whole ?? rows,
  };
}
