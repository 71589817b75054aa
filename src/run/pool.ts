/**
 * Runs side by side, each in a process of its own: a crash or a divergence ends one and leaves the others alone. The
 * first SIGINT or SIGTERM asks every run to save itself, a second one ends the program at once.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { locateRun } from '../results/run-folder.ts';
import { failedResult } from './failed-result.ts';
import type { RunResult } from './result.ts';
import type { RunJob } from './start-run.ts';
import type { WorkerMessage } from './worker.ts';

export interface PoolHooks {
  readonly jobs?: number; // processes at a time; default one per core
  readonly onStep?: (job: RunJob, step: number) => void;
  readonly onResult?: (job: RunJob, result: RunResult) => void;
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

export async function runPool(jobs: readonly RunJob[], hooks: PoolHooks = {}): Promise<PoolResult> {
  const waiting = [...jobs];
  const children = new Set<ChildProcess>();
  const results = new Map<RunJob, RunResult>();
  let stopped = false;
  const onSignal = (): void => {
    if (stopped) process.exit(130);
    stopped = true;
    waiting.length = 0;
    for (const child of children) child.kill('SIGTERM');
  };
  const one = async (job: RunJob): Promise<void> => {
    const result = await runChild(job, children, (step) => hooks.onStep?.(job, step));
    results.set(job, result);
    hooks.onResult?.(job, result);
  };
  const lane = async (): Promise<void> => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await one(job);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const lanes = Math.min(jobs.length, hooks.jobs ?? availableParallelism());
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    for (const child of children) child.kill('SIGTERM');
  }
  const outcomes = jobs.flatMap((job) => {
    const result = results.get(job);
    return result ? [{ job, result }] : []; // a job that was never started has none
  });
  return { outcomes, stopped };
}

/** A worker always runs the compiled file: a plain node process cannot load TypeScript on every supported version. */
const WORKER = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../dist/src/run/worker.js', import.meta.url)
    : new URL('worker.js', import.meta.url),
);

/** Never rejects: what goes wrong in one process is that run's result. */
function runChild(job: RunJob, children: Set<ChildProcess>, onStep: (step: number) => void): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = fork(WORKER, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
    children.add(child);
    child.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onStep(message.step);
      else if (message.kind === 'result') resolve(message.result);
      else resolve(failedResult(job, message.message));
    });
    child.on('error', (error) => resolve(failedResult(job, error.message)));
    child.on('exit', (code, signal) => {
      children.delete(child);
      resolve(failedResult(job, lost(job, code, signal))); // without effect where a result came
    });
    child.send(job);
  });
}

function lost(job: RunJob, code: number | null, signal: NodeJS.Signals | null): string {
  const how = signal === null ? `exit code ${code}` : signal;
  const { path } = locateRun(job);
  return `The run of ${job.setting.agent.id} with seed ${job.seed} was ended from outside (${how}); go on with: agent-state resume ${path}`;
}
