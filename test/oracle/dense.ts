/**
 * The two Jacobians of one step as full matrices, straight from the definition of rows (design.md, section 2):
 *   I_t[dest, row r] = gain_r (x) pre_r                                      n x p
 *   D_t = direct + sum over rows r of gain_r (x) theta_r[sources in s_{t-1}]  n x n
 * with n = units x components. Read right after the step: they use theta as it stands.
 */
import type { Cell, Lane, Rows } from '../../src/types.ts';

export type Matrix = readonly Float64Array[]; // rows

export const zeros = (rows: number, columns: number): Matrix =>
  Array.from({ length: rows }, () => new Float64Array(columns));

export function denseI({ rows, params, components: b, units }: Cell, { gain, pre }: Lane): Matrix {
  const I = zeros(units * b, params.length);
  eachGain(rows, (r, entry, g) => {
    eachEntry(rows, r, (source, param) => (I[entry]![param]! += gain[g]! * pre[source]!));
  });
  return I;
}

export function denseD({ rows, params, components: b, units }: Cell, { gain, direct }: Lane): Matrix {
  const n = units * b;
  const D = zeros(n, n);
  eachDirect(rows, (to, from, position) => (D[to]![from]! += direct[position]!));
  eachGain(rows, (r, entry, g) => {
    eachEntry(rows, r, (source, param) => {
      const from = stateEntry(rows, source);
      if (from !== null) D[entry]![from]! += gain[g]! * params[param]!;
    });
  });
  return D;
}

/** Every number of `gain`: the row, the state entry it moves, its position. */
export function eachGain(rows: Rows, visit: (row: number, entry: number, position: number) => void): void {
  const b = rows.components;
  for (let r = 0; r < rows.count; r++) {
    for (let d = rows.destStart[r]!; d < rows.destStart[r + 1]!; d++) {
      for (let c = 0; c < b; c++) visit(r, rows.dest[d]! * b + c, d * b + c);
    }
  }
}

/** Every product of a row: where it reads in pre, which parameter it uses. */
export function eachEntry(rows: Rows, r: number, visit: (source: number, param: number) => void): void {
  for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) visit(rows.source[e]!, rows.param ? rows.param[e]! : e);
}

/** Every number of `direct`: D[to, from] and its position. */
export function eachDirect(rows: Rows, visit: (to: number, from: number, position: number) => void): void {
  const b = rows.components;
  for (let unit = 0; unit < rows.units; unit++) {
    for (let s = rows.direct.start[unit]!; s < rows.direct.start[unit + 1]!; s++) {
      for (let i = 0; i < b; i++) {
        for (let j = 0; j < b; j++) visit(unit * b + i, rows.direct.column[s]! * b + j, (s * b + i) * b + j);
      }
    }
  }
}

/** pre = [x (m); 1; s_{t-1} (k b); intermediates]: which entry of s_{t-1} a place in pre holds, if any. */
export function stateEntry({ inputSize, units, components }: Rows, source: number): number | null {
  const entry = source - inputSize - 1;
  return entry >= 0 && entry < units * components ? entry : null;
}

/** out = q' M */
export function leftTimes(q: Float64Array, M: Matrix, columns: number): Float64Array {
  const out = new Float64Array(columns);
  M.forEach((row, i) => row.forEach((value, j) => (out[j]! += q[i]! * value)));
  return out;
}

/** a += b */
export function add(a: Float64Array, b: Float64Array): void {
  b.forEach((value, i) => (a[i]! += value));
}

export const flat = (M: Matrix): Float64Array => Float64Array.from(M.flatMap((row) => [...row]));
