/** Rows, lines and gains of a cell in compiled memory: records and tables that assembly/quad.ts, own.ts, errors.ts read. */
import type { Cell } from '../types.ts';
import type { MemoryPlan } from './memory-plan.ts';
import type { PreLayout } from './pre-layout.ts';
import { layOutQuads, type Quad, type Quads, shareOf } from './quads.ts';

export const QUAD_BYTES = 32; // of a record of assembly/quad.ts

export interface RowMemory {
  readonly globals: Readonly<Record<string, number>>;
  readonly quads: Quads;
  readonly lineBytes: number;
  readonly thetaAt: (entry: number) => number; // address
  readonly gainAt: (destination: number, component: number) => number; // byte offset in the gains
  readonly gainBytes: number;
  readonly isSideBySide: boolean; // row i of every group moves unit i
  readonly shares: readonly Readonly<Record<string, number>>[]; // what is different for each of several threads
}

/** `streams` vectors per line: theta, z, and what the method keeps. */
export function rowMemory(
  cell: Cell,
  plan: MemoryPlan,
  pre: PreLayout,
  size: number,
  streams: number,
  threads: number,
): RowMemory {
  const { rows, units } = cell;
  const b = rows.components;
  const lanes = 16 / size;
  const quads = layOutQuads(rows, pre, lanes, threads);
  const lineBytes = 16 * streams;
  const kp = Math.ceil(units / lanes) * lanes;
  const lines = plan.take(quads.lines * lineBytes);
  const thetaAt = (entry: number): number => lines + quads.lineOf[entry]! * lineBytes + quads.laneOf[entry]! * size;
  const own = (r: number): number => rows.destStart[r]!;
  const rowOf = new Int32Array(rows.dest.length);
  for (let r = 0; r < rows.count; r++) rowOf.fill(r, own(r), rows.destStart[r + 1]!);
  const more: number[] = []; // destinations beyond the own one
  const moreAt = new Map<number, number>();
  for (let d = 0; d < rows.dest.length; d++) {
    if (d === own(rowOf[d]!)) continue;
    moreAt.set(d, (quads.slots + more.length) * b * size);
    more.push(d);
  }
  const gainAt = (d: number, c: number): number =>
    moreAt.has(d) ? moreAt.get(d)! + c * size : (c * quads.slots + quads.slotOf[rowOf[d]!]!) * size;
  const unitOf = (r: number): number => rows.dest[own(r)]!;
  const isSideBySide = rows.groups.every(({ start, end }) => {
    return end - start === units && Array.from({ length: units }, (_, i) => unitOf(start + i)).every((u, i) => u === i);
  });
  const records = quadRecords(quads, plan, {
    lines,
    lineBytes,
    size,
    unitOf: ({ rows: [r], slot }) => (isSideBySide ? unitOf(r!) : slot),
  });
  const first = plan.table(records);
  const { terms, termStart } = ownTerms(cell, quads, thetaAt, lanes, plan);
  const ownTable = plan.table(terms);
  const moreOwn = moreOwnTerms(cell, more, rowOf, gainAt, thetaAt, kp, size);
  const moreOwnTable = plan.table(moreOwn);
  const spread = new Int32Array(quads.slots).fill(b * kp * size); // padding reads what is always 0, behind the units
  for (let r = 0; r < rows.count; r++) spread[quads.slotOf[r]!] = unitOf(r) * size;
  const others = more.flatMap((d) => [quads.slotOf[rowOf[d]!]! * size, rows.dest[d]! * size, gainAt(d, 0), size]);
  const moreTable = plan.table(others);
  return {
    globals: {
      kp,
      firstUnit: 0,
      endUnit: kp * size,
      slots: quads.slots,
      layers: rows.layers,
      quads: first,
      layerQuads: plan.table(quads.layerStart.map((quad) => first + QUAD_BYTES * quad)),
      lines,
      linesEnd: lines + quads.lines * lineBytes,
      lineBytes,
      ownTerms: ownTable,
      ownTermsEnd: ownTable + 4 * terms.length,
      moreOwnTerms: moreOwnTable,
      moreOwnTermsEnd: moreOwnTable + 4 * moreOwn.length,
      unitOfSlot: isSideBySide ? 0 : plan.table(spread),
      ownSpread: isSideBySide ? 0 : plan.take(b * b * quads.slots * size),
      qSpread: isSideBySide ? 0 : plan.take(b * quads.slots * size),
      moreStart: moreTable,
      moreEnd: moreTable + 4 * others.length,
      sums: plan.take(quads.slots * size),
      rowErrors: plan.take(quads.slots * size + 16),
    },
    quads,
    lineBytes,
    thetaAt,
    gainAt,
    gainBytes: (quads.slots + more.length) * b * size,
    isSideBySide,
    shares: Array.from({ length: threads }, (_, t) => {
      const [start, end] = [quads.shareStart[t]!, quads.shareStart[t + 1]!];
      const lineOf = (quad: number): number => quads.all[quad]?.firstLine ?? quads.lines;
      const [firstUnit, endUnit] = shareOf(kp, lanes, t, threads);
      return {
        thread: t,
        threads,
        firstUnit: firstUnit * size,
        endUnit: endUnit * size,
        layerQuads: plan.table([first + QUAD_BYTES * start, first + QUAD_BYTES * end]),
        lines: lines + lineOf(start) * lineBytes,
        linesEnd: lines + lineOf(end) * lineBytes,
        ownTerms: ownTable + 4 * termStart[start]!,
        ownTermsEnd: ownTable + 4 * termStart[end]!,
      };
    }),
  };
}

