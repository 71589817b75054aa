/** What lies in the results folder: experiments, their settings, runs and sweeps. */
import { readdir } from 'node:fs/promises';
import { planSize, readPlan, type SweepPlan } from '../results/sweep-plan.ts';
import type { RunRecord } from '../results/run-record.ts';
import { figureIfAny } from '../run/figure.ts';
import { standing } from '../run/plan-states.ts';
import { settingOfRecord } from '../run/result-of-record.ts';
import { settingLabels } from '../run/setting-labels.ts';
import { isExpected } from '../user-error.ts';
import { auditFiles } from './audits.ts';
import type { Inside } from './inside.ts';
import type { Experiment, ExperimentEntry, Plan, RunEntry, SettingEntry, Status } from './protocol.ts';
import { isDeep, LARGEST, wordOf } from './sound.ts';
import { changedAt, foldersIn, type FoundRun, type Records } from './records.ts';

export async function listExperiments(inside: Inside): Promise<ExperimentEntry[]> {
  const entries: ExperimentEntry[] = [];
  for (const name of (await foldersIn(inside)).sort()) entries.push(await entryOf(inside, name));
  return entries;
}

async function entryOf(inside: Inside, name: string): Promise<ExperimentEntry> {
  const folders = await foldersIn(inside, name);
  const hashes = folders.filter((folder) => /^[0-9a-f]{10}$/.test(folder));
  let runs = 0;
  let changed = await changedAt((await inside.path(name)) ?? '');
  for (const hash of hashes) {
    runs += (await foldersIn(inside, name, hash)).filter((seed) => !/\.old-\d+$/.test(seed)).length;
    changed = Math.max(changed, await changedAt((await inside.path(name, hash)) ?? ''));
  }
  const plans = (await planIds(inside, name)).length;
  const audits = await auditFiles(inside, name);
  for (const file of audits) changed = Math.max(changed, file.changed);
  return { name, runs, plans, audits: audits.length, isStudy: folders.includes('measured'), changed };
}

/** null: there is no such folder. */
export async function readExperiment(inside: Inside, records: Records, name: string): Promise<Experiment | null> {
  if ((await inside.path(name)) === null) return null;
  const { runs, unreadable } = await records.all(name);
  const problems = [...unreadable];
  const plans: SweepPlan[] = [];
  for (const id of await planIds(inside, name)) {
    const read = await planOf(inside, name, id);
    if (typeof read === 'string') problems.push(read);
    else if (read) plans.push(read);
  }
  return {
    name,
    settings: settingsOf(runs, plans),
    runs: runs.map((run) => runEntry(run)),
    plans: plans.map(({ id, settings, seeds }) => ({ id, settings: settings.length, seeds: seeds.length })),
    audits: (await auditFiles(inside, name)).length,
    isStudy: (await foldersIn(inside, name)).includes('measured'),
    unreadable: problems,
  };
}

export function runEntry({ record, names, folder }: FoundRun): RunEntry {
  const { seed, startedAt, endedAt, reason } = record;
  const [experiment, setting] = names;
  const id = names.join('/');
  const status: Status = standing(record, folder);
  return { id, experiment, setting, seed, status, startedAt, endedAt, figure: finalFigure(record), reason };
}

function finalFigure({ scores, config }: RunRecord): number | null {
  const figure = scores?.[figureIfAny(config['target'])?.name ?? ''];
  return typeof figure === 'number' ? figure : null;
}

/** Those that were planned first. A plan names its own; where there are others beside them, names tell all of them apart. */
function settingsOf(runs: readonly FoundRun[], plans: readonly SweepPlan[]): SettingEntry[] {
  const planned = plans.flatMap(({ settings }) => settings);
  const configs = new Map<string, RunRecord['config']>(planned.map(({ hash, config }) => [hash, config]));
  for (const { names, record } of runs) if (!configs.has(names[1])) configs.set(names[1], record.config);
  const isOnePlan = plans.some(({ settings }) => settings.length === configs.size);
  const labels = isOnePlan ? new Map(planned.map(({ hash, label }) => [hash, label])) : labelsOf(configs);
  return [...configs].map(([hash, config]) => entry(hash, labels.get(hash) ?? hash, config));
}

function entry(hash: string, label: string, config: RunRecord['config']): SettingEntry {
  const idOf = (part: unknown): string => wordOf((part as { id?: unknown } | null | undefined)?.id);
  const { agent, env, steps, target } = config;
  return {
    hash,
    label: label.slice(0, 500),
    agent: idOf(agent),
    env: idOf(env),
    steps: typeof steps === 'number' ? steps : 0,
    target: wordOf(target),
    config,
  };
}

/** By hash; those of other versions, whose configurations mean something else, have none. */
export function labelsOf(configs: ReadonlyMap<string, RunRecord['config']>): Map<string, string> {
  const known = [...configs].filter(
    ([, { agent }]) => typeof (agent as { id?: unknown } | null | undefined)?.id === 'string',
  );
  const labels = settingLabels(known.map(([, config]) => settingOfRecord({ config } as RunRecord)));
  return new Map(known.map(([hash], i) => [hash, labels[i]!]));
}

async function planIds(inside: Inside, experiment: string): Promise<string[]> {
  const folder = await inside.path(experiment, 'sweeps');
  const names = folder === null ? [] : await readdir(folder).catch(() => []);
  return names.flatMap((name) => /^([0-9a-f]{10})\.json$/.exec(name)?.[1] ?? []).sort();
}

/** null: there is none; text: why it cannot be read. */
export async function planOf(inside: Inside, experiment: string, id: string): Promise<SweepPlan | string | null> {
  const file = /^[0-9a-f]{10}$/.test(id) ? await inside.file(experiment, 'sweeps', `${id}.json`) : null;
  if (file === null) return null;
  if (file.bytes > LARGEST.plan) return `Cannot read the sweep ${id}: it is longer than ${LARGEST.plan} bytes`;
  try {
    const plan = readPlan(file.path);
    return isDeep(plan) ? `Cannot read the sweep ${id}: lists and objects lie too deep in it` : plan;
  } catch (error) {
    if (!isExpected(error)) throw error;
    return error.message;
  }
}

/** Where each of its runs stands. */
export async function readStates(records: Records, experiment: string, plan: SweepPlan): Promise<Plan> {
  const { runs } = await records.all(experiment);
  const known = new Map(runs.map((run) => [run.names.slice(1).join('/'), run]));
  const { id, createdAt, settings, seeds } = plan;
  const statusOf = (key: string): Status => {
    const run = known.get(key);
    return run ? standing(run.record, run.folder) : 'missing';
  };
  return {
    id,
    createdAt,
    settings: settings.map(({ hash, label }) => ({ hash, label })),
    seeds,
    states: planSize(plan) > MOST ? [] : settings.map(({ hash }) => seeds.map((seed) => statusOf(`${hash}/${seed}`))),
  };
}

const MOST = 100_000; // runs of one grid
