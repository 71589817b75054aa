/**
 * Jobs side by side in processes of their own that live on from job to job, as long as the next one is of their kind: a
 * crash ends one job and leaves the others alone. The first SIGINT or SIGTERM asks every process to save what it has, a
 * second one ends the program at once.
 */
import { availableParallelism } from 'node:os';
import { type Lost, type Over, WorkerProcess, type WorkerNeeds } from './worker-process.ts';

export interface ProcessPool<J, R, A extends object> extends WorkerNeeds<J, R> {
  readonly lanes?: number; // processes at a time; default one per core
  /** Jobs of the same kind may follow each other in one process; undefined: none may. */
  readonly kind?: (job: J) => string;
  /** `over`: the limit at which the process was stopped. True: the job goes to the end of the queue. */
  readonly onAnswer: (job: J, answer: A | Lost, over: Over) => boolean;
  /** Milliseconds to wait before a job is begun; others go first. */
  readonly delay?: (job: J) => number;
  /** Called once, with what sends a message to every process that there is at that time. */
  readonly onOpen?: (tell: (message: object) => void) => void;
}

const TOGETHER = 100; // milliseconds: a batch system may signal us, and the shell that passes it on to us too
const AHEAD = 256; // jobs among which one of the same kind is looked for
const MOST_JOBS = 500; // in one process, should something leak

/** True where a signal stopped it: jobs that were not begun have no answer then. */
export async function runProcesses<J, R, A extends object>(
  jobs: readonly J[],
  pool: ProcessPool<J, R, A>,
): Promise<boolean> {
  const waiting = [...jobs];
  const live = new Set<WorkerProcess<J, R, A>>();
  let [stopped, since] = [false, 0];
  const onSignal = (): void => {
    if (stopped && performance.now() - since < TOGETHER) return;
    if (stopped) process.exit(130);
    [stopped, since] = [true, performance.now()];
    waiting.length = 0;
    for (const worker of live) worker.child.kill('SIGTERM');
  };
  const lane = async (): Promise<void> => {
    let worker: WorkerProcess<J, R, A> | null = null;
    for (let job = next(waiting, null, pool); job !== undefined; job = next(waiting, worker?.kind ?? null, pool)) {
      await sleep(pool.delay?.(job) ?? 0, () => stopped);
      const kind = pool.kind?.(job) ?? null;
      if (worker && (kind === null || kind !== worker.kind || worker.jobs >= MOST_JOBS || !worker.isAlive())) {
        await worker.end();
        worker = null;
      }
      if (stopped) break; // looked at last: a process made after the signal would never hear of it
      worker ??= new WorkerProcess<J, R, A>(pool, kind, live);
      const { answer, over, begun, last } = await worker.ask(job);
      const isFirst = worker.jobs === 1;
      if (last) await worker.end();
      if (over !== null || !worker.isAlive()) worker = null; // the next one gets another process
      if (stopped && 'lost' in answer && (!begun || isSignalled(answer))) break; // of our own signal
      if ('lost' in answer && !begun && !isFirst)
        waiting.unshift(job); // what an earlier job left behind ended it
      else if (pool.onAnswer(job, answer, over) && !stopped) waiting.push(job);
    }
    await worker?.end();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  pool.onOpen?.((message) => {
    for (const worker of live) if (worker.isAlive()) worker.child.send(message, () => undefined);
  });
  try {
    const lanes = Math.min(jobs.length, pool.lanes ?? availableParallelism());
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    waiting.length = 0; // one lane that throws ends the others
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    for (const worker of live) worker.child.kill('SIGTERM');
  }
  return stopped;
}

const isSignalled = (answer: object): boolean =>
  'lost' in answer && (answer.lost === 'SIGTERM' || answer.lost === 'SIGINT');

/** The first job of the kind that a process is warm for, else the first one; one that must wait only if all must. */
function next<J, R, A extends object>(
  waiting: J[],
  kind: string | null,
  { kind: kindOf, delay }: ProcessPool<J, R, A>,
): J | undefined {
  const isReady = (job: J): boolean => (delay?.(job) ?? 0) <= 0;
  const isWarm = (job: J): boolean => kindOf!(job) === kind && isReady(job);
  const warm = kind === null || !kindOf ? -1 : waiting.slice(0, AHEAD).findIndex(isWarm);
  return waiting.splice(Math.max(0, warm >= 0 ? warm : waiting.findIndex(isReady)), 1)[0];
}

async function sleep(milliseconds: number, over: () => boolean): Promise<void> {
  for (const end = performance.now() + milliseconds; performance.now() < end && !over();) {
    await new Promise((done) => setTimeout(done, Math.min(100, milliseconds)));
  }
}
