/** Runs what is missing of a sweep: it can be stopped, killed and begun again at any time, by any number of processes. */
import { dirname } from 'node:path';
import { settingHash } from '../results/setting-hash.ts';
import type { PlannedSetting, SweepPlan } from '../results/sweep-plan.ts';
import { UserError } from '../user-error.ts';
import { isMissing, type PlannedState, planStates } from './plan-states.ts';
import { type Outcome, type PoolHooks, runPool } from './pool.ts';
import { resultOfRecord } from './result-of-record.ts';
import type { RunJob } from './run-job.ts';
import type { Setting } from './setting.ts';

export interface Work {
  readonly plan: SweepPlan;
  readonly experiment: string; // folder results/<experiment>
  readonly indices?: readonly number[]; // of the plan; all of it unless said
  readonly how?: Pick<RunJob, 'checkpointEvery' | 'scratch' | 'log'>;
}

export interface WorkResult {
  readonly outcomes: readonly Outcome[]; // of runs that were asked for, finished before or now
  readonly stopped: boolean; // by a signal
}

/** The jobs that are left, in the order of the plan. */
export function missingJobs(work: Work, states: readonly PlannedState[]): RunJob[] {
  return states.filter(isMissing).map((state) => jobOf(work, state));
}

export async function workPlan(work: Work, hooks: PoolHooks = {}): Promise<WorkResult> {
  const states = planStates(work.plan, work.experiment, work.indices);
  const missing = missingJobs(work, states);
  const { outcomes, stopped } = await runPool(missing, hooks);
  const now = new Map(outcomes.map((outcome) => [keyOf(outcome.job), outcome]));
  const all = states.flatMap((state): Outcome[] => {
    const job = jobOf(work, state);
    const done = now.get(keyOf(job));
    if (done) return [done];
    return state.record && !isMissing(state) ? [{ job, result: resultOfRecord(state.record, state.folder) }] : [];
  });
  return { outcomes: all, stopped };
}

const keyOf = ({ setting, seed }: RunJob): string => `${settingHash(setting)} ${seed}`;

/** `part` k of n of a plan's numbers: neighbours are much alike, and so are the parts. */
export function partOf(size: number, k: number, n: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((size - k) / n)) }, (_, i) => k + i * n);
}

/** A plan is taken as it was written: a setting changed by hand would lie in another's folder. */
export function checkPlan(plan: SweepPlan, path: string): void {
  const wrong = plan.settings.find(({ config, hash }) => settingHash(config) !== hash);
  if (wrong === undefined) return;
  throw new UserError(
    `Cannot work on ${path}: setting ${wrong.label} is not what its name ${wrong.hash} says; agent-state sweep writes a new plan`,
  );
}

/** Settings are shared: runs of one setting are told by it. */
const settings = new WeakMap<PlannedSetting, Setting>();

function jobOf({ plan, experiment, how }: Work, { setting: planned, seed }: PlannedState): RunJob {
  const setting = settings.get(planned) ?? ({ ...planned.config } as unknown as Setting);
  settings.set(planned, setting);
  return {
    experiment: plan.experiment,
    setting,
    label: planned.label,
    seed,
    results: dirname(experiment),
    missing: true,
    argv: process.argv,
    ...how,
  };
}
