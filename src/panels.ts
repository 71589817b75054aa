/**
 * The influence matrix on kept entries only. Rows that keep the same set R of state entries form a panel, a dense
 * block J[R, P] over their P parameters; D stays sparse and is read in place:
 *   J_t[R, P] = D_t[R, R] J_{t-1}[R, P] + I_t[R, P]                           (4)  masked RTRL; SnAp-n, eq. 6
 * one AXPY of length P per nonzero of D[R, R], four nonzeros of a row per pass. With R closed under D this is exact
 * RTRL.
 */
import { dynamicsLive, dynamicsPattern } from './dynamics.ts';
import type { BlockPattern, Cell, Dynamics, Lane, Rows, Stateful } from './types.ts';

export interface Panels extends Stateful {
  readonly entries: number; // numbers stored
  readonly macs: number; // of update and one pull
  update(d: Dynamics): void;
  pull(q: Float64Array, out: Float64Array): void;
  push(v: Float64Array, out: Float64Array): void;
}

interface Panel {
  readonly kept: Int32Array; // [R] state entries
  readonly param: Int32Array; // [P] index into theta
  readonly hopStart: Int32Array; // [R + 1] nonzeros of D[R, R] by local target
  readonly hopFrom: Int32Array; // [hops] local source
  readonly hopValue: Int32Array; // [hops] position in D's values
  readonly source: Int32Array; // [I entries] index into pre ...
  readonly immediate: Int32Array; // [4 per row and kept entry] (local, index of gain, first column, columns)
  J: Float64Array; // [R x P] row-major
  next: Float64Array; // [R x P]
}

export function panels(cell: Cell, kept: readonly Int32Array[]): Panels {
  const pattern = dynamicsPattern(cell.rows);
  const live = dynamicsLive(cell.rows, pattern);
  const byKept = new Map<string, number[]>();
  kept.forEach((set, r) => {
    const key = set.join();
    const members = byKept.get(key);
    if (members) members.push(r);
    else byKept.set(key, [r]);
  });
  const all = [...byKept.values()].map((members) => buildPanel(cell.rows, pattern, live, kept[members[0]!]!, members));
  const entries = all.reduce((total, panel) => total + panel.J.length, 0);
  return {
    entries,
    macs: all.reduce((total, panel) => total + panelMacs(panel), 0),
    update: (d) => {
      for (const panel of all) advance(panel, d.values(), d.lane);
    },
    pull: (q, out) => {
      for (const panel of all) pull(panel, q, out);
    },
    push: (v, out) => {
      out.fill(0);
      for (const panel of all) push(panel, v, out);
    },
    arrays: { influence: entries },
    read: (_, into) => {
      let at = 0;
      for (const panel of all) {
        into.set(panel.J, at);
        at += panel.J.length;
      }
    },
    write: (_, from) => {
      let at = 0;
      for (const panel of all) panel.J.set(from.subarray(at, (at += panel.J.length)));
    },
    reset: () => {
      for (const panel of all) panel.J.fill(0);
    },
  };
}

function panelMacs(panel: Panel): number {
  const P = panel.param.length;
  let immediate = 0;
  for (let i = 3; i < panel.immediate.length; i += 4) immediate += panel.immediate[i]!;
  return panel.hopFrom.length * P + immediate + panel.kept.length * P;
}

function advance(panel: Panel, values: Float64Array, lane: Lane): void {
  const { J, next, immediate, source } = panel;
  const P = panel.param.length;
  next.fill(0);
  for (let i = 0; i < panel.kept.length; i++) advanceEntry(panel, values, i); // (4) D J
  for (let i = 0; i < immediate.length; i += 4) {
    const first = immediate[i + 2]!;
    const to = immediate[i]! * P + first;
    const gain = lane.gain[immediate[i + 1]!]!;
    const columns = immediate[i + 3]!;
    for (let j = 0; j < columns; j++) next[to + j]! += gain * lane.pre[source[first + j]!]!; // (4) I
  }
  panel.J = next;
  panel.next = J;
}

