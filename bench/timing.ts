/**
 * CPU time of work that repeats. Variants take turns within a round, so that a machine that slows down slows all of
 * them, and ratios are formed round by round.
 */
import { median } from '../src/statistics/median.ts';
import type { Effort } from './effort.ts';

export interface Work {
  readonly steps: number; // of one call
  readonly run: () => void;
}

export interface Warm extends Work {
  readonly batch: number; // calls between two readings of the clock, which costs about a microsecond
}

const BATCH = 2; // ms between two readings, about

/** Runs the work until its code is compiled for good, and finds its batch. */
export function warm(work: Work, { warmMs }: Effort): Warm {
  const { calls, ns } = spend({ ...work, batch: 1 }, warmMs);
  return { ...work, batch: Math.max(1, Math.floor((BATCH * 1e6 * calls) / ns)) };
}

/** ns per step. */
export function sample(work: Warm, ms: number): number {
  const { calls, ns } = spend(work, ms);
  return ns / (calls * work.steps);
}

/** [work][round] ns per step. */
export function takeTurns(works: readonly Warm[], { rounds, sampleMs }: Effort): number[][] {
  const samples = works.map((): number[] => []);
  for (let round = 0; round < rounds; round++) works.forEach((work, i) => samples[i]!.push(sample(work, sampleMs)));
  return samples;
}

/** The median over the rounds of their time / our time. */
export function ratio(theirs: readonly number[], ours: readonly number[]): number {
  if (theirs.length !== ours.length) throw new Error(`${theirs.length} rounds beside ${ours.length}`);
  return median(theirs.map((ns, round) => ns / ours[round]!));
}

function spend({ run, batch }: Pick<Warm, 'run' | 'batch'>, ms: number): { calls: number; ns: number } {
  const begin = process.cpuUsage();
  let calls = 0;
  for (;;) {
    for (let i = 0; i < batch; i++) run();
    calls += batch;
    const { user, system } = process.cpuUsage(begin);
    const ns = (user + system) * 1000;
    if (ns >= ms * 1e6) return { calls, ns };
  }
}
