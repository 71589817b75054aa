import type { Better } from './better.ts';
import { mean } from './mean.ts';

/** What one run of a setting achieved; NaN, or anything else that is not finite, where it diverged. */
export interface SeedValue {
  readonly seed: number;
  readonly value: number;
}

export interface TwoStageOptions {
  readonly better: Better;
  readonly tune?: readonly number[]; // the seeds to choose by; otherwise tuningSeeds says
}

export interface TwoStage {
  readonly chosen: number; // which of the settings
  readonly tuning: readonly SeedValue[]; // of the chosen setting: what it was chosen by, flattered by the choice
  readonly fresh: readonly SeedValue[]; // of the chosen setting: all its other seeds, for the report; may be empty
}

/**
 * Two-stage selection (Patterson et al. 2024): the best of many settings is in part the luckiest, so the values by which it
 * was chosen flatter it (maximisation bias), the more the more settings there were. The setting is therefore chosen by one
 * set of seeds and reported on its other, fresh ones.
 *
 * Chosen is the setting with the best mean over the tuning seeds. One that diverged on any of them is chosen only if all
 * did: then the one that diverged least often, the mean of its other tuning seeds deciding between equals. Of settings that
 * are equal still, the first. A setting that lacks a tuning seed cannot be compared and is not chosen.
 * Null where no setting has run all tuning seeds, or there are none. With one seed in common nothing is fresh but what the
 * chosen setting has run beyond it: an empty `fresh` means that there is nothing to report without bias.
 */
export function twoStage(settings: readonly (readonly SeedValue[])[], options: TwoStageOptions): TwoStage | null {
  const tune = new Set(options.tune ?? tuningSeeds(settings));
  if (tune.size === 0) return null;
  const sign = options.better === 'higher' ? 1 : -1;
  let best: { chosen: number; diverged: number; goodness: number } | null = null;
  for (const [chosen, runs] of settings.entries()) {
    const tuning = runs.filter(({ seed }) => tune.has(seed));
    if (new Set(tuning.map(({ seed }) => seed)).size < tune.size) continue;
    const finite = tuning.map(({ value }) => value).filter(Number.isFinite);
    const goodness = finite.length === 0 ? -Infinity : sign * mean(finite);
    const diverged = tuning.length - finite.length;
    const wins = best === null || diverged < best.diverged || (diverged === best.diverged && goodness > best.goodness);
    if (wins) best = { chosen, diverged, goodness };
  }
  if (best === null) return null;
  const runs = settings[best.chosen]!;
  return {
    chosen: best.chosen,
    tuning: runs.filter(({ seed }) => tune.has(seed)),
    fresh: runs.filter(({ seed }) => !tune.has(seed)),
  };
}

/** The lower half of the seeds that all settings have run, ascending: floor(k/2) of k, but of one seed that one. */
export function tuningSeeds(settings: readonly (readonly SeedValue[])[]): number[] {
  const [first = [], ...others] = settings.map((runs) => new Set(runs.map(({ seed }) => seed)));
  const common = [...first].filter((seed) => others.every((seeds) => seeds.has(seed))).sort((a, b) => a - b);
  return common.slice(0, Math.max(1, Math.floor(common.length / 2)));
}
