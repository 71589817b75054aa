/** agent-state work <plan>: the missing runs of a sweep that was planned, or of a part of it. */
import { dirname, join, relative, resolve } from 'node:path';
import type { Experiment } from '../experiment/experiment.ts';
import { isStudy } from '../experiment/study.ts';
import { planSize, readPlan } from '../results/sweep-plan.ts';
import { loadExperiment } from '../run/load-experiment.ts';
import { planStates } from '../run/plan-states.ts';
import type { Outcome } from '../run/pool.ts';
import { checkPlan, missingJobs, partOf, type Work, workPlan } from '../run/work-plan.ts';
import { isExpected, UserError } from '../user-error.ts';
import { type LimitFlags, limitsOf } from './limits.ts';
import { type LogFlags, logOptions } from './log-options.ts';
import { wholeNumber } from './numbers.ts';
import { printOutcome } from './outcome.ts';
import { printPart } from './part-outcome.ts';
import { createProgress } from './progress.ts';
import { counted } from './sweep-text.ts';

export interface WorkOptions extends LimitFlags, HowFlags {
  readonly part?: string;
  readonly jobs?: string;
  readonly json?: boolean;
}

export async function workCommand(path: string, options: WorkOptions): Promise<void> {
  const plan = readPlan(path);
  checkPlan(plan, path);
  const experiment = dirname(dirname(resolve(path)));
  const indices = options.part === undefined ? {} : { indices: numbersOf(options.part, planSize(plan)) };
  await runWork(
    { plan, experiment, ...indices, how: howToRun(options) },
    { ...options, path, experiment: options.part === undefined ? await experimentOf(plan.experiment) : null },
  );
}

export interface HowFlags extends LogFlags {
  readonly scratch?: string;
  readonly checkpointEvery?: string;
}

export function howToRun({ scratch, checkpointEvery, ...flags }: HowFlags): NonNullable<Work['how']> {
  return {
    ...logOptions(flags).job,
    ...(scratch === undefined ? {} : { scratch: resolve(scratch) }),
    ...(checkpointEvery === undefined ? {} : { checkpointEvery: wholeNumber('--checkpoint-every', checkpointEvery) }),
  };
}

interface Shown extends LimitFlags, LogFlags {
  readonly path: string; // of the plan
  readonly part?: string; // others are at the rest of it
  readonly experiment: Experiment | null;
  readonly jobs?: string;
  readonly json?: boolean;
}

/** Runs, then shows the whole of what was asked for, whoever ran it. */
export async function runWork(work: Work, shown: Shown): Promise<void> {
  const { json = false, jobs, path, experiment, part } = shown;
  const states = planStates(work.plan, work.experiment, work.indices);
  const missing = missingJobs(work, states);
  if (missing.length === 0 && !json) console.error('nothing is missing');
  const progress = createProgress(missing, process.stderr, json || logOptions(shown).quiet);
  const limits = limitsOf(shown);
  const waits = waiter(json);
  const { outcomes, stopped } = await workPlan(work, {
    ...(jobs === undefined ? {} : { jobs: wholeNumber('--jobs', jobs) }),
    limits,
    ...progress,
    onBusy: (job, holder) => waits(`${job.setting.agent.id} seed ${job.seed}`, `${holder.pid} on ${holder.host}`),
  });
  progress.end();
  const again = `agent-state work ${relative(process.cwd(), resolve(path))}`;
  if (part !== undefined) printPart(outcomes, stopped, json);
  else if (outcomes.length > 0) {
    const folder = join(work.experiment, `sweep-${work.plan.id}`);
    const { experiment: runs, plan } = work;
    await printOutcome({ name: plan.experiment, experiment, folder, runs, outcomes, stopped, json, again });
  } else if (stopped) process.exitCode = 130;
  tellLimits(outcomes, again);
}

/** Runs that were stopped at a limit are no failures: they saved themselves. */
function tellLimits(outcomes: readonly Outcome[], again: string): void {
  const over = outcomes.filter(({ result }) => result.status === 'interrupted' && result.error !== null);
  if (over.length === 0) return;
  console.error(`agent-state: ${counted(over.length, 'run')} stopped ${over[0]!.result.error}; go on with: ${again}`);
  process.exitCode ||= 130;
}

/** Says once of every run that it waits for another process. */
function waiter(quiet: boolean): (run: string, holder: string) => void {
  const told = new Set<string>();
  return (run, holder) => {
    if (quiet || told.has(run)) return;
    told.add(run);
    console.error(`agent-state: ${run} is at process ${holder}; waiting for it`);
  };
}

/** `3/8` -> the numbers 3, 11, 19, ... */
function numbersOf(text: string, size: number): number[] {
  const [, k, n] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (k === undefined || Number(n) < 1 || Number(k) >= Number(n)) {
    throw new UserError(`Cannot use --part ${text}: write k/n with k from 0 to n - 1, such as 0/8`);
  }
  return partOf(size, Number(k), Number(n));
}

/** For its question and its score; a plan is worked on without them too. */
async function experimentOf(name: string): Promise<Experiment | null> {
  try {
    const { experiment } = await loadExperiment(name);
    return isStudy(experiment) ? null : experiment;
  } catch (error) {
    if (!isExpected(error)) throw error;
    return null;
  }
}
