/**
 * Rows that keep the same set R of state entries form a panel over their P parameters. Its structure, from the rows
 * alone: both paths lay their blocks of influence out by it.
 */
import { dynamicsLive, dynamicsPattern } from './dynamics-structure.ts';
import type { BlockPattern, Rows } from './types.ts';

export interface PanelShape {
  readonly kept: Int32Array; // [R] state entries
  readonly param: Int32Array; // [P] index into theta
  readonly hopStart: Int32Array; // [R + 1] nonzeros of D[R, R] by local target
  readonly hopFrom: Int32Array; // [hops] local source
  readonly hopValue: Int32Array; // [hops] position in D's values
  readonly source: Int32Array; // [P] index into pre
  readonly immediate: Int32Array; // [4 per row and kept entry] (local, index of gain, first column, columns)
  readonly members: readonly number[]; // rows, in the order of the columns
}

export function panelShapes(rows: Rows, kept: readonly Int32Array[]): PanelShape[] {
  const pattern = dynamicsPattern(rows);
  const live = dynamicsLive(rows, pattern);
  const byKept = new Map<string, number[]>();
  kept.forEach((set, r) => {
    const key = set.join();
    const members = byKept.get(key);
    if (members) members.push(r);
    else byKept.set(key, [r]);
  });
  return [...byKept.values()].map((members) => buildPanel(rows, pattern, live, kept[members[0]!]!, members));
}

function buildPanel(
  rows: Rows,
  pattern: BlockPattern,
  live: Uint8Array,
  kept: Int32Array,
  members: readonly number[],
): PanelShape {
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
  return {
    kept,
    param: Int32Array.from(param),
    source: Int32Array.from(source),
    immediate: Int32Array.from(immediate),
    ...hops(rows.components, pattern, live, kept, local),
    members,
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
): Pick<PanelShape, 'hopStart' | 'hopFrom' | 'hopValue'> {
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
