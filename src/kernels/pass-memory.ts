/**
 * Weighted sums that are formed many times per step from the same weights (assembly/tape.ts): the weights lie apart from their
 * traces, and rows of like length lie side by side, so that few lines are padded. Records hold addresses, not offsets.
 */
import type { MemoryPlan } from './memory-plan.ts';
import { layOutQuads, type SourcePlaces, type SumRows } from './quads.ts';
import { QUAD_BYTES, quadRecords } from './row-memory.ts';

export interface Pass {
  readonly rows: SumRows;
  readonly theta: (entry: number) => number; // address
  readonly read: SourcePlaces; // addresses
  readonly slot: (row: number) => number; // where its sum is to lie
  readonly slots: number;
}

export interface PassMemory {
  readonly records: readonly number[]; // [layers + 1] address of the first record
  /**
   * By names that begin as told: `Lines`, `LinesEnd`, a vector of weights each; `Thetas`, W addresses per line; `Sums`, in the
   * order in which they are made; `Order`, the address of each slot's sum, 0 = they are made in order of the slots.
   */
  readonly globals: Readonly<Record<string, number>>;
}

export function passMemory(name: string, plan: MemoryPlan, size: number, pass: Pass): PassMemory {
  const { theta, read, slot, slots } = pass;
  const lanes = 16 / size;
  const order = byLength(pass.rows);
  const rows = inOrder(pass.rows, order);
  const quads = layOutQuads(rows, read, lanes);
  const nothing = plan.take(16); // what padding reads
  const lines = plan.take(quads.lines * 16);
  const thetas = new Int32Array(quads.lines * lanes).fill(nothing);
  let entry = 0;
  for (const row of order) {
    for (let e = pass.rows.start[row]!; e < pass.rows.start[row + 1]!; e++, entry++) {
      thetas[quads.lineOf[entry]! * lanes + quads.laneOf[entry]!] = theta(e);
    }
  }
  const sums = plan.take(quads.slots * size);
  const places = new Int32Array(slots).fill(nothing);
  order.forEach((row, i) => (places[slot(row)] = sums + quads.slotOf[i]! * size));
  const isInOrder = order.every((row, i) => row === i && slot(row) === quads.slotOf[i]);
  const first = plan.table(quadRecords(quads, plan, { lines, lineBytes: 16, size }));
  return {
    records: quads.layerStart.map((quad) => first + QUAD_BYTES * quad),
    globals: {
      [`${name}Lines`]: lines,
      [`${name}LinesEnd`]: lines + quads.lines * 16,
      [`${name}Thetas`]: plan.table(thetas),
      [`${name}Sums`]: sums,
      [`${name}Order`]: isInOrder ? 0 : plan.table(places),
    },
  };
}

/** Rows of a group by length; equally long ones stay as they are. */
function byLength({ groups, start }: SumRows): number[] {
  return groups.flatMap((group) => {
    const rows = Array.from({ length: group.end - group.start }, (_, i) => group.start + i);
    const length = (r: number): number => start[r + 1]! - start[r]!;
    return rows.sort((a, b) => length(a) - length(b));
  });
}

function inOrder({ start, source, ...rest }: SumRows, order: readonly number[]): SumRows {
  const sources = order.map((r) => source.subarray(start[r], start[r + 1]));
  const starts = new Int32Array(order.length + 1);
  sources.forEach(({ length }, i) => (starts[i + 1] = starts[i]! + length));
  return { ...rest, start: starts, source: Int32Array.from(sources.flatMap((each) => [...each])) };
}
