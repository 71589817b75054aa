/** All that results/<experiment> holds, setting by setting: runs, what was planned, and what is missing. */
import { join } from 'node:path';
import type { RunRecord } from '../results/run-record.ts';
import { indexRuns } from '../results/run-index.ts';
import { listPlans, readPlan, type SweepPlan } from '../results/sweep-plan.ts';
import { resultOfRecord } from '../run/result-of-record.ts';
import type { RunResult } from '../run/result.ts';
import type { Setting } from '../run/setting.ts';
import { UserError } from '../user-error.ts';
import { type Leaves, leavesOf } from './leaves.ts';

export type Seed = string | number;

export interface ReportRun {
  readonly seed: Seed;
  readonly folder: string;
  readonly record: RunRecord;
  readonly result: RunResult;
}

export interface SettingRuns {
  readonly hash: string;
  readonly setting: Setting;
  readonly leaves: Leaves;
  readonly runs: readonly ReportRun[]; // by seed
  readonly missing: readonly Seed[]; // to be run, and never begun
}

export interface ExperimentRuns {
  readonly settings: readonly SettingRuns[]; // in the order of the plans, then by hash
  readonly plans: readonly SweepPlan[];
  readonly unreadable: readonly string[];
}

/** Reads run.json of all runs, and the plans; nothing else yet. */
export function readRuns(folder: string): ExperimentRuns {
  const { runs, unreadable } = indexRuns(folder);
  const [plans, broken] = readPlans(folder);
  const byHash = new Map<string, ReportRun[]>();
  const odd: string[] = [];
  for (const { folder: path, record } of runs) {
    if (!isSetting(record.config)) {
      odd.push(`Cannot read ${join(path, 'run.json')}: config names no agent and environment`);
      continue;
    }
    const run = { seed: record.seed, folder: path, record, result: resultOfRecord(record, path) };
    const before = byHash.get(record.setting);
    if (before) before.push(run);
    else byHash.set(record.setting, [run]);
  }
  const planned = new Map<string, { config: unknown; seeds: Set<Seed> }>();
  for (const { settings, seeds } of plans) {
    for (const { hash, config } of settings) {
      const one = planned.get(hash) ?? { config, seeds: new Set<Seed>() };
      for (const seed of seeds) one.seeds.add(seed);
      planned.set(hash, one);
    }
  }
  if (runs.length + plans.length + unreadable.length + broken.length === 0) {
    throw new UserError(`Cannot report ${folder}: there are no runs in it; agent-state run or sweep makes them`);
  }
  const usual = usualSeeds([...byHash.values()]);
  const settings = [...new Set([...planned.keys(), ...byHash.keys()])].map((hash): SettingRuns => {
    const own = byHash.get(hash) ?? [];
    const config = planned.get(hash)?.config ?? own[0]!.record.config;
    const begun = new Set(own.map(({ seed }) => String(seed)));
    const asked = planned.get(hash)?.seeds ?? usual;
    const missing = [...asked].filter((seed) => !begun.has(String(seed)));
    return { hash, setting: config as Setting, leaves: leavesOf(config), runs: own, missing };
  });
  return { settings, plans, unreadable: [...unreadable, ...odd, ...broken] };
}

/** As far as a report relies on it. */
function isSetting(config: RunRecord['config']): boolean {
  const idOf = (part: unknown): unknown => (part as { readonly id?: unknown } | null | undefined)?.id;
  return typeof idOf(config['agent']) === 'string' && typeof idOf(config['env']) === 'string';
}

/** Where no plan says what was to be run: seeds that more than half of the settings have begun. */
function usualSeeds(settings: readonly (readonly ReportRun[])[]): Set<Seed> {
  const count = new Map<Seed, number>();
  for (const runs of settings) for (const { seed } of runs) count.set(seed, (count.get(seed) ?? 0) + 1);
  return new Set([...count].filter(([, n]) => n > settings.length / 2).map(([seed]) => seed));
}

function readPlans(folder: string): [SweepPlan[], string[]] {
  const plans: SweepPlan[] = [];
  const broken: string[] = [];
  for (const path of listPlans(folder)) {
    try {
      plans.push(readPlan(path));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      broken.push(error.message);
    }
  }
  return [plans, broken];
}
