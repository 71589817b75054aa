/**
 * Jobs side by side in processes of their own that live on from job to job, as long as the next one is of their kind: a
 * crash ends one job and leaves the others alone. The first SIGINT or SIGTERM asks every process to save what it has, a
 * second one ends the program at once.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { memoryOf } from './memory-of.ts';

/**
 * What a worker sends: a report when it begins a job and any number of them after that, then one answer. `last`: the job
 * left something behind (a timer, a listener, a child process) that might harm the next one.
 */
export type FromWorker<R, A> = { readonly report: R } | { readonly answer: A; readonly last?: boolean };

/** How a process ended that gave no answer: exit code or signal. */
export interface Lost {
  readonly lost: NodeJS.Signals | number;
}

/** The limit that a job went over. */
export type Over = 'time' | 'memory' | null;

export interface Limits {
  readonly seconds?: number; // per job; a job over it is asked to save itself
  readonly mebibytes?: number; // of a process; one over it is killed
}

export interface ProcessPool<J, R, A extends object> {
  readonly worker: string; // file in dist/src/run
  readonly lanes?: number; // processes at a time; default one per core
  readonly limits?: Limits;
  /** Jobs of the same kind may follow each other in one process; undefined: none may. */
  readonly kind?: (job: J) => string;
  readonly onReport?: (job: J, report: R) => void;
  /** `over`: the limit at which the process was stopped. True: the job goes to the end of the queue. */
  readonly onAnswer: (job: J, answer: A | Lost, over: Over) => boolean;
  /** Milliseconds to wait before a job is begun; others go first. */
  readonly delay?: (job: J) => number;
  /** What a worker is sent of a job, when it is its turn. */
  readonly told?: (job: J) => J;
}

const GRACE = 15_000; // milliseconds to save what there is
const TOGETHER = 100; // milliseconds: a batch system may signal us, and the shell that passes it on to us too
const LOOK = 250; // milliseconds between two looks at the memory of a process
const AHEAD = 256; // jobs among which one of the same kind is looked for
const MOST_JOBS = 500; // in one process, should something leak

/** True where a signal stopped it: jobs that were not begun have no answer then. */
export async function runProcesses<J, R, A extends object>(
  jobs: readonly J[],
  pool: ProcessPool<J, R, A>,
): Promise<boolean> {
  const waiting = [...jobs];
  const live = new Set<Worker<J, R, A>>();
  let [stopped, since] = [false, 0];
  const onSignal = (): void => {
    if (stopped && performance.now() - since < TOGETHER) return;
    if (stopped) process.exit(130);
    [stopped, since] = [true, performance.now()];
    waiting.length = 0;
    for (const worker of live) worker.child.kill('SIGTERM');
  };
  const lane = async (): Promise<void> => {
    let worker: Worker<J, R, A> | null = null;
    for (let job = next(waiting, null, pool); job !== undefined; job = next(waiting, worker?.kind ?? null, pool)) {
      await sleep(pool.delay?.(job) ?? 0, () => stopped);
      const kind = pool.kind?.(job) ?? null;
      if (worker && (kind === null || kind !== worker.kind || worker.jobs >= MOST_JOBS || !worker.isAlive())) {
        await worker.end();
        worker = null;
      }
      if (stopped) break; // looked at last: a process made after the signal would never hear of it
      worker ??= new Worker<J, R, A>(pool, kind, live);
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

interface Said<A> {
  readonly answer: A | Lost;
  readonly over: Over;
  readonly begun: boolean; // something was heard of this job
  readonly last: boolean; // the process must not be used again
}

class Worker<J, R, A extends object> {
  readonly child: ChildProcess;
  readonly kind: string | null;
  jobs = 0;
  private readonly pool: ProcessPool<J, R, A>;

  constructor(pool: ProcessPool<J, R, A>, kind: string | null, live: Set<Worker<J, R, A>>) {
    this.pool = pool;
    this.kind = kind;
    // What an environment prints goes to our stderr: stdout carries results alone. NaN survives this channel.
    const heap = pool.limits?.mebibytes;
    this.child = fork(pathOf(pool.worker), [], {
      stdio: ['ignore', 2, 2, 'ipc'],
      execArgv: heap === undefined ? [] : [`--max-old-space-size=${Math.ceil(heap)}`],
      serialization: 'advanced',
    });
    live.add(this);
    this.child.on('exit', () => live.delete(this)).on('error', () => live.delete(this));
  }

  isAlive(): boolean {
    return this.child.connected && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Never rejects. */
  ask(job: J): Promise<Said<A>> {
    this.jobs++;
    const { child, pool } = this;
    return new Promise((resolve) => {
      let over: Over = null;
      let begun = false;
      const guard = guardOf(child, pool.limits, (what) => (over = what));
      const settle = (answer: A | Lost, last = false): void => {
        guard.end();
        child.off('message', onMessage).off('exit', onExit).off('error', onError);
        resolve({ answer, over, begun, last });
      };
      const onMessage = (said: FromWorker<R, A>): void => {
        begun = true;
        guard.begin();
        if ('report' in said) pool.onReport?.(job, said.report);
        else settle(said.answer, said.last);
      };
      const onExit = (code: number | null, signal: NodeJS.Signals | null): void =>
        settle({ lost: signal ?? code ?? 1 });
      const onError = (): void => settle({ lost: 1 }); // it could not be started
      child.on('message', onMessage).on('exit', onExit).on('error', onError);
      child.send((pool.told?.(job) ?? job) as never, () => undefined); // what cannot be sent has an end of its own
    });
  }

  end(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.isAlive()) return resolve();
      this.child.on('exit', () => resolve());
      this.child.disconnect();
    });
  }
}

interface Guard {
  begin(): void; // its time runs from the first that is heard of it: a process takes a while to start
  end(): void;
}

/** Watches one job. */
function guardOf(child: ChildProcess, limits: Limits | undefined, over: (what: Over) => void): Guard {
  const timers: NodeJS.Timeout[] = [];
  let begun = false;
  const { seconds, mebibytes } = limits ?? {};
  const begin = (): void => {
    if (begun || seconds === undefined) return;
    begun = true;
    const stop = (): void => {
      over('time');
      child.kill('SIGTERM');
      timers.push(setTimeout(() => child.kill('SIGKILL'), GRACE));
    };
    timers.push(setTimeout(stop, seconds * 1000));
  };
  if (mebibytes !== undefined) {
    const look = (): void => {
      if ((memoryOf(child.pid) ?? 0) <= mebibytes * 2 ** 20) return;
      over('memory');
      child.kill('SIGKILL');
    };
    timers.push(setInterval(look, LOOK));
  }
  return { begin, end: () => timers.forEach((timer) => clearTimeout(timer)) };
}

/** A worker always runs the compiled file: a plain node process cannot load TypeScript on every supported version. */
function pathOf(worker: string): string {
  const folder = import.meta.url.endsWith('.ts') ? '../../dist/src/run/' : './';
  return fileURLToPath(new URL(`${folder}${worker}`, import.meta.url));
}

async function sleep(milliseconds: number, over: () => boolean): Promise<void> {
  for (const end = performance.now() + milliseconds; performance.now() < end && !over();) {
    await new Promise((done) => setTimeout(done, Math.min(100, milliseconds)));
  }
}
