/** The tape of truncated back-propagation in compiled memory (assembly/tape.ts); nothing where no method needs one. */
import type { Cell } from '../types.ts';
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
  size: number,
): TapeMemory {
  const width = rows.globals['kp']! * size;
  const isThere = window > 0 ? 1 : 0;
  const globals = {
    window,
    tapePre: plan.take((window + isThere) * pre.bytes), // one more: the last step's state lies in the next one's pre
    tapePreBytes: pre.bytes,
    tapeGain: plan.take(window * rows.gainBytes),
    tapeGainBytes: rows.gainBytes,
    tapeDirect: plan.take(window * b * b * width),
    tapeDirectBytes: b * b * width,
    tapeInputs: plan.take(window * inputSize * size),
    tapeStates: plan.take(window * pre.stateBytes),
    tapeErrors: plan.take(isThere * 2 * b * width),
    errorSums: plan.take(isThere * ((pre.stateBytes / size) * 16 + 16)),
  };
  const pres = Array.from({ length: window + isThere }, (_, l) => globals.tapePre + l * pre.bytes);
  return { globals, pres };
}