/** next[i, P] += D[i, R] J[R, P], in the order of the nonzeros. */
function advanceEntry({ J, next, hopStart, hopFrom, hopValue, param }: Panel, values: Float64Array, i: number): void {
  const P = param.length;
  const to = i * P;
  const end = hopStart[i + 1]!;
  let h = hopStart[i]!;
  for (; h + 3 < end; h += 4) {
    const from0 = hopFrom[h]! * P;
    const from1 = hopFrom[h + 1]! * P;
    const from2 = hopFrom[h + 2]! * P;
    const from3 = hopFrom[h + 3]! * P;
    const d0 = values[hopValue[h]!]!;
    const d1 = values[hopValue[h + 1]!]!;
    const d2 = values[hopValue[h + 2]!]!;
    const d3 = values[hopValue[h + 3]!]!;
    for (let j = 0; j < P; j++) {
      next[to + j] = next[to + j]! + d0 * J[from0 + j]! + d1 * J[from1 + j]! + d2 * J[from2 + j]! + d3 * J[from3 + j]!;
    }
  }
  for (; h < end; h++) {
    const from = hopFrom[h]! * P;
    const d = values[hopValue[h]!]!;
    for (let j = 0; j < P; j++) next[to + j]! += d * J[from + j]!;
  }
}

function pull({ kept, param, J }: Panel, q: Float64Array, out: Float64Array): void {
  const P = param.length;
  for (let i = 0; i < kept.length; i++) {
    const qi = q[kept[i]!]!;
    if (qi === 0) continue; // components that no head reads
    for (let j = 0; j < P; j++) out[param[j]!]! += qi * J[i * P + j]!;
  }
}

function push({ kept, param, J }: Panel, v: Float64Array, out: Float64Array): void {
  const P = param.length;
  for (let i = 0; i < kept.length; i++) {
    let total = 0;
    for (let j = 0; j < P; j++) total += J[i * P + j]! * v[param[j]!]!;
    out[kept[i]!]! += total;
  }
}

function buildPanel(
  rows: Rows,
  pattern: BlockPattern,
  live: Uint8Array,
  kept: Int32Array,
  members: readonly number[],
): Panel {
  const local = new Map<number, number>([...kept].map((entry, i) => [entry, i]));
  const param: number[] = [];
  const source: number[] = [];
  const immediate: number[] = [];
  for (const r of members) {
    const first = param.length;
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      param.push(rows.param?.[e] ?? e);
      source.push(rows.source[e]!);
    }
    for (const [entry, gain] of gains(rows, r)) {
      const i = local.get(entry);
      if (i !== undefined) immediate.push(i, gain, first, param.length - first);
    }
  }
  const size = kept.length * param.length;
  return {
    kept,
    param: Int32Array.from(param),
    source: Int32Array.from(source),
    immediate: Int32Array.from(immediate),
    ...hops(rows.components, pattern, live, kept, local),
    J: new Float64Array(size),
    next: new Float64Array(size),
  };
}

/** (state entry, index into gain) of what a row moves. */
function gains(rows: Rows, r: number): [entry: number, gain: number][] {
  const b = rows.components;
  const out: [number, number][] = [];
  for (let d = rows.destStart[r]!; d < rows.destStart[r + 1]!; d++) {
    for (let c = 0; c < b; c++) if (rows.live[d * b + c]) out.push([rows.dest[d]! * b + c, d * b + c]);
  }
  return out;
}

/** The nonzeros of D[R, R], target by target. */
function hops(
  b: number,
  pattern: BlockPattern,
  live: Uint8Array,
  kept: Int32Array,
  local: ReadonlyMap<number, number>,
): Pick<Panel, 'hopStart' | 'hopFrom' | 'hopValue'> {
  const hopStart = new Int32Array(kept.length + 1);
  const from: number[] = [];
  const value: number[] = [];
  kept.forEach((entry, target) => {
    const unit = Math.floor(entry / b);
    for (let s = pattern.start[unit]!; s < pattern.start[unit + 1]!; s++) {
      for (let c = 0; c < b; c++) {
        const position = s * b * b + (entry % b) * b + c;
        const source = local.get(pattern.column[s]! * b + c);
        if (source === undefined || !live[position]) continue;
        from.push(source);
        value.push(position);
      }
    }
    hopStart[target + 1] = from.length;
  });
  return { hopStart, hopFrom: Int32Array.from(from), hopValue: Int32Array.from(value) };
}
