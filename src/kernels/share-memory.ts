/** What two threads change alike, and each needs for itself; the first one has the learner's own. */
import type { LearnerParts } from '../learner.ts';
import type { MemoryPlan } from './memory-plan.ts';
import { shareOf } from './quads.ts';
import type { RowMemory } from './row-memory.ts';

const MEETING = 384; // bytes, assembly/meeting.ts

/** Globals of each thread beside those of the whole; none for one thread. */
export function shareMemory(
  { cell, inputs }: LearnerParts,
  rows: RowMemory,
  plan: MemoryPlan,
  size: number,
): Record<string, number>[] {
  const threads = rows.shares.length;
  if (threads === 1) return [];
  const meeting = plan.take(MEETING);
  const ofInputs = (): number => plan.take(8 * (cell.inputSize + (cell.inputSize % 2)));
  return rows.shares.map((share, t) => {
    const [firstOutput, endOutput] = shareOf(rows.globals['kp']!, 16 / size, t, threads);
    const own = { ...share, meeting, firstOutput, endOutput, constants: plan.take(9 * 16) };
    if (t === 0) return own;
    const statistics = { inputMean: ofInputs(), inputVariance: ofInputs(), inputRate: ofInputs() };
    return { ...own, x: ofInputs(), v_tm1: plan.take(8), ...(inputs ? statistics : {}) };
  });
}
