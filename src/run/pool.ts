/**
 * Runs side by side, each in a process of its own: a crash or a divergence ends one and leaves the others alone. The
 * first SIGINT or SIGTERM asks every run to save itself, a second one ends the program at once.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failedResult } from './failed-result.ts';
import type { RunResult } from './result.ts';
import type { OnStep } from './run-one.ts';
import { folderOf, type RunJob } from './run-job.ts';
import type { WorkerMessage } from './worker.ts';

export interface PoolHooks {
  readonly jobs?: number; // processes at a time; default one per core
  readonly onStep?: (job: RunJob, step: number, figure: number | null) => void;
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
    const ended = await runChild(job, children, (step, figure) => hooks.onStep?.(job, step, figure));
    // A worker saves itself at a signal as soon as it listens: one that a signal of ours has ended had not begun.
    if (stopped && (ended === 'SIGTERM' || ended === 'SIGINT')) return;
    const result = typeof ended === 'object' ? ended : failedResult(job, lost(job, ended));
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

/** Never rejects: the run's result, or else how its process ended (exit code or signal). */
function runChild(job: RunJob, children: Set<ChildProcess>, onStep: OnStep): Promise<Ended> {
  return new Promise((resolve) => {
    // What an environment prints goes to our stderr: stdout carries results alone.
    const child = fork(WORKER, [], { stdio: ['ignore', 2, 2, 'ipc'], execArgv: [] });
    children.add(child);
    child.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onStep(message.step, message.figure);
      else if (message.kind === 'result') resolve(message.result);
      else resolve(failedResult(job, message.message));
    });
    child.on('error', (error) => resolve(failedResult(job, error.message)));
    child.on('exit', (code, signal) => {
      children.delete(child);
      resolve(signal ?? code ?? 1); // without effect where a result came
    });
    child.send(job);
  });
}

type Ended = RunResult | NodeJS.Signals | number;

function lost(job: RunJob, how: NodeJS.Signals | number): string {
  const run = `The run of ${job.setting.agent.id} with seed ${job.seed}`;
  if (typeof how === 'number') return `${run} left with exit code ${how}: does its environment call process.exit?`;
  const what = `${run} was ended from outside (${how})`;
  const begun = existsSync(join(folderOf(job), 'run.json'));
  return begun ? `${what}; go on with: agent-state resume ${folderOf(job)}` : `${what} before it began`;
}
