/**
 * Measures side by side, in one process per core that lives until all is measured: measurements are many and short. A
 * signal ends it at once; what was measured is on the disk, and only the rest is measured the next time.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Measurement } from '../results/measurements-file.ts';
import type { StudyAnswer, StudyJob } from './study-worker.ts';

export interface StudyPoolHooks {
  readonly jobs?: number; // processes at a time; default one per core
  readonly onMeasured: (measurement: Measurement) => void;
}

export interface StudyPoolResult {
  readonly errors: readonly string[]; // one line per measurement that failed
  readonly stopped: boolean; // by a signal
}

export async function runStudyPool(jobs: readonly StudyJob[], hooks: StudyPoolHooks): Promise<StudyPoolResult> {
  const waiting = [...jobs].reverse();
  const children = new Set<ChildProcess>();
  const errors: string[] = [];
  let stopped = false;
  const onSignal = (): void => {
    if (stopped) process.exit(130);
    stopped = true;
    waiting.length = 0;
    for (const child of children) child.kill('SIGTERM');
  };
  const lane = async (): Promise<void> => {
    let child: ChildProcess | null = null;
    for (let job = waiting.pop(); job; job = waiting.pop()) {
      child ??= start(children);
      const said = await ask(child, job);
      if (child.exitCode !== null || child.signalCode !== null) child = null; // the next one gets another process
      if ('measured' in said) hooks.onMeasured(said.measured);
      else if (!stopped) errors.push(said.error);
    }
    child?.kill('SIGTERM');
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    await Promise.all(Array.from({ length: Math.min(jobs.length, hooks.jobs ?? availableParallelism()) }, lane));
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    for (const child of children) child.kill('SIGTERM');
  }
  return { errors, stopped };
}

/** A worker always runs the compiled file: a plain node process cannot load TypeScript on every supported version. */
const WORKER = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../dist/src/run/study-worker.js', import.meta.url)
    : new URL('study-worker.js', import.meta.url),
);

function start(children: Set<ChildProcess>): ChildProcess {
  // What a study prints goes to our stderr: stdout carries results alone. NaN and infinities survive this channel.
  const child = fork(WORKER, [], { stdio: ['ignore', 2, 2, 'ipc'], execArgv: [], serialization: 'advanced' });
  children.add(child);
  child.on('exit', () => children.delete(child));
  return child;
}

/** Never rejects: what the worker answered, or one line on how it ended. */
function ask(child: ChildProcess, job: StudyJob): Promise<StudyAnswer> {
  return new Promise((resolve) => {
    const onMessage = (said: StudyAnswer): void => settle(said);
    const onExit = (code: number | null, signal: string | null): void =>
      settle({ error: `A process that measured ${job.study} ended early (${signal ?? `exit code ${code}`})` });
    const settle = (said: StudyAnswer): void => {
      child.off('message', onMessage).off('exit', onExit);
      resolve(said);
    };
    child.on('message', onMessage).on('exit', onExit);
    child.send(job, (error) => error && settle({ error: `Cannot measure ${job.study}: ${error.message}` }));
  });
}
