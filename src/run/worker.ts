/** A run in a process of its own: takes one job from its parent, answers with progress and a result. */
import type { RunResult } from './result.ts';
import { oneLine } from '../user-error.ts';
import type { RunJob } from './run-job.ts';
import { startRun } from './start-run.ts';

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly step: number; readonly figure: number | null }
  | { readonly kind: 'result'; readonly result: RunResult }
  | { readonly kind: 'error'; readonly message: string };

const PROGRESS = 200; // milliseconds between two reports

const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.on('SIGINT', () => undefined); // the terminal signals the whole group; the parent decides
process.on('disconnect', () => stop.abort());
process.on('message', (job: RunJob) => void work(job));

const send = (message: WorkerMessage): Promise<void> =>
  new Promise((done) => {
    if (process.connected) process.send?.(message, () => done());
    else done();
  });

/** In one line; the stack of what nobody expected is in the run's log. */
function fail(error: unknown): Promise<void> {
  return send({ kind: 'error', message: oneLine('run the agent', error).message });
}
process.on('unhandledRejection', (error) => void fail(error).then(() => process.exit(1)));

async function work(job: RunJob): Promise<void> {
  let told = 0;
  const onStep = (step: number, figure: number | null): void => {
    const now = performance.now();
    if (now - told < PROGRESS) return;
    told = now;
    void send({ kind: 'progress', step, figure });
  };
  try {
    await send({ kind: 'result', result: await startRun(job, { stop: stop.signal, onStep }) });
  } catch (error) {
    await fail(error);
  }
  process.removeAllListeners('disconnect');
  if (process.connected) process.disconnect();
}
