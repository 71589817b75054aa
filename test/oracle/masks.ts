/**
 * Structural masks of SnAp-n as full boolean matrices (Menick et al. 2021): with B the pattern of I_t (n x p) and A the
 * pattern of D_t (n x n),
 *   S_n = B or A B or ... or A^{n-1} B.
 * `strict`: nonzeros of single state entries, as rows and direct blocks declare them live.
 * `unit-block`: both patterns are taken between units, and a unit is kept with all its b components.
 */
import type { Rows } from '../../src/types.ts';
import { eachDirect, eachEntry, eachGain, stateEntry } from './dense.ts';

export type BooleanMatrix = readonly boolean[][];
export type Convention = 'unit-block' | 'strict';

export const falses = (rows: number, columns: number): boolean[][] =>
  Array.from({ length: rows }, () => new Array<boolean>(columns).fill(false));

/** Pattern of I_t over the entries of all rows, one column per entry (a tied parameter has several). */
export function immediatePattern(rows: Rows, convention: Convention): BooleanMatrix {
  const B = falses(rows.units * rows.components, rows.source.length);
  eachGain(rows, (r, entry, position) => {
    if (convention === 'strict' && rows.live[position] === 0) return;
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) B[entry]![e] = true;
  });
  return B;
}

/** Pattern of D_t. */
export function dynamicsPattern(rows: Rows, convention: Convention): BooleanMatrix {
  const b = rows.components;
  const n = rows.units * b;
  const A = falses(n, n);
  eachDirect(
    rows,
    (to, from, position) => (A[to]![from] ||= convention === 'unit-block' || rows.directLive[position] === 1),
  );
  eachGain(rows, (r, entry, position) => {
    if (convention === 'strict' && rows.live[position] === 0) return;
    eachEntry(rows, r, (source) => {
      const from = stateEntry(rows, source);
      if (from !== null) A[entry]![from] = true;
    });
  });
  return convention === 'strict' ? A : blockwise(A, b);
}

/** S_n, one column per entry of the rows. */
export function snapMask(rows: Rows, n: number, convention: Convention): BooleanMatrix {
  const A = dynamicsPattern(rows, convention);
  let reached = immediatePattern(rows, convention); // A^i B
  let S = reached;
  for (let i = 1; i < n; i++) {
    reached = times(A, reached);
    S = either(S, reached);
  }
  return S;
}

/** A block with any nonzero counts as full. */
function blockwise(A: BooleanMatrix, b: number): BooleanMatrix {
  const full = falses(A.length, A.length);
  const first = (i: number): number => i - (i % b);
  A.forEach((row, i) => {
    row.forEach((value, j) => {
      if (!value) return;
      for (let c = 0; c < b; c++) for (let d = 0; d < b; d++) full[first(i) + c]![first(j) + d] = true;
    });
  });
  return full;
}

function times(A: BooleanMatrix, B: BooleanMatrix): BooleanMatrix {
  return A.map((row) => (B[0] ?? []).map((_, j) => row.some((value, l) => value && B[l]![j]!)));
}

function either(A: BooleanMatrix, B: BooleanMatrix): BooleanMatrix {
  return A.map((row, i) => row.map((value, j) => value || B[i]![j]!));
}

export const count = (M: BooleanMatrix): number => M.reduce((sum, row) => sum + row.filter(Boolean).length, 0);
