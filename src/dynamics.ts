/**
 * D_t = ds_t/ds_{t-1} from the rows:
 *   D_t = direct + sum over rows r of gain_r (x) theta_r[sources in s_{t-1}]          (2)
 * `own` keeps its diagonal b x b blocks, `values` all of them, `products` only what D v and D' v need (a packed copy
 * of the recurrent weights). Everything is taken when `materialise` is called: what theta does afterwards is not seen.
 */
import type { BlockPattern, Cell, Dynamics, DynamicsNeed, Lane, Rows } from './types.ts';

/** Terms of sum (2): gain of destination d times theta[param], added to column `slot` of a block. */
export interface Terms {
  readonly dest: Int32Array; // [terms] index of a destination
  readonly param: Int32Array; // [terms] index into theta
  readonly slot: Int32Array; // [terms] block offset + source component
}

/** The weights on s_{t-1}, row by row: what D v and D' v read. */
interface Recurrent {
  readonly row: Int32Array; // [rows that read s_{t-1}]
  readonly start: Int32Array; // [rows that read s_{t-1}, and 1]
  readonly param: Int32Array; // [entries] index into theta
  readonly entry: Int32Array; // [entries] of s_{t-1}
}

function recurrentEntries(rows: Rows): Recurrent {
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
  return collect(rows, (d, e, entry) => {
    const slot = blockOf(rows.dest[d]!, Math.floor(entry / b)) * b * b + (entry % b);
    return [d, rows.param?.[e] ?? e, slot];
  });
}

export class RowDynamics implements Dynamics {
  readonly cell: Cell;
  readonly lane: Lane;
  readonly pattern: BlockPattern;
  readonly #own: Float64Array; // [units x b x b]
  readonly #values: Float64Array; // [pattern blocks x b x b]
  readonly #ownTerms: Terms;
  #valueTerms: Terms | null = null; // listed when first asked for: rows with many destinations have many
  readonly #directSlot: Int32Array; // [direct blocks] block of `pattern`
  readonly #recurrent: Recurrent;
  readonly #weights: Float64Array; // [recurrent entries] packed copy of theta

