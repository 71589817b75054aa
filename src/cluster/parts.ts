/** How the missing runs of a sweep are shared out: part k of n takes the runs i with i % n = k. */

export interface Task {
  readonly part: number;
  readonly runs: readonly number[]; // missing ones, by their number in the plan
}

export interface Sharing {
  readonly of: number; // n
  readonly tasks: readonly Task[]; // only parts that something is missing of
}

const OF_LIMIT = 1 / 4; // of the time limit: a task should be through in one turn, also where the estimate is off

/** Runs per task, so that a task takes about a quarter of its limit; `perRun` null: nothing is known. */
export function groupSize(perRun: number | null, limit: number, cpus: number): number {
  if (perRun === null || perRun <= 0) return cpus;
  return cpus * Math.max(1, Math.floor((limit * OF_LIMIT) / perRun));
}

/**
 * The fewest parts of which none has more than `group` missing runs. Runs that are missing in a row, all of them or all
 * seeds that are new, give as few as can be; scattered ones may need more parts, most of them of fewer runs.
 */
export function shareOut(missing: readonly number[], total: number, group: number): Sharing {
  let of = Math.max(1, Math.ceil(missing.length / group));
  while (of < total && most(missing, of) > group) of++;
  const runs = new Map<number, number[]>();
  for (const run of missing) {
    const part = runs.get(run % of);
    if (part) part.push(run);
    else runs.set(run % of, [run]);
  }
  const tasks = [...runs].map(([part, its]) => ({ part, runs: its })).sort((a, b) => a.part - b.part);
  return { of, tasks };
}

function most(missing: readonly number[], of: number): number {
  const counts = new Uint32Array(of);
  for (const run of missing) counts[run % of]!++;
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

/** [from, how many] of chunks that are at most `size` long. */
export function chunksOf(length: number, size: number): readonly (readonly [offset: number, length: number])[] {
  return Array.from({ length: Math.ceil(length / size) }, (_, i) => [i * size, Math.min(size, length - i * size)]);
}
