/** The tape of truncated back-propagation in compiled memory (assembly/tape.ts); nothing where no method needs one. */
import type { Cell } from '../types.ts';
import type { DirectMemory } from './direct-memory.ts';
import type { MemoryPlan } from './memory-plan.ts';
import type { PreLayout } from './pre-layout.ts';
import { passMemory } from './pass-memory.ts';
import type { RowMemory } from './row-memory.ts';

type Globals = Readonly<Record<string, number>>;

export interface TapeMemory {
  readonly globals: Globals;
  readonly now: number | null; // address of a pre
}

export function tapeMemory(
  cell: Cell,
  window: number,
  plan: MemoryPlan,
  pre: PreLayout,
  rows: RowMemory,
  directs: DirectMemory,
  size: number,
): TapeMemory {
  if (window === 0) return { globals: { window, tapeStates: 0, tapeInputs: 0 }, now: null };
  const { inputSize, components: b } = cell;
  const width = rows.globals['kp']! * size;
  const others = otherBlocks(b, directs, pre, rows.globals['kp']!, size);
  const directMore = plan.table(others);
  const errorBytes = rows.quads.slots * size;
  const now = plan.take(pre.bytes);
  const globals = {
    window,
    tapeNow: now,
    tapePre: plan.take((window + 1) * pre.bytes), // one more: the last step's state lies in the next one's pre
    tapePreBytes: pre.bytes,
    tapeGain: plan.take(window * rows.gainBytes),
    tapeGainBytes: rows.gainBytes,
    tapeDirect: plan.take(window * directs.bytes),
    tapeDirectBytes: directs.bytes,
    tapeInputs: plan.take(window * inputSize * size),
    tapeStates: plan.take(window * pre.stateBytes),
    tapeErrors: plan.take(2 * b * width),
    tapeRowErrors: plan.take(window * errorBytes),
    tapeRowErrorBytes: errorBytes,
    directMore,
    directMoreEnd: directMore + 4 * others.length,
    errorSums: plan.take(pre.stateBytes),
    ...liveAgain(cell, plan, pre, rows, size, now),
    ...goBack(cell, plan, pre, rows, size),
    ...turnedMemory(window, plan, pre, rows, size),
  };
  return { globals, now };
}

/** The sums of the rows over what they read at `now`. */
function liveAgain(
  cell: Cell,
  plan: MemoryPlan,
  pre: PreLayout,
  memory: RowMemory,
  size: number,
  now: number,
): Globals {
  const { rows } = cell;
  const { records, globals } = passMemory('again', plan, size, {
    rows,
    theta: memory.thetaAt,
    read: { offset: (source) => now + pre.offset(source), zeroAt: now + pre.zeroAt },
    slot: (row) => memory.quads.slotOf[row]!,
    slots: memory.quads.slots,
  });
  return { ...globals, againLayers: plan.table(records) };
}

/** The weights that read a number of the state, as rows of their own: what they read is the error of the sum they are in. */
function goBack(cell: Cell, plan: MemoryPlan, pre: PreLayout, memory: RowMemory, size: number): Globals {
  const { rows, inputSize: m, units, components: b } = cell;
  const { quads, globals: places, thetaAt } = memory;
  const count = pre.stateBytes / size;
  const readers = Array.from({ length: count }, (): [entry: number, row: number][] => []);
  for (let r = 0; r < rows.count; r++) {
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      const entry = rows.source[e]! - m - 1;
      if (entry >= 0 && entry < units * b) readers[pre.stateOffset(entry) / size]!.push([e, r]);
    }
  }
  const start = new Int32Array(count + 1);
  readers.forEach(({ length }, i) => (start[i + 1] = start[i]! + length));
  const all = readers.flat();
  const errors = places['rowErrors']!;
  const { records, globals } = passMemory('back', plan, size, {
    rows: {
      count,
      layers: 1,
      layer: new Int32Array(count),
      start,
      source: Int32Array.from(all, ([, row]) => row),
      groups: [{ name: 'state', start: 0, end: count }],
    },
    theta: (entry) => thetaAt(all[entry]![0]),
    read: { offset: (row) => errors + quads.slotOf[row]! * size, zeroAt: errors + quads.slots * size },
    slot: (place) => place,
    slots: count,
  });
  return { ...globals, backFirst: records[0]!, backEnd: records[1]! };
}

/** Errors and pre with their steps side by side, where rows read what they like. */
function turnedMemory(window: number, plan: MemoryPlan, pre: PreLayout, { quads }: RowMemory, size: number): Globals {
  const gathers = quads.all.flatMap((quad) => quad.gathers);
  if (gathers.length === 0) return { turnedBytes: 0 };
  const turnedBytes = Math.ceil((window * size) / 16) * 16;
  const turnedPre = plan.take((pre.bytes / size) * turnedBytes);
  return {
    turnedBytes,
    turnedErrors: plan.take(quads.slots * turnedBytes),
    turnedPre,
    turnedReads: plan.table(gathers.map((offset) => turnedPre + (offset / size) * turnedBytes)),
  };
}

/** What units read of each other at fixed sums: [direct, error of the one that reads, sum of the one that is read]. */
function otherBlocks(b: number, { blocks }: DirectMemory, pre: PreLayout, kp: number, size: number): number[] {
  const out: number[] = [];
  for (const { to, from, at } of blocks) {
    if (to === from) continue;
    for (let c = 0; c < b * b; c++) {
      const error = (Math.floor(c / b) * kp + to) * size;
      out.push(at(c), error, pre.stateOffset(from * b + (c % b)));
    }
  }
  return out;
}
