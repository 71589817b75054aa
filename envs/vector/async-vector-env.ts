import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Info } from '../env.ts';
import type { EnvSpec } from '../env-spec.ts';
import { EnvError } from '../errors.ts';
import { make, type MakeOptions } from '../make.ts';
import type { AnyEnv } from '../part.ts';
import { findSpec } from '../registration.ts';
import type { AnyAction } from '../wrapper.ts';
import { checkInteger } from '../wrapping/checks.ts';
import { row } from './memory.ts';
import { type Answer, errorOf, type Request, type ThreadData, word } from './protocol.ts';
import type { AutoresetMode } from './sub-env.ts';
import type { ResetPlan } from './reset-plan.ts';
import { VectorEnv } from './vector-env.ts';

// Threads cannot run TypeScript: from the sources, the build's is started.
const file = import.meta.url.endsWith('.ts') ? '../dist/vector/thread.js' : './thread.js';

/** How environments are dealt out to threads. */
export interface AsyncVectorOptions {
  /** As of a SyncVectorEnv; by default `next-step`. */
  readonly autoresetMode?: AutoresetMode;
  /** Environments are dealt out to so many threads; by default one each, as far as there are processors. */
  readonly threads?: number;
  /** Milliseconds after which waiting for the threads is given up; by default never. */
  readonly timeout?: number;
  /** For `make`. */
  readonly make?: MakeOptions;
}

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly control: Int32Array;
  readonly indices: readonly number[];
  failure: unknown; // what ended it
}

/**
 * A vector whose environments run in worker threads, over shared memory. It is the same as SyncVectorEnv, number by
 * number; its calls wait for the threads, `stepAsync` and `stepWait` leave time in between. Made by `create`: threads
 * make their environments from the spec, which must go through JSON.
 */
export class AsyncVectorEnv extends VectorEnv {
  private readonly threads: readonly Thread[];
  private readonly timeout: number;

  /**
   * Starts the threads, and resolves once each has made its environments; an environment that cannot be made rejects.
   */
  static async create(
    id: string | EnvSpec,
    numEnvs: number,
    options: AsyncVectorOptions = {},
  ): Promise<AsyncVectorEnv> {
    checkInteger('make a vector', 'numEnvs', numEnvs, 1);
    const spec = typeof id === 'string' ? await findSpec(id) : id;
    const one = await make(spec, options.make);
    one.close();
    const vector = new AsyncVectorEnv(one, spec, numEnvs, options);
    try {
      await vector.started();
    } catch (error) {
      vector.close();
      throw error;
    }
    return vector;
  }

  private constructor(one: AnyEnv, spec: EnvSpec, numEnvs: number, options: AsyncVectorOptions) {
    const {
      autoresetMode = 'next-step',
      threads = Math.min(numEnvs, availableParallelism()),
      timeout = Infinity,
    } = options;
    super(one, numEnvs, autoresetMode, true);
    this.timeout = timeout;
    const count = Math.min(checkInteger('make a vector', 'threads', threads, 1), numEnvs);
    // Threads make single environments, whose spec must go through JSON.
    const json = JSON.stringify(spec.with({ vectorEntryPoint: null }));
    this.threads = Array.from({ length: count }, (_, k) => {
      const indices = Array.from({ length: numEnvs }, (__, i) => i).filter((i) => i % count === k);
      return this.startThread({ spec: json, options: options.make ?? {}, indices, autoresetMode });
    });
  }

  private startThread(given: Pick<ThreadData, 'spec' | 'options' | 'indices' | 'autoresetMode'>): Thread {
    const { port1, port2 } = new MessageChannel();
    const control = new Int32Array(new SharedArrayBuffer(word.words * 4));
    const workerData: ThreadData = { ...given, memory: this.memory, control, port: port2 };
    // A program given on the command line says so by a flag that a file's thread refuses.
    const execArgv = process.execArgv.filter((flag) => !flag.startsWith('--input-type'));
    const worker = new Worker(new URL(file, import.meta.url), { workerData, transferList: [port2], execArgv });
    // Neither keeps the process alive: a vector that nobody closes ends with it.
    worker.unref();
    port1.unref();
    const thread = { worker, port: port1, control, indices: given.indices, failure: null as unknown };
    worker.on('error', (error) => (thread.failure = error)); // its exit follows
    return thread;
  }

