/** Which units above a lower layer's outputs move within the step (src/stack.ts), from the structure of the layers alone. */
import { range } from '../sources.ts';
import type { Rows } from '../types.ts';
import type { StackLayer } from './places.ts';

/** What stands above one layer. */
export interface Above {
  readonly dest: readonly (readonly number[])[]; // row -> units it moves, own ones first
  readonly links: readonly ReadonlyMap<number, number>[]; // output -> (unit above that it moves -> link)
}

/** From the top down: which units above move with an output, and so with a row. */
export function lookUp(layers: readonly StackLayer[]): Above[] {
  const found: Above[] = [];
  let links = 0;
  for (let l = layers.length - 1; l >= 0; l--) {
    const { cell, unit, copies } = layers[l]!;
    const { rows, readout, components: b } = cell;
    const moved = Array.from(readout, () => new Set<number>());
    if (copies >= 0) {
      eachReading(layers[l + 1]!, readout.length, (r, _e, j) =>
        found[l + 1]!.dest[r]!.forEach((u) => moved[j]!.add(u)),
      );
    }
    const output = new Map(Array.from(readout, (entry, j) => [entry, j]));
    const dest = range(0, rows.count).map((r) => {
      const units = new Set(Array.from(rows.dest.subarray(rows.destStart[r], rows.destStart[r + 1]), (v) => unit + v));
      for (let g = rows.destStart[r]! * b; g < rows.destStart[r + 1]! * b; g++) {
        const j = rows.live[g] ? output.get(gainEntry(rows, g)) : undefined;
        if (j !== undefined) moved[j]!.forEach((u) => units.add(u));
      }
      return [...units];
    });
    found[l] = { dest, links: moved.map((units) => new Map([...units].map((u) => [u, links++]))) };
  }
  return found;
}

/** The state entry that a number of `gain` moves. */
export const gainEntry = ({ dest, components: b }: Rows, g: number): number => dest[Math.floor(g / b)]! * b + (g % b);

/** Every entry e of a row r that reads output j of the layer below. */
export function eachReading(
  { cell: { rows } }: StackLayer,
  outputs: number,
  visit: (r: number, e: number, j: number) => void,
) {
  for (let r = 0; r < rows.count; r++) {
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      if (rows.source[e]! < outputs) visit(r, e, rows.source[e]!);
    }
  }
}

/** Every live row of `direct` of one state entry: its block, and where the row begins. */
export function eachDirectRow(
  { direct, directLive, components: b }: Rows,
  entry: number,
  visit: (s: number, at: number) => void,
) {
  const unit = Math.floor(entry / b);
  for (let s = direct.start[unit]!; s < direct.start[unit + 1]!; s++) {
    const at = s * b * b + (entry % b) * b;
    if (directLive.subarray(at, at + b).includes(1)) visit(s, at);
  }
}
