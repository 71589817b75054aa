/** A process that does one job after the other for its parent, within limits of time and memory. */
import { type ChildProcess, fork } from 'node:child_process';
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

export interface WorkerNeeds<J, R> {
  readonly worker: string; // file in dist/src/run
  readonly limits?: Limits;
  readonly onReport?: (job: J, report: R) => void;
  /** What a worker is sent of a job, when it is its turn. */
  readonly told?: (job: J) => J;
}

const GRACE = 15_000; // milliseconds to save what there is
const LOOK = 250; // milliseconds between two looks at the memory of a process

export interface Said<A> {
  readonly answer: A | Lost;
  readonly over: Over;
  readonly begun: boolean; // something was heard of this job
  readonly last: boolean; // the process must not be used again
}

export class WorkerProcess<J, R, A extends object> {
  readonly child: ChildProcess;
  readonly kind: string | null;
  jobs = 0;
  private readonly needs: WorkerNeeds<J, R>;

  constructor(needs: WorkerNeeds<J, R>, kind: string | null, live: Set<WorkerProcess<J, R, A>>) {
    this.needs = needs;
    this.kind = kind;
    // What an environment prints goes to our stderr: stdout carries results alone. NaN survives this channel.
    const heap = needs.limits?.mebibytes;
    this.child = fork(pathOf(needs.worker), [], {
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
    const { child, needs } = this;
    return new Promise((resolve) => {
      let over: Over = null;
      let begun = false;
      const guard = guardOf(child, needs.limits, (what) => (over = what));
      const settle = (answer: A | Lost, last = false): void => {
        guard.end();
        child.off('message', onMessage).off('exit', onExit).off('error', onError);
        resolve({ answer, over, begun, last });
      };
      const onMessage = (said: FromWorker<R, A>): void => {
        begun = true;
        guard.begin();
        if ('report' in said) needs.onReport?.(job, said.report);
        else settle(said.answer, said.last);
      };
      const onExit = (code: number | null, signal: NodeJS.Signals | null): void =>
        settle({ lost: signal ?? code ?? 1 });
      const onError = (): void => settle({ lost: 1 }); // it could not be started
      child.on('message', onMessage).on('exit', onExit).on('error', onError);
      child.send((needs.told?.(job) ?? job) as never, () => undefined); // what cannot be sent has an end of its own
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
