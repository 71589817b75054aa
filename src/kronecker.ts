/**
 * In terms of rows the immediate Jacobian of every cell is one Kronecker product: with v = pre and Delta [n x rows] the
 * gains of each row at its destinations,
 *   I[m, (row r, source j)] = Delta[m, r] v[j]                                                                 (1)
 * for the pairs (r, j) that exist. Sums that read what other sums of the same step made (reset-before gates, deep
 * columns) are no exception: what they read stands in pre. So J ~ sum of terms A (x) u, one number u per source that is
 * read, A [n x rows] stored where a row can reach, and D J ~ sum of (D A) (x) u. Pairs that do not exist are never read.
 */
import { type ColumnMatrix, columnMatrix } from './column-matrix.ts';
import { distinct } from './distinct.ts';
import { reached } from './reach.ts';
import type { Lane, Rows } from './types.ts';

export interface Kronecker {
  readonly sources: number; // length of u
  readonly size: number; // length of A
  readonly timesMacs: number;
  readonly pullMacs: number;
  read(lane: Lane, v: Float64Array, delta: Float64Array): void; // the two factors of (1)
  times(values: Float64Array, A: Float64Array, out: Float64Array): void; // out = D A
  pull(q: Float64Array, u: Float64Array, A: Float64Array, out: Float64Array): void; // ADDS q' (A (x) u) to out [p]
  push(v: Float64Array, u: Float64Array, A: Float64Array, out: Float64Array): void; // ADDS (A (x) u) v to out [n]
}

export function kronecker(rows: Rows): Kronecker {
  const { start, param } = rows;
  const { values: read, of } = distinct(rows.source);
  const matrix = columnMatrix(rows, rowReach(rows));
  const { entry, column, size } = matrix;
  const { from, to } = gainPlaces(rows, matrix.place);
  const perRow = new Float64Array(rows.count); // [rows] scratch
  return {
    sources: read.length,
    size,
    timesMacs: matrix.timesMacs,
    pullMacs: size + of.length,
    read({ pre, gain }, v, delta) {
      for (let j = 0; j < read.length; j++) v[j] = pre[read[j]!]!;
      delta.fill(0);
      for (let i = 0; i < to.length; i++) delta[to[i]!] = gain[from[i]!]!;
    },
    times: (values, A, out) => matrix.times(values, A, out),
    pull(q, u, A, out) {
      perRow.fill(0); // q' A
      for (let i = 0; i < size; i++) perRow[column[i]!]! += q[entry[i]!]! * A[i]!;
      for (let r = 0; r < rows.count; r++) {
        for (let e = start[r]!; e < start[r + 1]!; e++) out[param?.[e] ?? e]! += perRow[r]! * u[of[e]!]!;
      }
    },
    push(v, u, A, out) {
      perRow.fill(0); // u' v over the row's entries
      for (let r = 0; r < rows.count; r++) {
        for (let e = start[r]!; e < start[r + 1]!; e++) perRow[r]! += u[of[e]!]! * v[param?.[e] ?? e]!;
      }
      for (let i = 0; i < size; i++) out[entry[i]!]! += A[i]! * perRow[column[i]!]!;
    },
  };
}

/** For every row, the state entries it ever moves; none where it has no entries. */
export function rowReach(rows: Rows): Int32Array[] {
  return reached(rows, Infinity).map((set, r) => (rows.start[r] === rows.start[r + 1] ? new Int32Array(0) : set));
}

/** Where each live number of `gain` stands in Delta. */
function gainPlaces(rows: Rows, place: ColumnMatrix['place']): { from: Int32Array; to: Int32Array } {
  const { components: b, destStart, dest, live } = rows;
  const [from, to]: [number[], number[]] = [[], []];
  for (let r = 0; r < rows.count; r++) {
    for (let g = destStart[r]! * b; g < destStart[r + 1]! * b; g++) {
      const at = place(dest[Math.floor(g / b)]! * b + (g % b), r);
      if (at === null || !live[g]) continue;
      from.push(g);
      to.push(at);
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) };
}
