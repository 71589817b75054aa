import { mean } from '../statistics/mean.ts';
import type { ScoredRun } from './experiment.ts';

/** The score where there is a curriculum: the level at the end, mean over all runs of a method; null: none ended. */
export function levelByMethod(results: readonly ScoredRun[]): Record<string, number | null> {
  const methods = [...new Set(results.map(({ agent }) => agent))];
  return Object.fromEntries(
    methods.map((name) => {
      const levels = results.filter(({ agent }) => agent === name).flatMap(({ level }) => level ?? []);
      return [name, levels.length === 0 ? null : mean(levels)];
    }),
  );
}
