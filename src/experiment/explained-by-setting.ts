import { mean } from '../statistics/mean.ts';
import type { ScoredRun } from './experiment.ts';

/**
 * Explained fraction per setting, mean over its runs, best first: what a sweep can be scored by. A setting of which no run
 * ended with a score, because all diverged for instance, is null and comes last.
 */
export function explainedBySetting(results: readonly ScoredRun[]): (number | null)[] {
  const settings = new Map<string, number[]>();
  for (const { folder = '', explained } of results) {
    const setting = folder.replace(/[\\/][^\\/]*[\\/]?$/, ''); // its seeds lie in it
    settings.set(setting, [...(settings.get(setting) ?? []), ...(explained === null ? [] : [explained])]);
  }
  const means = [...settings.values()].map((all) => (all.length === 0 ? null : mean(all)));
  return means.sort((a, b) => (b ?? -Infinity) - (a ?? -Infinity));
}
