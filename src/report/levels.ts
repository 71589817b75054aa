/**
 * Levels of a curriculum against what was seen of it: tokens, the steps of all lanes together without those that waited.
 * Runs of equal length may differ in tokens, so they are compared after the fewest that one of them has seen.
 */
import type { MetricsRow } from '../results/metrics-file.ts';
import type { CurveSeries } from '../plots/curve-points.ts';
import type { Method } from './methods.ts';

/** As metrics.jsonl tells them, line by line; empty where a run has no level. */
export interface Levels {
  readonly tokens: Float64Array; // ascending
  readonly level: Float64Array;
  readonly solved: Float64Array; // what all sequences reached
}

export function levelsOf(rows: readonly MetricsRow[]): Levels {
  const told = rows.filter(({ level, tokens }) => typeof level === 'number' && typeof tokens === 'number');
  const column = (name: string): Float64Array => Float64Array.from(told, (row) => Number(row[name] ?? NaN));
  return { tokens: column('tokens'), level: column('level'), solved: column('solved') };
}

/** What was told last when so many tokens had been seen; NaN before the first line. */
export function told(levels: Levels, of: 'level' | 'solved', seen: number): number {
  const { tokens } = levels;
  let [low, high] = [0, tokens.length]; // the first line with more tokens lies in low .. high
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]! <= seen) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? NaN : levels[of][low - 1]!;
}

const POINTS = 60; // of a curve

/** Level by tokens, up to `most`, on one grid for all seeds. */
export function levelSeries(name: string, perSeed: readonly Levels[], most: number): CurveSeries {
  const steps = Array.from({ length: POINTS }, (_, i) => Math.round((most * (i + 1)) / POINTS));
  return { name, steps, values: perSeed.map((one) => steps.map((seen) => told(one, 'level', seen))) };
}

/** By task: the fewest tokens that a run of it has ended with; a task whose runs tell none is not there. */
export function fewestTokens(methods: readonly Method[]): ReadonlyMap<string, number> {
  const fewest = new Map<string, number>();
  for (const { task, settings } of methods) {
    for (const { result } of settings.flatMap(({ runs }) => runs)) {
      if (result.status !== 'done' || result.tokens === undefined || result.level === undefined) continue;
      fewest.set(task, Math.min(fewest.get(task) ?? Infinity, result.tokens));
    }
  }
  return fewest;
}
