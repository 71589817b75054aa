import { mean } from '../statistics/mean.ts';
import type { ScoredRun } from './experiment.ts';

/** The usual score of a prediction experiment: explained fraction per agent, mean over its runs; null: none ended. */
export function explainedByAgent(results: readonly ScoredRun[]): Record<string, number | null> {
  const agents = [...new Set(results.map(({ agent }) => agent))];
  return Object.fromEntries(
    agents.map((id) => {
      const explained = results.filter(({ agent }) => agent === id).flatMap((run) => run.explained ?? []);
      return [id, explained.length === 0 ? null : mean(explained)];
    }),
  );
}