  /** Starting imports modules, which takes the event loop of this thread: the first answer is not waited for asleep. */
  private async started(): Promise<void> {
    for (const thread of this.threads) {
      const { control, worker } = thread;
      const exit = new Promise<never>((_, fail) => {
        worker.once('exit', (code) => {
          const why = String(thread.failure ?? `with code ${code}`).split('\n')[0];
          fail(new EnvError(`Cannot make ${String(this)}: a thread ended: ${why}`, { cause: thread.failure }));
        });
      });
      exit.catch(() => undefined);
      while (Atomics.load(control, word.answer) === 0) await Promise.race([exit, pause()]);
      this.read(thread);
    }
  }

  protected override startReset(plan: ResetPlan): void {
    for (const thread of this.threads) ask(thread, { kind: 'reset', plan: thread.indices.map((i) => plan[i]!) });
  }

  protected override startStep(actions: readonly AnyAction[]): void {
    const { singleActionSpace: space, memory } = this;
    actions.forEach((action, i) => space.flatten(action, row(memory.actions, i, space.size)));
    for (const thread of this.threads) ask(thread, { kind: 'step' });
  }

  protected override wait(): readonly (Info | null)[] {
    const infos = Array.from({ length: this.numEnvs }, (): Info | null => ({}));
    this.gather(({ infos: some }, i, k) => (infos[i] = some === undefined ? {} : some[k]!));
    return infos;
  }

  protected override callEach(name: string, args: readonly unknown[]): unknown[] {
    for (const thread of this.threads) ask(thread, { kind: 'call', name, args });
    const results = new Array<unknown>(this.numEnvs);
    this.gather((answer, i, k) => (results[i] = answer.results![k]));
    return results;
  }

  protected override setEach(name: string, values: readonly unknown[]): void {
    for (const thread of this.threads) ask(thread, { kind: 'set', name, values: thread.indices.map((i) => values[i]) });
    this.gather(() => undefined);
  }

  protected override saveEach(): unknown[] {
    for (const thread of this.threads) ask(thread, { kind: 'save' });
    const saved = new Array<unknown>(this.numEnvs);
    this.gather((answer, i, k) => (saved[i] = answer.results![k]));
    return saved;
  }

  protected override loadEach(saved: readonly unknown[]): void {
    for (const thread of this.threads) ask(thread, { kind: 'load', saved: thread.indices.map((i) => saved[i]) });
    this.gather(() => undefined);
  }

  protected override closeEach(): void {
    for (const thread of this.threads) {
      thread.worker.removeAllListeners('exit');
      ask(thread, { kind: 'close' });
      for (let turn = 0; turn < 2 && !isAnswered(thread); turn++) sleep(thread, 1000); // a call may be under way
      void thread.worker.terminate();
      thread.port.close();
    }
  }

  /** All answers, even where one is a failure: the next call must not find them. */
  private gather(take: (answer: Answer, i: number, k: number) => unknown): void {
    let failure: unknown = null;
    for (const thread of this.threads) {
      try {
        const answer = this.answerOf(thread);
        thread.indices.forEach((i, k) => take(answer, i, k));
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== null) throw failure as Error;
  }

  private answerOf(thread: Thread): Answer {
    while (!isAnswered(thread)) {
      if (sleep(thread, this.timeout)) continue;
      this.close(); // an answer that comes late would be taken for the next one
      throw new EnvError(
        `Cannot wait any longer for ${String(this)}: no answer within ${this.timeout} ms; it is closed`,
      );
    }
    return this.read(thread);
  }

  private read({ control, port }: Thread): Answer {
    if (Atomics.load(control, word.told) === 0) return {};
    const answer = receiveMessageOnPort(port)?.message as Answer;
    if (answer.failure !== undefined) throw errorOf(answer.failure);
    return answer;
  }
}

function ask({ port, control }: Thread, request: Request): void {
  port.postMessage(request);
  Atomics.add(control, word.request, 1);
  Atomics.notify(control, word.request);
}

/** The first answer says that the thread has started: answers are one ahead of requests. */
function isAnswered({ control }: Thread): boolean {
  return Atomics.load(control, word.answer) > Atomics.load(control, word.request);
}

/** Until there is another answer, or until the time is over: false. */
function sleep({ control }: Thread, timeout: number): boolean {
  const seen = Atomics.load(control, word.answer);
  return (
    seen > Atomics.load(control, word.request) || Atomics.wait(control, word.answer, seen, timeout) !== 'timed-out'
  );
}

function pause(): Promise<void> {
  return new Promise((turn) => setTimeout(turn, 1));
}
