/** Which setting of a method its figures are about, and over which seeds: chosen by some, reported on others. */
import type { Better } from '../statistics/better.ts';
import { median } from '../statistics/median.ts';
import { type SeedValue, twoStage } from '../statistics/two-stage.ts';
import { settingHash } from '../results/setting-hash.ts';
import type { Metric } from './metric.ts';
import type { Method } from './methods.ts';
import type { ReportRun, SettingRuns } from './read-runs.ts';

export interface ValuedRun extends SeedValue {
  readonly run: ReportRun;
}

export interface Choice {
  readonly setting: SettingRuns;
  /** `only`: there was nothing to choose. `fresh`: reported on other seeds than it was chosen by. `same`: on the same. */
  readonly how: 'only' | 'fresh' | 'same';
  readonly tuning: readonly ValuedRun[]; // empty where there was nothing to choose
  readonly reported: readonly ValuedRun[]; // a value is NaN where the run diverged
  readonly best: SettingRuns; // by all seeds that the settings have in common: the one to run on fresh seeds
  readonly candidates: number; // settings that could be compared
  readonly isRich: boolean; // it has been run on seeds of its own, beside those of the sweep
}

/** null: none of its settings has a run with a number. */
export function choose(method: Method, metric: Metric, isTwoStage: boolean): Choice | null {
  const valued = method.settings.map((setting) => valuesOf(setting, metric));
  const some = valued.filter((values) => values.length > 0);
  if (some.length === 0) return null;
  // One that has hardly been run would leave no seeds in common. It is no candidate yet.
  const enough = median(some.map((values) => values.length)) / 2;
  const candidates = method.settings.flatMap((setting, i) =>
    valued[i]!.length > 0 && valued[i]!.length >= enough ? [{ setting, values: valued[i]! }] : [],
  );
  const [first] = candidates;
  const only = { setting: first!.setting, best: first!.setting, candidates: candidates.length, isRich: true };
  if (candidates.length === 1) return { ...only, how: 'only', tuning: [], reported: first!.values };
  return chooseOf(candidates, metric.lower ? 'lower' : 'higher', isTwoStage);
}

interface Candidate {
  readonly setting: SettingRuns;
  readonly values: readonly ValuedRun[];
}

/** Where fewer settings have run a seed than this share, it is not one that they are compared by. */
const USUAL = 0.9;

/**
 * By all seeds of the sweep where the best has been run on enough others since; else by the lower half of them. Settings
 * that lack one of these seeds, because a run failed or is still to come, cannot be compared and are not chosen.
 */
function chooseOf(candidates: readonly Candidate[], better: Better, isTwoStage: boolean): Choice {
  const all = candidates.map(({ values }) => values);
  const usual = usualSeeds(all);
  const byAll = twoStage(all, { better, tune: usual });
  const half = usual.slice(0, Math.max(1, Math.floor(usual.length / 2)));
  const isRich = byAll !== null && byAll.fresh.length >= half.length;
  const found = isTwoStage && !isRich ? twoStage(all, { better, tune: half }) : byAll;
  const chosen = found?.chosen ?? 0; // no seed in common: the first
  const { setting, values } = candidates[chosen]!;
  const best = candidates[byAll?.chosen ?? chosen]!.setting;
  const tuning = new Set(found?.tuning.map(({ seed }) => seed));
  const compared = all.filter((runs) => [...tuning].every((seed) => runs.some((one) => one.seed === seed)));
  const own = { setting, best, isRich, candidates: tuning.size === 0 ? 0 : compared.length };
  if (!isTwoStage || found === null || found.fresh.length === 0) {
    return { ...own, how: 'same', tuning: values, reported: values };
  }
  const isTuning = ({ seed }: ValuedRun): boolean => tuning.has(seed);
  return { ...own, how: 'fresh', tuning: values.filter(isTuning), reported: values.filter((one) => !isTuning(one)) };
}

function usualSeeds(all: readonly (readonly ValuedRun[])[]): number[] {
  const count = new Map<number, number>();
  for (const values of all) for (const { seed } of values) count.set(seed, (count.get(seed) ?? 0) + 1);
  const usual = [...count].filter(([, n]) => n >= USUAL * all.length).map(([seed]) => seed);
  return usual.sort((a, b) => a - b);
}

/** Runs that ended with a number, or diverged. */
function valuesOf({ runs }: SettingRuns, metric: Metric): ValuedRun[] {
  return runs.flatMap((run) => {
    const value = metric.valueOf(run);
    return value === null ? [] : [{ seed: numberOf(run.seed), value, run }];
  });
}

/** A seed that is a word has no order; it needs to be told from others alone. */
const numberOf = (seed: string | number): number =>
  Number.isFinite(Number(seed)) ? Number(seed) : Number.parseInt(settingHash(seed), 16);
