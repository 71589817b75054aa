/** The tape of truncated back-propagation in compiled memory (assembly/tape.ts); nothing where no method needs one. */
import type { Cell } from '../types.ts';
import type { DirectMemory } from './direct-memory.ts';
import type { MemoryPlan } from './memory-plan.ts';
import type { PreLayout } from './pre-layout.ts';
import type { RowMemory } from './row-memory.ts';

export interface TapeMemory {
  readonly globals: Readonly<Record<string, number>>;
  readonly pres: readonly number[]; // addresses of the lived pres
}

export function tapeMemory(
  { inputSize, components: b }: Cell,
  window: number,
  plan: MemoryPlan,
  pre: PreLayout,
  rows: RowMemory,
  directs: DirectMemory,
  size: number,
): TapeMemory {
  const width = rows.globals['kp']! * size;
  const isThere = window > 0 ? 1 : 0;
  const others = isThere ? otherBlocks(b, directs, pre, rows.globals['kp']!, size) : [];
  const directMore = plan.table(others);
  const globals = {
    window,
    tapePre: plan.take((window + isThere) * pre.bytes), // one more: the last step's state lies in the next one's pre
    tapePreBytes: pre.bytes,
    tapeGain: plan.take(window * rows.gainBytes),
    tapeGainBytes: rows.gainBytes,
    tapeDirect: plan.take(window * directs.bytes),
    tapeDirectBytes: directs.bytes,
    tapeInputs: plan.take(window * inputSize * size),
    tapeStates: plan.take(window * pre.stateBytes),
    tapeErrors: plan.take(isThere * 2 * b * width),
    directMore,
    directMoreEnd: directMore + 4 * others.length,
    errorSums: plan.take(isThere * ((pre.stateBytes / size) * 16 + 16)),
  };
  const pres = Array.from({ length: window + isThere }, (_, l) => globals.tapePre + l * pre.bytes);
  return { globals, pres };
}

/** What units read of each other at fixed sums: [direct, error of the one that reads, sum of the one that is read]. */
function otherBlocks(b: number, { blocks }: DirectMemory, pre: PreLayout, kp: number, size: number): number[] {
  const out: number[] = [];
  for (const { to, from, at } of blocks) {
    if (to === from) continue;
    for (let c = 0; c < b * b; c++) {
      const error = (Math.floor(c / b) * kp + to) * size;
      out.push(at(c), error, (pre.stateOffset(from * b + (c % b)) / size) * 16);
    }
  }
  return out;
}
