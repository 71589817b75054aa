/** Runs in a process of their own: one after the other as the parent sends them, with progress and a result for each. */
import { isBusy } from '../results/busy-error.ts';
import type { Holder } from '../results/holder.ts';
import { oneLine } from '../user-error.ts';
import type { FromWorker } from './worker-process.ts';
import type { RunResult } from './result.ts';
import { createControl, type Command, type RunControl } from './control.ts';
import { leftBehind } from './left-behind.ts';
import { liveDoor } from './live-socket.ts';
import { FOLLOWED, folderOf, type RunJob } from './run-job.ts';
import { createWatch } from './run-watch.ts';
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
let control: RunControl | null = null; // of the job at hand
let known: RunAnswer | null = null; // to the job at hand, whatever it still leaves behind
let isOver = false; // no more answers: the process ends
process.on('SIGTERM', () => {
  stop.abort();
  if (idle) process.exit();
});
process.on('SIGINT', () => undefined); // the terminal signals the whole group; the parent decides
process.on('disconnect', () => {
  stop.abort();
  if (idle) process.exit();
});
process.on('message', (message: RunJob | Command) => {
  if ('command' in message) void control?.command(message);
  else void work(message);
});
const door = liveDoor();

const send = (message: FromWorker<RunReport, RunAnswer>): Promise<void> =>
  new Promise((done) => {
    if (process.connected) process.send?.(message, () => done());
    else done();
  });

/** In one line; the stack of what nobody expected is in the run's log. */
function failed(error: unknown): RunAnswer {
  return isBusy(error) ? { holder: error.holder } : { error: oneLine('run the agent', error).message };
}
/** Of code that nobody awaits. It ends this process, and the job at hand where there is one; it is told once. */
function giveUp(error: unknown): void {
  if (idle) process.exit(1);
  if (isOver) return;
  isOver = true;
  void send({ answer: known ?? failed(error), last: true }).then(() => process.exit(1));
}
process.on('unhandledRejection', giveUp).on('uncaughtException', giveUp);

async function work(job: RunJob): Promise<void> {
  [idle, known] = [false, null];
  control = createControl();
  let told = performance.now();
  await send({ report: { step: 0, figure: null } }); // its time begins
  const leaves = leftBehind();
  const onStep = (step: number, figure: number | null): void => {
    const now = performance.now();
    if (now - told < PROGRESS) return;
    told = now;
    void send({ report: { step, figure } });
  };
  const watch = createWatch();
  const close = door.begin(folderOf(job), control, watch);
  try {
    const hooks = { stop: stop.signal, onStep, control, watch, onLeaseLost: () => process.exit(FOLLOWED) };
    known = { result: await startRun(job, hooks) };
  } catch (error) {
    known = failed(error);
  }
  close();
  const last = await leaves();
  if (isOver) return; // something else has answered
  isOver = last;
  await send({ answer: known, last });
  idle = true;
  if (stop.signal.aborted) process.exit();
}
