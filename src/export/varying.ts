/** What tells the settings of an experiment apart: the paths of their configs whose values are not all the same. */
import type { IndexedRun } from '../results/run-index.ts';
import { flatten, type Leaf } from './flatten.ts';

type Leaves = ReadonlyMap<string, Leaf>;

export interface Varying {
  readonly paths: readonly string[];
  of(hash: string): Leaves; // all leaves of a setting
}

/** Words about an agent, and what has a column of its own. */
const ASIDE = new Set(['agent.summary', 'agent.cite', 'agent.id', 'env.id']);

export function varying(runs: readonly IndexedRun[]): Varying {
  const settings = new Map<string, Leaves>();
  for (const { record } of runs) {
    if (!settings.has(record.setting)) settings.set(record.setting, new Map(flatten(record.config)));
  }
  return { paths: varyingPaths([...settings.values()]), of: (hash) => settings.get(hash) ?? new Map() };
}

/** A path that one setting lacks varies too, unless it is null in the others. */
function varyingPaths(settings: readonly Leaves[]): string[] {
  const paths = [...new Set(settings.flatMap((leaves) => [...leaves.keys()]))];
  return paths.filter(
    (path) => !ASIDE.has(path) && new Set(settings.map((leaves) => leaves.get(path) ?? null)).size > 1,
  );
}

/**
 * A name per setting hash: the agent's where it has one setting, else with what tells its settings apart:
 * `columnar-td rule.alpha=0.01`.
 */
export function settingLabels(runs: readonly IndexedRun[], { of }: Varying): Map<string, string> {
  const byAgent = new Map<string, string[]>();
  for (const hash of new Set(runs.map(({ record }) => record.setting))) {
    const agent = String(of(hash).get('agent.id') ?? 'agent');
    byAgent.set(agent, [...(byAgent.get(agent) ?? []), hash]);
  }
  const labels = new Map<string, string>();
  for (const [agent, hashes] of byAgent) {
    const paths = varyingPaths(hashes.map(of));
    const worlds = new Set(hashes.map((hash) => of(hash).get('env.id'))).size > 1 ? ['env.id'] : [];
    for (const hash of hashes) {
      const words = [...worlds, ...paths].flatMap((path) => {
        const value = of(hash).get(path);
        return value === undefined ? [] : `${path.replace(/^agent\./, '')}=${value}`;
      });
      labels.set(hash, [agent, ...words].join(' '));
    }
  }
  return labels;
}
