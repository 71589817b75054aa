/** Where the runs of an unfinished sweep stand, as a picture. */
import { statusGrid } from '../plots/status-grid.ts';
import type { GridStatus } from '../plots/status-marks.ts';
import { countRuns, isComplete } from './counts.ts';
import { showLeaf } from './leaves.ts';
import type { PictureRequest } from './pictures.ts';
import type { ExperimentRuns, Seed, SettingRuns } from './read-runs.ts';

/** None where all has been run. */
export function statusPicture({ settings, plans }: ExperimentRuns): PictureRequest[] {
  if (isComplete(countRuns(settings))) return [];
  const labels = new Map(plans.flatMap((plan) => plan.settings.map(({ hash, label }) => [hash, label] as const)));
  const statuses = settings.map(statusesOf);
  const seeds = [...statuses[0]!.keys()].filter((seed) => statuses.every((known) => known.has(seed))); // asked of all
  const numbers = seeds.map(Number).filter(Number.isFinite);
  const spec = () =>
    statusGrid({
      title: 'Runs',
      seeds: numbers.sort((a, b) => a - b),
      settings: settings.map(({ hash, leaves }, i) => ({
        label: labels.get(hash) ?? `${showLeaf(leaves.get('agent.id') ?? 'agent')} ${hash}`,
        statuses: numbers.map((seed) => statuses[i]!.get(String(seed))!),
      })),
    });
  return [{ name: 'status', title: 'The runs that all settings are to have: settings down, seeds across', spec }];
}

function statusesOf({ runs, missing }: SettingRuns): Map<string, GridStatus> {
  const of = (seed: Seed, status: GridStatus): [string, GridStatus] => [String(seed), status];
  return new Map([
    ...runs.map(({ seed, record }) => of(seed, record.status)),
    ...missing.map((seed) => of(seed, 'missing')),
  ]);
}