  constructor(cell: Cell, lane: Lane) {
    const rows = cell.rows.whole ?? cell.rows;
    const b = rows.components;
    this.cell = cell;
    this.lane = lane;
    this.pattern = dynamicsPattern(rows);
    this.#own = new Float64Array(rows.units * b * b);
    this.#values = new Float64Array(this.pattern.column.length * b * b);
    const blockOf = blockFinder(this.pattern);
    const param = (e: number): number => rows.param?.[e] ?? e;
    this.#ownTerms = collect(rows, (d, e, entry) => {
      const unit = Math.floor(entry / b);
      return rows.dest[d] === unit ? [d, param(e), unit * b * b + (entry % b)] : null;
    });
    this.#recurrent = recurrentEntries(rows);
    this.#weights = new Float64Array(this.#recurrent.param.length);
    this.#directSlot = Int32Array.from({ length: rows.direct.column.length }, (_, s) =>
      blockOf(unitOf(rows.direct, s), rows.direct.column[s]!),
    );
  }

  /** Takes what is needed of D_t from the lane and from theta as they stand now. */
  materialise(needs: ReadonlySet<DynamicsNeed>): void {
    if (needs.has('own')) this.#fillOwn();
    if (needs.has('values')) this.#fillValues();
    if (needs.has('products')) {
      for (let i = 0; i < this.#weights.length; i++) this.#weights[i] = this.cell.params[this.#recurrent.param[i]!]!;
    }
  }

  own(): Float64Array {
    return this.#own;
  }

  values(): Float64Array {
    return this.#values;
  }

  times(v: Float64Array, out: Float64Array): void {
    const { destStart, dest, components: b } = this.cell.rows;
    const { gain } = this.lane;
    this.#directTimes(v, out, false);
    for (let i = 0; i < this.#recurrent.row.length; i++) {
      const r = this.#recurrent.row[i]!;
      let a = 0; // what the row's sum gains
      for (let t = this.#recurrent.start[i]!; t < this.#recurrent.start[i + 1]!; t++) {
        a += this.#weights[t]! * v[this.#recurrent.entry[t]!]!;
      }
      for (let d = destStart[r]!; d < destStart[r + 1]!; d++) {
        const at = dest[d]! * b;
        for (let c = 0; c < b; c++) out[at + c]! += gain[d * b + c]! * a;
      }
    }
  }

  timesTransposed(v: Float64Array, out: Float64Array): void {
    const { destStart, dest, components: b } = this.cell.rows;
    const { gain } = this.lane;
    this.#directTimes(v, out, true);
    for (let i = 0; i < this.#recurrent.row.length; i++) {
      const r = this.#recurrent.row[i]!;
      let a = 0;
      for (let d = destStart[r]!; d < destStart[r + 1]!; d++) {
        const at = dest[d]! * b;
        for (let c = 0; c < b; c++) a += gain[d * b + c]! * v[at + c]!;
      }
      for (let t = this.#recurrent.start[i]!; t < this.#recurrent.start[i + 1]!; t++) {
        out[this.#recurrent.entry[t]!]! += this.#weights[t]! * a;
      }
    }
  }

  #directTimes(v: Float64Array, out: Float64Array, transposed: boolean): void {
    const { direct, components: b, units } = this.cell.rows;
    out.fill(0);
    for (let unit = 0; unit < units; unit++) {
      for (let s = direct.start[unit]!; s < direct.start[unit + 1]!; s++) {
        const source = direct.column[s]!;
        for (let c = 0; c < b * b; c++) {
          const row = unit * b + Math.floor(c / b);
          const column = source * b + (c % b);
          const value = this.lane.direct[s * b * b + c]!;
          if (transposed) out[column]! += value * v[row]!;
          else out[row]! += value * v[column]!;
        }
      }
    }
  }

  #fillOwn(): void {
    const { direct, units, components: b } = this.cell.rows;
    const size = b * b;
    for (let unit = 0; unit < units; unit++) {
      const from = direct.start[unit]! * size; // own block first
      for (let c = 0; c < size; c++) this.#own[unit * size + c] = this.lane.direct[from + c]!;
    }
    addTerms(this.#ownTerms, this.lane.gain, this.cell.params, b, this.#own);
  }

  #fillValues(): void {
    const size = this.cell.components ** 2;
    this.#values.fill(0);
    for (let s = 0; s < this.#directSlot.length; s++) {
      const to = this.#directSlot[s]! * size;
      for (let c = 0; c < size; c++) this.#values[to + c]! += this.lane.direct[s * size + c]!;
    }
    this.#valueTerms ??= valueTerms(this.cell.rows, this.pattern);
    addTerms(this.#valueTerms, this.lane.gain, this.cell.params, this.cell.components, this.#values);
  }
}

/** blocks[slot + row b] += gain[d, row] theta[param] */
function addTerms(terms: Terms, gain: Float64Array, params: Float64Array, b: number, blocks: Float64Array): void {
  const { dest, param, slot } = terms;
  for (let i = 0; i < dest.length; i++) {
    const weight = params[param[i]!]!;
    for (let c = 0; c < b; c++) blocks[slot[i]! + c * b]! += gain[dest[i]! * b + c]! * weight;
  }
}

function collect(rows: Rows, pick: (d: number, e: number, entry: number) => [number, number, number] | null): Terms {
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
  const at = new Map<number, number>();
  const units = pattern.start.length - 1;
  for (let unit = 0; unit < units; unit++) {
    for (let s = pattern.start[unit]!; s < pattern.start[unit + 1]!; s++) at.set(unit * units + pattern.column[s]!, s);
  }
  return (unit, column) => at.get(unit * units + column)!;
}

function unitOf(pattern: BlockPattern, s: number): number {
  let unit = 0;
  while (pattern.start[unit + 1]! <= s) unit++;
  return unit;
}
