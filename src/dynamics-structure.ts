/**
 * What is known of D_t = ds_t/ds_{t-1} from the rows alone, before any number: where it may be nonzero, which products
 * gain x theta it is made of,
 *   D_t = direct + sum over rows r of gain_r (x) theta_r[sources in s_{t-1}]          (2)
 * and what they cost.
 */
import type { BlockPattern, DynamicsNeed, Rows } from './types.ts';

/** Terms of sum (2): gain of destination d times theta[param], added to column `slot` of a block. */
export interface Terms {
  readonly dest: Int32Array; // [terms] index of a destination
  readonly param: Int32Array; // [terms] index into theta
  readonly slot: Int32Array; // [terms] block offset + source component
}

/** The weights on s_{t-1}, row by row: what D v and D' v read. */
export interface Recurrent {
  readonly row: Int32Array; // [rows that read s_{t-1}]
  readonly start: Int32Array; // [rows that read s_{t-1}, and 1]
  readonly param: Int32Array; // [entries] index into theta
  readonly entry: Int32Array; // [entries] of s_{t-1}
}

export function recurrentEntries(rows: Rows): Recurrent {
  const [row, start, param, entry]: [number[], number[], number[], number[]] = [[], [], [], []];
  const first = rows.inputSize + 1;
  for (let r = 0; r < rows.count; r++) {
    const before = entry.length;
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      const at = rows.source[e]! - first;
      if (at < 0 || at >= rows.units * rows.components) continue;
      param.push(rows.param?.[e] ?? e);
      entry.push(at);
    }
    if (entry.length === before) continue;
    row.push(r);
    start.push(before);
  }
  start.push(entry.length);
  const list = (values: number[]): Int32Array => Int32Array.from(values);
  return { row: list(row), start: list(start), param: list(param), entry: list(entry) };
}

/** Multiply-adds of one product D v or D' v. */
export function productMacs(some: Rows): number {
  const rows = some.whole ?? some;
  const { row, entry } = recurrentEntries(rows);
  const b = rows.components;
  const moved = row.reduce((sum, r) => sum + rows.destStart[r + 1]! - rows.destStart[r]!, 0);
  return rows.direct.column.length * b * b + entry.length + moved * b;
}

const patterns = new WeakMap<Rows, BlockPattern>(); // rows never change: a new structure has new rows

/** Where D may be nonzero: own block first, then by column. */
export function dynamicsPattern(rows: Rows): BlockPattern {
  const found = patterns.get(rows) ?? findPattern(rows);
  patterns.set(rows, found);
  return found;
}

function findPattern(rows: Rows): BlockPattern {
  const readers = Array.from({ length: rows.units }, (_, unit) => new Set([unit]));
  for (let unit = 0; unit < rows.units; unit++) {
    for (let s = rows.direct.start[unit]!; s < rows.direct.start[unit + 1]!; s++) {
      readers[unit]!.add(rows.direct.column[s]!);
    }
  }
  eachTerm(rows, (d, _e, entry) => readers[rows.dest[d]!]!.add(Math.floor(entry / rows.components)));
  const lists = readers.map((set, unit) => [unit, ...[...set].filter((j) => j !== unit).sort((a, c) => a - c)]);
  const start = new Int32Array(rows.units + 1);
  lists.forEach((list, unit) => (start[unit + 1] = start[unit]! + list.length));
  return { start, column: Int32Array.from(lists.flat()) };
}

/** 0 where a number of D's blocks is zero for every value, from what rows and direct declare. [pattern blocks x b x b] */
export function dynamicsLive(rows: Rows, pattern: BlockPattern): Uint8Array {
  const b = rows.components;
  const live = new Uint8Array(pattern.column.length * b * b);
  const blockOf = blockFinder(pattern);
  for (let s = 0; s < rows.direct.column.length; s++) {
    const to = blockOf(unitOf(rows.direct, s), rows.direct.column[s]!) * b * b;
    for (let c = 0; c < b * b; c++) live[to + c]! |= rows.directLive[s * b * b + c]!;
  }
  eachTerm(rows, (d, _e, entry) => {
    const to = blockOf(rows.dest[d]!, Math.floor(entry / b)) * b * b + (entry % b);
    for (let c = 0; c < b; c++) live[to + c * b]! |= rows.live[d * b + c]!;
  });
  return live;
}

/** Visits every product gain x theta that D contains: destination d, entry e of the row, state entry read. */
export function eachTerm(some: Rows, visit: (d: number, e: number, entry: number) => void): void {
  const rows = some.whole ?? some;
  const first = rows.inputSize + 1;
  const last = first + rows.units * rows.components;
  for (let r = 0; r < rows.count; r++) {
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      const source = rows.source[e]!;
      if (source < first || source >= last) continue;
      for (let d = rows.destStart[r]!; d < rows.destStart[r + 1]!; d++) visit(d, e, source - first);
    }
  }
}

/** Multiply-adds that materialising D costs per step. */
export function dynamicsMacs(rows: Rows, need: DynamicsNeed): number {
  if (need === 'products') return 0; // they only copy weights
  let terms = 0;
  eachTerm(rows, (d, _e, entry) => {
    if (need === 'values' || rows.dest[d] === Math.floor(entry / rows.components)) terms++;
  });
  return terms * rows.components;
}

/** The terms of every block of D, by `pattern`. */
export function valueTerms(some: Rows, pattern: BlockPattern): Terms {
  const rows = some.whole ?? some;
  const b = rows.components;
  const blockOf = blockFinder(pattern);
  return collectTerms(rows, (d, e, entry) => {
    const slot = blockOf(rows.dest[d]!, Math.floor(entry / b)) * b * b + (entry % b);
    return [d, rows.param?.[e] ?? e, slot];
  });
}

/** Lists some of the products of (2). */
export function collectTerms(
  rows: Rows,
  pick: (d: number, e: number, entry: number) => [number, number, number] | null,
): Terms {
  const [dest, param, slot]: [number[], number[], number[]] = [[], [], []];
  eachTerm(rows, (d, e, entry) => {
    const term = pick(d, e, entry);
    if (!term) return;
    dest.push(term[0]);
    param.push(term[1]);
    slot.push(term[2]);
  });
  return { dest: Int32Array.from(dest), param: Int32Array.from(param), slot: Int32Array.from(slot) };
}

/** Finds the block of a unit and a column. */
export function blockFinder(pattern: BlockPattern): (unit: number, column: number) => number {
  const at = Array.from({ length: pattern.start.length - 1 }, () => new Map<number, number>());
  at.forEach((columns, unit) => {
    for (let s = pattern.start[unit]!; s < pattern.start[unit + 1]!; s++) columns.set(pattern.column[s]!, s);
  });
  return (unit, column) => at[unit]!.get(column)!;
}

/** The unit that block s belongs to. */
export function unitOf(pattern: BlockPattern, s: number): number {
  let unit = 0;
  while (pattern.start[unit + 1]! <= s) unit++;
  return unit;
}
