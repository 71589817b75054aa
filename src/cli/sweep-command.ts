/** agent-state sweep: plans every run, says what is missing and how long it will take, runs only that. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { ClusterWords } from '../cluster/cluster-options.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { indicesOf, planPath, planSize, type SweepPlan, withEarlierSeeds, writePlan } from '../results/sweep-plan.ts';
import { estimateSeconds } from '../run/calibrate.ts';
import { codeOf } from '../run/code-of.ts';
import { isStudyLoaded, loadExperiment } from '../run/load-experiment.ts';
import { planSweep } from '../run/plan-sweep.ts';
import { isMissing, type PlannedState, planStates } from '../run/plan-states.ts';
import { prepareRun } from '../run/prepare-run.ts';
import type { Setting } from '../run/setting.ts';
import { missingJobs, type Work } from '../run/work-plan.ts';
import { UserError } from '../user-error.ts';
import { bestPlan } from './best-plan.ts';
import { flagOverrides, type SettingFlags } from './flag-overrides.ts';
import { type LimitFlags, limitsOf } from './limits.ts';
import { parseSeeds, wholeNumber } from './numbers.ts';
import { parseOverrides } from './overrides.ts';
import { printJson } from './print-json.ts';
import { countsText, counted, countStates, durationText } from './sweep-text.ts';
import { type HowFlags, howToRun, runWork } from './work-command.ts';

export interface SweepOptions extends SettingFlags, LimitFlags, HowFlags, ClusterWords {
  readonly agent?: string;
  readonly env?: string;
  readonly set: readonly string[];
  readonly random?: string;
  readonly best?: string;
  readonly seeds?: string;
  readonly full?: boolean;
  readonly on?: string; // a cluster
  readonly dryRun?: boolean;
  readonly results: string;
  readonly jobs?: string;
  readonly json?: boolean;
}

const TRIED = 40; // settings that are put together before anything runs; of more, some

export async function sweepCommand(id: string | undefined, options: SweepOptions): Promise<void> {
  limitsOf(options); // mistakes first
  const named = id === undefined ? null : await loadExperiment(id, options.env);
  if (named && isStudyLoaded(named) && options.on !== undefined) throw tooShort(named.name, options.on);
  if (named && isStudyLoaded(named)) return (await import('./study-command.ts')).studyCommand(named, options);
  const experiment = (named?.experiment ?? null) as Experiment | null;
  const asked = await planOf(named?.name, experiment, options);
  const folder = resolve(options.results, asked.experiment);
  const chosen = options.best === undefined ? asked : bestPlan(asked, folder, options.best.split(','));
  await tryOut(chosen);
  const path = planPath(folder, chosen.id);
  const plan = withEarlierSeeds(chosen, path);
  writePlan(path, plan);
  const work: Work = { plan, experiment: folder, indices: indicesOf(plan, asked.seeds), how: howToRun(options) };
  const states = planStates(plan, folder, work.indices);
  const lanes = options.jobs === undefined ? availableParallelism() : wholeNumber('--jobs', options.jobs);
  const seconds = await estimateSeconds(missingJobs(work, states), lanes);
  if (seconds === null) return void (process.exitCode = 130);
  const wall = seconds / Math.max(1, Math.min(lanes, states.filter(isMissing).length));
  const away = options.on !== undefined; // then this machine's cores say nothing
  if (!options.json) announce(experiment, chosen, states, seconds, away ? seconds : wall);
  if (away) {
    return (await import('./submit-command.ts')).submitCommand({ plan, planPath: path, states, seconds }, options);
  }
  if (options.dryRun) {
    if (options.json) printJson({ plan: path, ...countStates(states), cpuSeconds: seconds, seconds: wall });
    return;
  }
  await runWork(work, { ...options, path, experiment });
}

const tooShort = (study: string, on: string): UserError =>
  new UserError(
    `Cannot submit ${study} to ${on}: a study measures many short settings, which one machine does; leave --on out`,
  );

function planOf(name: string | undefined, experiment: Experiment | null, options: SweepOptions): Promise<SweepPlan> {
  const { random, seeds, set } = options;
  return planSweep({
    ...(name === undefined ? {} : { name }),
    experiment,
    agent: options.agent,
    env: options.env,
    full: options.full,
    flags: flagOverrides(options),
    set: parseOverrides(set),
    random: random === undefined ? null : { count: wholeNumber('--random', random), seed: 0 },
    seeds: seeds === undefined ? undefined : parseSeeds(seeds),
  });
}

/** Whatever is wrong with a setting is said now, before any process starts or any folder is made. */
async function tryOut({ settings, seeds }: SweepPlan): Promise<void> {
  const every = Math.max(1, Math.ceil(settings.length / TRIED));
  for (const { config, label } of settings.filter((_, i) => i % every === 0)) {
    try {
      (await prepareRun(config as unknown as Setting, seeds[0]!, () => undefined)).close();
    } catch (error) {
      if (!(error instanceof UserError) || settings.length === 1) throw error;
      throw new UserError(`${error.message} (in ${label})`, { cause: error });
    }
  }
}

function announce(
  experiment: Experiment | null,
  plan: SweepPlan,
  states: readonly PlannedState[],
  seconds: number,
  wall: number,
): void {
  if (experiment) console.log(experiment.question);
  const { settings, seeds } = plan;
  const grid = `${counted(settings.length, 'setting')} x ${counted(seeds.length, 'seed')}`;
  const size = `${grid} = ${counted(planSize(plan), 'run')}`;
  console.log(`${size}: ${countsText(states)}`);
  if (seconds > 0) console.log(`about ${durationText(wall)} (${durationText(seconds)} of one core)`);
  const other = states.filter(({ record, setting, status }) => {
    return record && status === 'done' && record.code !== codeOf(setting.config as unknown as Setting);
  });
  if (other.length > 0) {
    console.error(
      `agent-state: ${other.length} of the finished runs were made by other code (run.json says which); remove their folders to run them again`,
    );
  }
}
