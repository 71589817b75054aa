/** agent-state run: from words on the command line to runs, a table, curves, and the paths of both. */
import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Experiment } from '../experiment/experiment.ts';
import { isStudy } from '../experiment/study.ts';
import { merge } from '../merge.ts';
import { isPath, loadNamed } from '../registry.ts';
import { loadAgent } from '../agent-by-name.ts';
import { settingHash } from '../results/setting-hash.ts';
import { runPool } from '../run/pool.ts';
import { prepare } from '../run/prepare.ts';
import { resolveSetting, type Setting } from '../run/setting.ts';
import type { RunJob } from '../run/run-job.ts';
import { UserError } from '../user-error.ts';
import { parseSeeds, realNumber, wholeNumber } from './numbers.ts';
import { parseOverrides } from './overrides.ts';
import { createProgress } from './progress.ts';
import { printOutcome } from './outcome.ts';

export interface RunOptions {
  readonly agent?: string;
  readonly env?: string;
  readonly cell?: string;
  readonly estimator?: string;
  readonly features?: string;
  readonly head?: string;
  readonly rule?: string;
  readonly set: readonly string[];
  readonly seeds?: string;
  readonly steps?: string;
  readonly discount?: string;
  readonly include?: string;
  readonly full?: boolean;
  readonly load?: string;
  readonly path?: string;
  readonly precision?: string;
  readonly simd?: string;
  readonly threads?: string;
  readonly learn: boolean;
  readonly checkpointEvery?: string;
  readonly results: string;
  readonly jobs?: string;
  readonly json?: boolean;
}

interface Plan {
  readonly name: string; // folder under results/
  readonly experiment: Experiment | null;
  readonly inputs: readonly Record<string, unknown>[];
  readonly seeds: readonly number[];
}

export async function runCommand(name: string | undefined, options: RunOptions): Promise<void> {
  const named = name === undefined ? null : await loadExperiment(name, options);
  if (name !== undefined && isStudy(named))
    return (await import('./study-command.ts')).studyCommand(name, named, options);
  const plan = name === undefined ? await planPair(options) : await planExperiment(name, named as Experiment, options);
  const over = overrides(options);
  const settings = await Promise.all(plan.inputs.map((input) => resolveSetting(merge(input, over))));
  // Whatever is wrong with a setting is said now, before any process starts or any folder is made.
  for (const setting of settings) (await prepare(setting, plan.seeds[0]!, () => undefined)).env.close();
  const jobs = plan.seeds.flatMap((seed) => settings.map((setting) => jobOf(plan, setting, seed, options)));
  const progress = createProgress(jobs, process.stderr, options.json === true);
  if (plan.experiment && !options.json) console.log(plan.experiment.question);
  const { outcomes, stopped } = await runPool(jobs, {
    ...(options.jobs === undefined ? {} : { jobs: wholeNumber('--jobs', options.jobs) }),
    ...progress,
  });
  progress.end();
  await printOutcome({
    ...plan,
    folder: resolve(options.results, plan.name, ...place(plan, options, settings)),
    outcomes,
    stopped,
    json: options.json === true,
  });
}

/**
 * The summary of a whole experiment lies in its folder. One setting's lies in the setting's, and that of a part or a
 * variation of an experiment in a folder of its own: none ever takes another's place.
 */
function place(plan: Plan, options: RunOptions, settings: readonly Setting[]): string[] {
  const hashes = settings.map((setting) => settingHash(setting));
  if (hashes.length === 1) return hashes;
  const asItStands = Object.keys(overrides(options)).length === 0 && !options.full && options.agent === undefined;
  return plan.experiment && asItStands ? [] : [`sweep-${settingHash(hashes)}`];
}

async function loadExperiment(name: string, { env }: RunOptions): Promise<unknown> {
  if (env === undefined) return loadNamed('../experiments', name);
  throw new UserError(
    `Cannot run ${name} in ${env}: an experiment brings its own environment; leave one of the two out`,
  );
}

async function planExperiment(name: string, experiment: Experiment, options: RunOptions): Promise<Plan> {
  const full = options.full === true;
  const sweep = experiment.sweep(full).filter(({ agent }) => options.agent === undefined || agent === options.agent);
  if (sweep.length === 0) {
    const known = [...new Set(experiment.sweep(full).map(({ agent }) => agent))].join(', ');
    throw new UserError(`Cannot run ${options.agent} in ${name}: its agents are ${known}`);
  }
  const inputs = await Promise.all(sweep.map((setting) => experiment.run(setting)));
  const seeds = parseSeeds(options.seeds ?? String(experiment.seeds(full)));
  return { name, experiment, inputs, seeds };
}

async function planPair(options: RunOptions): Promise<Plan> {
  if (options.agent === undefined || options.env === undefined) {
    throw new UserError('Cannot run nothing: name an experiment (agent-state list experiments), or --agent and --env');
  }
  const agent = await loadAgent(options.agent);
  const short = (id: string): string => (isPath(id) ? basename(id).replace(/\.\w+$/, '') : id);
  const input = { agent, env: { id: options.env } };
  const name = `${short(options.agent)}.${short(options.env)}`.replace(/[^A-Za-z0-9._-]/g, '-');
  return { name, experiment: null, inputs: [input], seeds: parseSeeds(options.seeds ?? '1') };
}

/** What the flags say, as one tree to be laid over every setting; --set comes last. */
function overrides(options: RunOptions): Record<string, unknown> {
  const parts = Object.entries({
    cell: options.cell,
    estimator: options.estimator,
    features: options.features,
    head: options.head,
    rule: options.rule,
  }).flatMap(([kind, id]) => (id === undefined ? [] : [[kind, { id }] as const]));
  const flags = {
    ...(parts.length === 0 ? {} : { agent: Object.fromEntries(parts) }),
    ...(options.steps === undefined ? {} : { steps: wholeNumber('--steps', options.steps), every: null, window: null }),
    ...(options.discount === undefined ? {} : { discount: realNumber('--discount', options.discount) }),
    ...(options.include === undefined ? {} : { include: options.include.split(',') }),
    ...Object.fromEntries(
      (['path', 'precision', 'simd'] as const).flatMap((name) => (options[name] ? [[name, options[name]]] : [])),
    ),
    ...(options.threads === undefined ? {} : { threads: wholeNumber('--threads', options.threads) }),
    ...(options.load === undefined ? {} : { load: checkpointOf(options.load) }),
    ...(options.learn ? {} : { learn: false }),
  };
  return merge(flags, parseOverrides(options.set));
}

/** A run's folder stands for the checkpoint in it. */
function checkpointOf(path: string): string {
  if (!existsSync(path)) throw new UserError(`Cannot load ${path}: there is no such checkpoint or run folder`);
  return statSync(path).isDirectory() ? join(path, 'checkpoint', 'state.ckpt') : path;
}

function jobOf(plan: Plan, setting: Setting, seed: number, { results, checkpointEvery }: RunOptions): RunJob {
  const every =
    checkpointEvery === undefined ? {} : { checkpointEvery: wholeNumber('--checkpoint-every', checkpointEvery) };
  return { experiment: plan.name, setting, seed, results, ...every };
}
