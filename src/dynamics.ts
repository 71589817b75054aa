/**
 * D_t = ds_t/ds_{t-1} from the rows:
 *   D_t = direct + sum over rows r of gain_r (x) theta_r[sources in s_{t-1}]          (2)
 * `own` keeps its diagonal b x b blocks, `values` all of them, `products` only what D v and D' v need (a packed copy
 * of the recurrent weights). Everything is taken when `materialise` is called: what theta does afterwards is not seen.
 */
import {
  blockFinder,
  collectTerms,
  dynamicsPattern,
  type Recurrent,
  recurrentEntries,
  type Terms,
  unitOf,
  valueTerms,
} from './dynamics-structure.ts';
import type { BlockPattern, Cell, Dynamics, DynamicsNeed, Lane } from './types.ts';

/** D_t of a lane, taken from rows when `materialise` is called. */
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
    this.#ownTerms = collectTerms(rows, (d, e, entry) => {
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
