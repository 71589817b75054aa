/** Runs side by side, in processes of their own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Holder } from '../results/holder.ts';
import { leaseHolder } from '../results/lease.ts';
import { updateRunRecord } from '../results/run-record.ts';
import { isExpected } from '../user-error.ts';
import type { Command } from './control.ts';
import { failedResult } from './failed-result.ts';
import { runProcesses } from './process-pool.ts';
import type { Limits, Lost, Over } from './worker-process.ts';
import type { RunResult } from './result.ts';
import { FOLLOWED, folderOf, type RunJob } from './run-job.ts';
import type { RunAnswer, RunReport } from './worker.ts';

export interface PoolHooks {
  readonly jobs?: number; // processes at a time; default one per core
  readonly limits?: Limits;
  readonly onStep?: (job: RunJob, step: number, figure: number | null) => void;
  readonly onResult?: (job: RunJob, result: RunResult) => void;
  readonly onBusy?: (job: RunJob, holder: Holder) => void; // somebody else is at it; it is asked for again later
  /** Called once, with what steers all runs that go on at that time. */
  readonly onOpen?: (steer: (command: Command) => void) => void;
}

/** A job and how it ended. */
export interface Outcome {
  readonly job: RunJob;
  readonly result: RunResult;
}

export interface PoolResult {
  readonly outcomes: Outcome[]; // in the order of the jobs
  readonly stopped: boolean; // by a signal: jobs not yet started never were
}

const AGAIN = 2000; // milliseconds until a run that somebody else was at is asked for again

export async function runPool(jobs: readonly RunJob[], hooks: PoolHooks = {}): Promise<PoolResult> {
  const results = new Map<RunJob, RunResult>();
  const busy = new Map<RunJob, number>(); // when it was so
  const dead = new Map<RunJob, string>();
  const stopped = await runProcesses<RunJob, RunReport, RunAnswer>(jobs, {
    worker: 'worker.js',
    ...(hooks.jobs === undefined ? {} : { lanes: hooks.jobs }),
    ...(hooks.limits === undefined ? {} : { limits: hooks.limits }),
    ...(hooks.onOpen === undefined ? {} : { onOpen: hooks.onOpen }),
    kind: kindOf,
    delay: (job) => Math.max(0, (busy.get(job) ?? -Infinity) + AGAIN - performance.now()),
    onReport: (job, { step, figure }) => hooks.onStep?.(job, step, figure),
    told: (job) => (dead.has(job) ? { ...job, dead: dead.get(job)! } : job),
    onAnswer(job, answer, over) {
      if ('lost' in answer && answer.lost === FOLLOWED) {
        busy.set(job, performance.now());
        return true;
      }
      if ('holder' in answer) {
        // Workers come and go; that a holder no longer shows itself takes this process to see.
        if (leaseHolder(folderOf(job)) === null) dead.set(job, answer.holder.token);
        busy.set(job, performance.now());
        hooks.onBusy?.(job, answer.holder);
        return true;
      }
      const result = resultOf(job, answer, over, hooks.limits);
      results.set(job, result);
      hooks.onResult?.(job, result);
      return false;
    },
  });
  const outcomes = jobs.flatMap((job) => {
    const result = results.get(job);
    return result ? [{ job, result }] : []; // a job that was never started has none
  });
  return { outcomes, stopped };
}

/** Runs of the same code on the same world: what one process compiled for the one suits the other, and times compare. */
export function kindOf({ setting }: RunJob): string {
  const { agent, env, path, precision, simd, threads } = setting;
  const parts = [agent.cell, agent.estimator, agent.features, agent.head, agent.rule, agent.growth, agent.headRule];
  return JSON.stringify([parts.map((part) => part?.id), env.id, path, precision, simd, threads]);
}

function resultOf(job: RunJob, answer: RunAnswer | Lost, over: Over, limits: Limits = {}): RunResult {
  if ('result' in answer) {
    const { result } = answer;
    return over === 'time' && result.status === 'interrupted' ? { ...result, error: overTime(limits) } : result;
  }
  const reason = 'error' in answer ? answer.error : 'lost' in answer ? lost(job, answer, over, limits) : 'busy';
  if (over !== null) record(job, reason);
  return failedResult(job, reason);
}

function lost(job: RunJob, { lost: how }: Lost, over: Over, limits: Limits): string {
  const run = `The run of ${job.setting.agent.id} with seed ${job.seed}`;
  if (over === 'memory') return `${run} took more than its ${limits.mebibytes} MiB of memory; raise --memory-limit`;
  if (over === 'time') return `${run} was ended ${overTime(limits)}, and did not save itself in time`;
  if (typeof how === 'number') return `${run} left with exit code ${how}: does its environment call process.exit?`;
  const what = `${run} was ended from outside (${how})`;
  const begun = existsSync(join(folderOf(job), 'run.json'));
  return begun ? `${what}; go on with: agent-state resume ${folderOf(job)}` : `${what} before it began`;
}

const overTime = ({ seconds }: Limits): string => `at its time limit of ${seconds} s`;

/** A run that was killed for a limit cannot say so itself. */
function record(job: RunJob, reason: string): void {
  const path = join(folderOf(job), 'run.json');
  try {
    if (existsSync(path)) updateRunRecord(path, { status: 'failed', reason, endedAt: new Date().toISOString() });
  } catch (error) {
    if (!isExpected(error)) throw error;
  }
}
