/**
 * Parameters come in rows. Every parameter enters a step only through sums
 *   a_r = theta_r . pre_r,
 * one per row r, where pre = [x_t (m); 1; s_{t-1} (k b); intermediates of this step]. A cell does pointwise maths
 * only, layer by layer: sums -> intermediates -> state. With gain_r = ds_t/da_r (b numbers per destination unit),
 *   I_t[dest, row r] = gain_r (x) pre_r                                     (1) immediate Jacobian
 *   D_t = direct + sum over rows of gain_r (x) theta_r[sources in s_{t-1}]   (2) see dynamics.ts
 * so that every estimator is written once, for every cell.
 */
import { named } from './stateful.ts';
import type { Cell, Lane, ParamGroup, Rows } from './types.ts';

export interface RowSpec {
  readonly layer?: number; // default 0
  readonly sources: readonly number[]; // indices into pre
  readonly destinations: readonly number[]; // units, own first
  readonly live?: readonly number[]; // [b] which components a gain can move; default all
}

export interface GroupSpec {
  readonly name: string;
  readonly rows: readonly RowSpec[];
  readonly sources?: readonly number[]; // what any of them may read, where they read some of it
}

export interface Shape {
  readonly inputSize: number;
  readonly units: number;
  readonly components: number;
  readonly intermediates?: number;
}

export interface DirectSpec {
  readonly columns?: (unit: number) => readonly number[]; // units read at fixed sums besides the own one
  readonly live?: readonly number[]; // [b x b] row-major, default all 1
}

/** Where things stand in pre. */
export function places(shape: Shape): { one: number; state: number; intermediate: number; width: number } {
  const one = shape.inputSize;
  const state = one + 1;
  const intermediate = state + shape.units * shape.components;
  return { one, state, intermediate, width: intermediate + (shape.intermediates ?? 0) };
}

/** Compiles row descriptions into flat arrays. */
export function buildRows(shape: Shape, groupSpecs: readonly GroupSpec[], direct: DirectSpec = {}): Rows {
  const { units, components: b } = shape;
  const specs = groupSpecs.flatMap((group) => group.rows);
  const layer = Int32Array.from(specs, (spec) => spec.layer ?? 0);
  for (let r = 1; r < layer.length; r++) {
    if (layer[r]! < layer[r - 1]!) throw new RangeError(`Cannot build rows: row ${r} goes back to layer ${layer[r]}`);
  }
  const allLive = Array.from({ length: b }, () => 1);
  const blocks = Array.from({ length: units }, (_, unit) => [unit, ...(direct.columns?.(unit) ?? [])]);
  const column = Int32Array.from(blocks.flat());
  const blockLive = direct.live ?? Array.from({ length: b * b }, () => 1);
  return {
    inputSize: shape.inputSize,
    units,
    components: b,
    count: specs.length,
    layers: Math.max(0, ...layer) + 1,
    width: places(shape).width,
    start: offsets(specs.map((spec) => spec.sources.length)),
    source: Int32Array.from(specs.flatMap((spec) => spec.sources)),
    param: null,
    layer,
    destStart: offsets(specs.map((spec) => spec.destinations.length)),
    dest: Int32Array.from(specs.flatMap((spec) => spec.destinations)),
    live: Uint8Array.from(specs.flatMap((spec) => spec.destinations.flatMap(() => spec.live ?? allLive))),
    direct: { start: offsets(blocks.map((block) => block.length)), column },
    directLive: Uint8Array.from({ length: column.length * b * b }, (_, i) => blockLive[i % (b * b)]!),
    groups: ranges(groupSpecs),
    revision: 0,
  };
}

/** One stream's memory for a cell; `work` numbers are the cell's own. */
export function createLane(rows: Rows, work: number): Lane {
  const b = rows.components;
  const values = {
    pre: new Float64Array(rows.width), // [width]
    sum: new Float64Array(rows.count), // [rows]
    work: new Float64Array(work), // the cell's own layout
    gain: new Float64Array(rows.dest.length * b), // [destinations x b]
    direct: new Float64Array(rows.direct.column.length * b * b), // [direct blocks x b x b]
    state: new Float64Array(rows.units * b), // [units x b] unit-major
  };
  // Between two steps only the state matters: the next step writes everything else anew.
  return { ...values, ...named({ state: values.state }, () => values.state.fill(0)) };
}

/** s_t = f(s_{t-1}, x_t; theta) with both Jacobian factors: sums and activations layer by layer, then derivatives. */
export function step(cell: Cell, lane: Lane, x: Float64Array): void {
  const { rows, params } = cell;
  const { pre, state } = lane;
  const m = rows.inputSize;
  for (let j = 0; j < m; j++) pre[j] = x[j]!;
  pre[m] = 1;
  for (let i = 0; i < state.length; i++) pre[m + 1 + i] = state[i]!;
  let r = 0;
  for (let layer = 0; layer < rows.layers; layer++) {
    r = sumLayer(rows, params, lane, layer, r);
    cell.activate(layer, lane);
  }
  cell.differentiate(lane);
}

/** Multiply-adds of one step: its sums, and the chain rule between the layers of a stack. */
export function forwardMacs(rows: Rows): number {
  return rows.source.length + (rows.stack?.macs ?? 0);
}

/** a_r = theta_r . pre_r for the rows of one layer; returns the first row of the next. */
function sumLayer(rows: Rows, params: Float64Array, lane: Lane, layer: number, first: number): number {
  const { start, source, param } = rows;
  const { pre, sum } = lane;
  let r = first;
  for (; r < rows.count && rows.layer[r] === layer; r++) {
    const end = start[r + 1]!;
    let total = 0;
    if (param === null) for (let e = start[r]!; e < end; e++) total += params[e]! * pre[source[e]!]!;
    else for (let e = start[r]!; e < end; e++) total += params[param[e]!]! * pre[source[e]!]!;
    sum[r] = total;
  }
  return r;
}

/** 0, l_0, l_0 + l_1, ... */
function offsets(lengths: readonly number[]): Int32Array {
  const out = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => (out[i + 1] = out[i]! + length));
  return out;
}

function ranges(groups: readonly GroupSpec[]): ParamGroup[] {
  let start = 0;
  return groups.map(({ name, rows, sources }) => {
    const range = { name, start, end: (start += rows.length) };
    return sources ? { ...range, sources: Int32Array.from(sources) } : range;
  });
}
