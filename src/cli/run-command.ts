/** agent-state run: from words on the command line to runs, a table, curves, and the paths of both. */
import { resolve } from 'node:path';
import type { Experiment } from '../experiment/experiment.ts';
import { merge } from '../merge.ts';
import { settingHash } from '../results/setting-hash.ts';
import { type AskedSettings, settingsOfExperiment, settingsOfPair } from '../run/asked-settings.ts';
import { isStudyLoaded, loadExperiment } from '../run/load-experiment.ts';
import { besideLines, onReferencePath, planBeside } from './beside-option.ts';
import type { BesideRecord } from '../results/run-record.ts';
import { prepareRun } from '../run/prepare-run.ts';
import type { Setting } from '../run/setting.ts';
import type { RunJob } from '../run/run-job.ts';
import { uniqueSettings } from '../run/unique-settings.ts';
import { flagOverrides, type SettingFlags } from './flag-overrides.ts';
import { type LogFlags, logOptions } from './log-options.ts';
import { parseSeeds, wholeNumber } from './numbers.ts';
import { parseOverrides } from './overrides.ts';
import { createProgress } from './progress.ts';
import { printOutcome } from './outcome.ts';
import { runAtTerminal } from './run-at-terminal.ts';

export interface RunOptions extends SettingFlags, LogFlags {
  readonly agent?: string;
  readonly env?: string;
  readonly set: readonly string[];
  readonly seeds?: string;
  readonly full?: boolean;
  readonly checkpointEvery?: string;
  readonly results: string;
  readonly jobs?: string;
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly beside?: string;
}

type Plan = Omit<AskedSettings, 'seeds'> & { readonly seeds: readonly number[] };

export async function runCommand(id: string | undefined, options: RunOptions): Promise<void> {
  const named = id === undefined ? null : await loadExperiment(id, options.env);
  if (named && isStudyLoaded(named)) return (await import('./study-command.ts')).studyCommand(named, options);
  const asked = named
    ? await settingsOfExperiment(named.name, named.experiment as Experiment, options)
    : await settingsOfPair(options.agent, options.env);
  const plan = { ...asked, seeds: parseSeeds(options.seeds ?? String(asked.seeds)) };
  const { quiet } = logOptions(options);
  const given = merge(flagOverrides(options), parseOverrides(options.set));
  const over = options.beside === undefined ? given : onReferencePath(given);
  const settings = await uniqueSettings(plan.inputs.map((input) => merge(input, over)));
  // Whatever is wrong with a setting is said now, before any process starts or any folder is made.
  const checked: Checked[] = [];
  for (const setting of settings) checked.push(await check(setting, plan.seeds[0]!, options));
  const jobs = plan.seeds.flatMap((seed) => checked.map((one) => jobOf(plan, one, seed, options)));
  const progress = createProgress(jobs, process.stderr, quiet || options.json === true);
  if (plan.experiment && !options.json) console.log(plan.experiment.question);
  if (!options.json) for (const line of new Set(checked.flatMap(besideLines))) console.log(line);
  const dashboard = options.watch ? await (await import('./dashboard-command.ts')).watchRuns(options.results) : null;
  const { outcomes, stopped } = await runAtTerminal(jobs, progress, {
    ...(options.jobs === undefined ? {} : { jobs: wholeNumber('--jobs', options.jobs) }),
    takesKeys: !quiet && options.json !== true,
  }).finally(() => dashboard?.close());
  const asItStands = Object.keys(over).length === 0 && !options.full && options.agent === undefined;
  await printOutcome({
    ...plan,
    folder: resolve(options.results, plan.name, ...place(plan, settings, asItStands)),
    runs: resolve(options.results, plan.name),
    outcomes,
    stopped,
    json: options.json === true,
  });
}

/**
 * The summary of a whole experiment lies in its folder. One setting's lies in the setting's, and that of a part or a
 * variation of an experiment in a folder of its own: none ever takes another's place.
 */
function place(plan: Plan, settings: readonly Setting[], asItStands: boolean): string[] {
  const hashes = settings.map((setting) => settingHash(setting));
  if (hashes.length === 1) return hashes;
  return plan.experiment && asItStands ? [] : [`sweep-${settingHash(hashes)}`];
}

interface Checked {
  readonly setting: Setting;
  readonly beside?: BesideRecord;
}

async function check(setting: Setting, seed: number, { beside: list }: RunOptions): Promise<Checked> {
  const run = await prepareRun(setting, seed, () => undefined);
  try {
    return list === undefined ? { setting } : { setting, beside: await planBeside(list, run.learner, setting, seed) };
  } finally {
    run.close();
  }
}

function jobOf(plan: Plan, { setting, beside }: Checked, seed: number, options: RunOptions): RunJob {
  const { results, checkpointEvery } = options;
  const every =
    checkpointEvery === undefined ? {} : { checkpointEvery: wholeNumber('--checkpoint-every', checkpointEvery) };
  const more = { ...every, ...(beside ? { beside } : {}), ...logOptions(options).job };
  return { experiment: plan.name, setting, seed, results, argv: process.argv, ...more };
}
