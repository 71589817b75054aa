/**
 * The influence matrix on kept entries only. Rows that keep the same set R of state entries form a panel, a dense
 * block J[R, P] over their P parameters; D stays sparse and is read in place:
 *   J_t[R, P] = D_t[R, R] J_{t-1}[R, P] + I_t[R, P]                           (4)  masked RTRL; SnAp-n, eq. 6
 * one AXPY of length P per nonzero of D[R, R], four nonzeros of a row per pass. With R closed under D this is exact
 * RTRL.
 */
import { panelShapes, type PanelShape } from './panel-shapes.ts';
import type { Cell, Dynamics, Lane, Places, Stateful } from './types.ts';

export interface Panels extends Stateful {
  readonly entries: number; // numbers stored
  readonly macs: number; // of update and one pull
  readonly pullMacs: number;
  update(d: Dynamics): void;
  pull(q: Float64Array, out: Float64Array): void;
  push(v: Float64Array, out: Float64Array): void;
  places(): Places;
}

interface Panel extends PanelShape {
  J: Float64Array; // [R x P] row-major
  next: Float64Array; // [R x P]
}

/** Memory is taken at the first update: what a plan asks about may be far too large to hold. */
export function panels(cell: Cell, kept: readonly Int32Array[]): Panels {
  const shapes = panelShapes(cell.rows, kept);
  const sizes = shapes.map((shape) => shape.kept.length * shape.param.length);
  const entries = sizes.reduce((total, size) => total + size, 0);
  const read = new Set(cell.readout);
  let all: Panel[] | null = null; // null: influence 0
  const made = (): Panel[] =>
    (all ??= shapes.map((shape, i) => {
      return { ...shape, J: new Float64Array(sizes[i]!), next: new Float64Array(sizes[i]!) };
    }));
  return {
    entries,
    macs: shapes.reduce((total, shape) => total + panelMacs(shape, read), 0),
    pullMacs: shapes.reduce((total, shape) => total + pullMacs(shape, read), 0),
    update: (d) => {
      for (const panel of made()) advance(panel, d.values(), d.lane);
    },
    pull: (q, out) => {
      if (all !== null) for (const panel of all) pull(panel, q, out);
    },
    push: (v, out) => {
      out.fill(0);
      if (all !== null) for (const panel of all) push(panel, v, out);
    },
    places: () => placesOf(shapes, entries),
    arrays: { influence: entries },
    read: (_, into) => {
      let at = 0;
      if (all === null) into.fill(0);
      else for (const { J } of all) into.set(J, (at += J.length) - J.length);
    },
    write: (_, from) => {
      let at = 0;
      for (const { J } of made()) J.set(from.subarray(at, (at += J.length)));
    },
    reset: () => {
      if (all !== null) for (const panel of all) panel.J.fill(0);
    },
  };
}

/** In the order in which the influence is read. */
function placesOf(shapes: readonly PanelShape[], entries: number): Places {
  const places = { param: new Int32Array(entries), entry: new Int32Array(entries) };
  let at = 0;
  for (const { kept, param } of shapes) {
    for (const entry of kept) {
      places.param.set(param, at);
      places.entry.fill(entry, at, (at += param.length));
    }
  }
  return places;
}

/** A pull skips what no head reads. */
function pullMacs({ kept, param }: PanelShape, read: ReadonlySet<number>): number {
  return kept.filter((entry) => read.has(entry)).length * param.length;
}

function panelMacs(panel: PanelShape, read: ReadonlySet<number>): number {
  const P = panel.param.length;
  let immediate = 0;
  for (let i = 3; i < panel.immediate.length; i += 4) immediate += panel.immediate[i]!;
  return panel.hopFrom.length * P + immediate + pullMacs(panel, read);
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
