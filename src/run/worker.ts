/** Runs in a process of their own: one after the other as the parent sends them, with progress and a result for each. */
import { isBusy } from '../results/busy-error.ts';
import type { Holder } from '../results/holder.ts';
import { oneLine } from '../user-error.ts';
import type { FromWorker } from './process-pool.ts';
import type { RunResult } from './result.ts';
import type { RunJob } from './run-job.ts';
import { startRun } from './start-run.ts';

export interface RunReport {
  readonly step: number;
  readonly figure: number | null;
}

export type RunAnswer =
  | { readonly result: RunResult }
  | { readonly holder: Holder } // somebody else is at this run
  | { readonly error: string };

const PROGRESS = 200; // milliseconds between two reports

const stop = new AbortController();
let idle = true;
process.on('SIGTERM', () => {
  stop.abort();
  if (idle) process.exit();
});
process.on('SIGINT', () => undefined); // the terminal signals the whole group; the parent decides
process.on('disconnect', () => {
  stop.abort();
  if (idle) process.exit();
});
process.on('message', (job: RunJob) => void work(job));

const send = (message: FromWorker<RunReport, RunAnswer>): Promise<void> =>
  new Promise((done) => {
    if (process.connected) process.send?.(message, () => done());
    else done();
  });

/** In one line; the stack of what nobody expected is in the run's log. */
function failed(error: unknown): RunAnswer {
  return isBusy(error) ? { holder: error.holder } : { error: oneLine('run the agent', error).message };
}
process.on('unhandledRejection', (error) => void send({ answer: failed(error) }).then(() => process.exit(1)));

async function work(job: RunJob): Promise<void> {
  idle = false;
  let told = performance.now();
  await send({ report: { step: 0, figure: null } }); // its time begins
  const onStep = (step: number, figure: number | null): void => {
    const now = performance.now();
    if (now - told < PROGRESS) return;
    told = now;
    void send({ report: { step, figure } });
  };
  let answer: RunAnswer;
  try {
    answer = { result: await startRun(job, { stop: stop.signal, onStep }) };
  } catch (error) {
    answer = failed(error);
  }
  await send({ answer });
  idle = true;
  if (stop.signal.aborted) process.exit();
}
