/**
 * One trace of b numbers per parameter, on the parameter's own unit:
 *   T_e <- B T_e + gain_own pre_e                                           (3)
 * B is a b x b block per unit: D's own block (columnar, SnAp-1), direct's own block (RFLO, e-prop), 0 (immediate).
 * Row by row this is an AXPY; it is the whole O(p) family in one loop.
 */
import { named } from './stateful.ts';
import type { Cell, Lane, Places, Rows, Stateful } from './types.ts';

export interface RowTraces extends Stateful {
  update(lane: Lane, blocks: Float64Array): void;
  pull(q: Float64Array, out: Float64Array): void;
  restart(unit: number): void; // its traces are 0
  places(): Places;
}

/** Of b numbers per entry of the rows, on its own unit. */
export function tracePlaces(rows: Rows): Places {
  const { components: b } = rows;
  const param = new Int32Array(rows.source.length * b);
  const entry = new Int32Array(param.length);
  for (let r = 0; r < rows.count; r++) {
    const first = rows.dest[rows.destStart[r]!]! * b;
    for (let i = rows.start[r]! * b; i < rows.start[r + 1]! * b; i++) {
      const e = Math.floor(i / b);
      param[i] = rows.param?.[e] ?? e;
      entry[i] = first + (i % b);
    }
  }
  return { param, entry };
}

/** Multiply-adds per step of update and one pull. */
export function rowTracesMacs(cell: Cell): number {
  const b = cell.components;
  return cell.rows.source.length * (b * b + 2 * b);
}

export function rowTraces(cell: Cell): RowTraces {
  const traces = new Float64Array(cell.rows.source.length * cell.components); // [entries x b]
  const { rows, components: b } = cell;
  return {
    ...named({ traces }, () => traces.fill(0)),
    ...rowLoops(cell, traces),
    places: () => tracePlaces(rows),
    restart(unit) {
      for (let r = 0; r < rows.count; r++) {
        if (rows.dest[rows.destStart[r]!] === unit) traces.fill(0, rows.start[r]! * b, rows.start[r + 1]! * b);
      }
    },
  };
}

type Loops = Pick<RowTraces, 'update' | 'pull'>;

/** The same over traces of the caller's own [entries x b]. */
export function rowLoops(cell: Cell, traces: Float64Array): Loops {
  if (cell.components === 1) return scalar(cell, traces);
  return cell.components === 2 ? pair(cell, traces) : any(cell, traces);
}

/** b = 1 */
function scalar(cell: Cell, traces: Float64Array): Loops {
  const { start, source, param, destStart, dest, count } = cell.rows;
  return {
    update({ pre, gain }, blocks) {
      for (let r = 0; r < count; r++) {
        const d = destStart[r]!;
        const block = blocks[dest[d]!]!;
        const g = gain[d]!;
        const end = start[r + 1]!;
        for (let e = start[r]!; e < end; e++) traces[e] = block * traces[e]! + g * pre[source[e]!]!; // (3)
      }
    },
    pull(q, out) {
      for (let r = 0; r < count; r++) {
        const qr = q[dest[destStart[r]!]!]!;
        const end = start[r + 1]!;
        if (param === null) for (let e = start[r]!; e < end; e++) out[e]! += qr * traces[e]!;
        else for (let e = start[r]!; e < end; e++) out[param[e]!]! += qr * traces[e]!;
      }
    },
  };
}

/** b = 2 */
function pair(cell: Cell, traces: Float64Array): Loops {
  const { start, source, param, destStart, dest, count } = cell.rows;
  return {
    update({ pre, gain }, blocks) {
      for (let r = 0; r < count; r++) {
        const d = destStart[r]!;
        const at = dest[d]! * 4;
        const b00 = blocks[at]!;
        const b01 = blocks[at + 1]!;
        const b10 = blocks[at + 2]!;
        const b11 = blocks[at + 3]!;
        const g0 = gain[2 * d]!;
        const g1 = gain[2 * d + 1]!;
        const end = start[r + 1]!;
        for (let e = start[r]!; e < end; e++) {
          const x = pre[source[e]!]!;
          const t0 = traces[2 * e]!;
          const t1 = traces[2 * e + 1]!;
          traces[2 * e] = b00 * t0 + b01 * t1 + g0 * x; // (3), both components
          traces[2 * e + 1] = b10 * t0 + b11 * t1 + g1 * x;
        }
      }
    },
    pull(q, out) {
      for (let r = 0; r < count; r++) {
        const at = dest[destStart[r]!]! * 2;
        const q0 = q[at]!;
        const q1 = q[at + 1]!;
        const end = start[r + 1]!;
        if (param === null)
          for (let e = start[r]!; e < end; e++) out[e]! += q0 * traces[2 * e]! + q1 * traces[2 * e + 1]!;
        else for (let e = start[r]!; e < end; e++) out[param[e]!]! += q0 * traces[2 * e]! + q1 * traces[2 * e + 1]!;
      }
    },
  };
}

/** Any b */
function any(cell: Cell, traces: Float64Array): Loops {
  const { start, source, param, destStart, dest, count, components: b } = cell.rows;
  const old = new Float64Array(b);
  return {
    update({ pre, gain }, blocks) {
      for (let r = 0; r < count; r++) {
        const d = destStart[r]!;
        const block = dest[d]! * b * b;
        for (let e = start[r]!; e < start[r + 1]!; e++) {
          for (let c = 0; c < b; c++) old[c] = traces[e * b + c]!;
          for (let c = 0; c < b; c++) {
            let next = gain[d * b + c]! * pre[source[e]!]!;
            for (let j = 0; j < b; j++) next += blocks[block + c * b + j]! * old[j]!;
            traces[e * b + c] = next; // (3)
          }
        }
      }
    },
    pull(q, out) {
      for (let r = 0; r < count; r++) {
        const at = dest[destStart[r]!]! * b;
        for (let e = start[r]!; e < start[r + 1]!; e++) {
          for (let c = 0; c < b; c++) out[param?.[e] ?? e]! += q[at + c]! * traces[e * b + c]!;
        }
      }
    },
  };
}