interface RecordPlaces {
  readonly lines: number; // address of the first line
  readonly lineBytes: number;
  readonly size: number; // of a number
  readonly unitOf?: (quad: Quad) => number;
}

/** The records of assembly/quad.ts, with their tables. */
export function quadRecords(quads: Quads, plan: MemoryPlan, places: RecordPlaces): number[] {
  const { lines, lineBytes, size, unitOf } = places;
  return quads.all.flatMap((quad) => {
    const { firstLine, run, runAt, vectors, gathers, slot } = quad;
    const table = vectors.length + gathers.length > 0 ? plan.table([...vectors, ...gathers]) : 0;
    const counts = [vectors.length, (gathers.length * size) / 16];
    const unit = (unitOf?.(quad) ?? 0) * size;
    return [lines + firstLine * lineBytes, run, runAt, ...counts, table, unit, slot * size];
  });
}

/** W rows of neighbouring units that read their own state: one term per component read. */
function ownTerms(
  { rows, inputSize: m }: Cell,
  quads: Quads,
  thetaAt: (entry: number) => number,
  lanes: number,
  plan: MemoryPlan,
): { terms: number[]; termStart: number[] } {
  const b = rows.components;
  const size = 16 / lanes;
  const nowhere = plan.take(16); // a theta of 0 for rows that do not read their own state
  const terms: number[] = [];
  const termStart = [0]; // of every quad
  for (const { rows: members, slot } of quads.all) {
    for (let c = 0; c < b; c++) {
      const addresses = members.map((r) => {
        if (r === null) return null;
        const source = m + 1 + rows.dest[rows.destStart[r]!]! * b + c;
        for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) if (rows.source[e] === source) return thetaAt(e);
        return null;
      });
      const start = addresses[0];
      if (addresses.every((address) => address === null)) continue;
      const isVector =
        start !== null && addresses.every((at, lane) => at === start! + lane * size || members[lane] === null);
      const unit = rows.dest[rows.destStart[members[0]!]!]!;
      terms.push(slot * size, unit * size, c, isVector ? 1 : 0, ...addresses.map((address) => address ?? nowhere));
    }
    termStart.push(terms.length);
  }
  return { terms, termStart };
}

/** Where a row reads the state of a unit that it moves beside its own: [gain, address of theta, own block's number]. */
function moreOwnTerms(
  { rows, inputSize: m }: Cell,
  more: readonly number[],
  rowOf: Int32Array,
  gainAt: RowMemory['gainAt'],
  thetaAt: RowMemory['thetaAt'],
  kp: number,
  size: number,
): number[] {
  const b = rows.components;
  const terms: number[] = [];
  for (const d of more) {
    const unit = rows.dest[d]!;
    for (let e = rows.start[rowOf[d]!]!; e < rows.start[rowOf[d]! + 1]!; e++) {
      const column = rows.source[e]! - m - 1 - unit * b;
      if (column < 0 || column >= b) continue;
      for (let c = 0; c < b; c++) terms.push(gainAt(d, c), thetaAt(e), ((c * b + column) * kp + unit) * size);
    }
  }
  return terms;
}
