/** What the seeds of a setting came to, for the table of a sweep. */
import type { Experiment, RunEntry } from '../../dashboard/protocol.ts';
import { figureName } from '../parts/measures.ts';

export interface SweepFigure {
  readonly mean: number | null; // of its seeds' figures; null: none yet, or one diverged: the others would flatter
  readonly isBest: boolean; // of the sweep, where all have the same target
}

const HIGHER: readonly string[] = ['episodes'];

/** By the hashes of settings. */
export function sweepFigures(
  { runs, settings }: Experiment,
  hashes: readonly string[],
  seeds: readonly (string | number)[],
): { readonly name: string; readonly of: ReadonlyMap<string, SweepFigure> } {
  const targets = new Set(settings.filter(({ hash }) => hashes.includes(hash)).map(({ target }) => target));
  const [target] = [...targets];
  const means = hashes.map((hash) => meanOf(runs.filter((run) => run.setting === hash && seeds.includes(run.seed))));
  const there = means.filter((mean) => mean !== null);
  const best = HIGHER.includes(target ?? '') ? Math.max(...there) : Math.min(...there);
  const canBest = targets.size === 1 && there.length > 1;
  return {
    name: targets.size === 1 ? figureName(target) : 'figure',
    of: new Map(hashes.map((hash, i) => [hash, { mean: means[i]!, isBest: canBest && means[i] === best }])),
  };
}

function meanOf(runs: readonly RunEntry[]): number | null {
  const figures = runs.flatMap(({ figure }) => figure ?? []);
  if (figures.length === 0 || runs.some(({ status }) => status === 'diverged')) return null;
  return figures.reduce((a, b) => a + b, 0) / figures.length;
}
