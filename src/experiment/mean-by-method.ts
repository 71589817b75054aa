import { mean } from '../statistics/mean.ts';
import type { ScoredRun } from './experiment.ts';

/** A number of runs by method, mean over all of a method's runs; null: none of them has it. */
export const meanByMethod =
  (of: (run: ScoredRun) => number | null | undefined) =>
  (results: readonly ScoredRun[]): Record<string, number | null> => {
    const methods = [...new Set(results.map(({ agent }) => agent))];
    return Object.fromEntries(
      methods.map((name) => {
        const values = results.filter(({ agent }) => agent === name).flatMap((run) => of(run) ?? []);
        return [name, values.length === 0 ? null : mean(values)];
      }),
    );
  };
