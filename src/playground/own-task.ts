/**
 * A task of the visitor's own lines, lived in batches: they run in a worker of their own (own-source.ts), which is ended
 * where it does not answer in time, counted from when it said that it was there. Steps are asked for ahead of need; what
 * comes back is checked like a stranger's.
 */
import { box, discrete, Env, type EnvMetadata, type StepTuple } from '@rl-tools/envs';
import { UserError } from '../user-error.ts';
import { lineOf } from './line-of.ts';
import { OwnError } from './own-error.ts';
import { loadingLine, type OwnBatch, ownSource } from './own-source.ts';

/** A worker of a script, whatever the host makes workers of. */
export interface OwnWorker {
  post(message: unknown): void;
  end(): void;
}
export type StartOwn = (
  source: string,
  hear: (message: unknown) => void,
  fail: (message: string, line: number | null) => void,
) => OwnWorker;

export const PATIENCE = 2000; // milliseconds for a batch; the lines themselves stop after 50 of work
export const LOADING = 20_000; // milliseconds until the worker is there: a machine may be busy
const GRACE = 250; // milliseconds more: an answer may lie waiting behind a clock that was late itself
const BATCH = 1024; // steps asked for
const AHEAD = 2048; // steps that wait, about
const MOST_INPUTS = 256;

export interface OwnTask {
  readonly env: Env;
  /** Steps that can be lived now. Throws, once they are used up, where no more will come. */
  ready(): number;
}

/** Resolves with the first batch. `onReady` is called as others come. */
export function startOwn(
  { code, seed, discount }: { readonly code: string; readonly seed: number; readonly discount: number },
  start: StartOwn,
  onReady: () => void,
): Promise<OwnTask> {
  return new Promise((resolve, reject) => {
    const lines = code.split('\n').length;
    const batches: OwnBatch[] = [];
    let [at, waiting, inputs] = [0, 0, -1];
    let failure: OwnError | null = null;
    let [isLoaded, hasBegun] = [false, false];
    let task: OwnTask | null = null;
    let clock: ReturnType<typeof setTimeout> | undefined;

    const fail = (why: string, line: number | null = null): void => {
      if (failure) return;
      failure = new OwnError(why.slice(0, 300), line);
      worker.end();
      clearTimeout(clock);
      reject(failure);
      onReady();
    };
    const expect = (milliseconds: number, what: string): void => {
      const give = (): void => fail(what);
      clock = setTimeout(() => (clock = setTimeout(give, GRACE)), milliseconds);
    };
    const ask = (): void => {
      if (failure || clock !== undefined || waiting >= AHEAD) return;
      expect(PATIENCE, `no step came within ${PATIENCE / 1000} s; does a loop in next() not end?`);
      worker.post(BATCH);
    };
    const hear = (message: unknown): void => {
      if (failure) return;
      const isAsked = clock !== undefined;
      clearTimeout(clock);
      clock = undefined;
      const told = (message ?? {}) as Partial<OwnBatch> & Said;
      if (told.loaded === true && !isLoaded) {
        isLoaded = true;
        return expect(PATIENCE, `they did not begin within ${PATIENCE / 1000} s; does a loop outside next() not end?`);
      }
      if (told.begun === true && !hasBegun) {
        hasBegun = true;
        return ask();
      }
      if (told.error !== undefined) {
        const why = String(told.error);
        return fail(why, lineOf(String(told.stack), why, lines));
      }
      if (!isAsked || !hasBegun) return fail('they sent more than they were asked for');
      const wrong = problem(told, inputs);
      if (wrong !== null) return fail(wrong);
      const batch = told as OwnBatch;
      inputs = batch.see.length / batch.reward.length;
      batches.push(batch);
      waiting += batch.reward.length;
      task ??= makeTask();
      resolve(task);
      onReady();
      ask();
    };
    const makeTask = (): OwnTask => ({
      env: new Own(inputs, discount, take, () => void (fail('ended'), batches.splice(0))),
      ready() {
        if (failure && waiting === 0) throw failure;
        return waiting;
      },
    });
    const take = (into: Float64Array): { reward: number; end: boolean } => {
      const [batch] = batches;
      if (!batch) throw failure ?? new UserError('Your own lines failed: no step is there yet');
      into.set(batch.see.subarray(at * inputs, (at + 1) * inputs));
      const taken = { reward: batch.reward[at]!, end: batch.end[at] === 1 };
      waiting--;
      if (++at === batch.reward.length) {
        batches.shift();
        at = 0;
      }
      ask();
      return taken;
    };
    const loading = loadingLine(code);
    if (loading !== null) return reject(new OwnError('import is not possible here', loading));
    const worker = start(ownSource(code, seed), hear, (message, line) => {
      const at = line === null || line - 1 > lines ? null : line - 1;
      const isOpen = at === null && message.startsWith('SyntaxError');
      if (isOpen) fail(`${message}; is a bracket left open?`, lines);
      else fail(message.replace(/^Error: /, ''), at);
    });
    expect(LOADING, `they were not loaded within ${LOADING / 1000} s`);
  });
}

interface Said {
  readonly loaded?: unknown;
  readonly begun?: unknown;
  readonly error?: unknown;
  readonly stack?: unknown;
}

/** What is wrong with a batch; null: nothing. */
function problem({ see, reward, end }: Partial<OwnBatch>, before: number): string | null {
  if (!(see instanceof Float64Array && reward instanceof Float64Array && end instanceof Uint8Array)) {
    return 'they sent something that is no batch of steps';
  }
  const steps = reward.length;
  const inputs = see.length / steps;
  if (steps > BATCH) return 'they sent more than they were asked for';
  if (steps === 0 || end.length !== steps || !Number.isInteger(inputs)) return 'they sent a batch that does not fit';
  if (inputs === 0 || inputs > MOST_INPUTS) return `see must hold 1 to ${MOST_INPUTS} numbers, and holds ${inputs}`;
  if (before >= 0 && inputs !== before) return `see holds ${inputs} numbers, and held ${before} before`;
  if (!see.every(Number.isFinite)) return 'see holds something that is no finite number';
  return reward.every(Number.isFinite) ? null : 'reward is no finite number';
}

class Own extends Env {
  readonly observationSpace;
  readonly actionSpace = discrete(1);
  override readonly metadata: EnvMetadata;
  private readonly take: (into: Float64Array) => { reward: number; end: boolean };
  private readonly free: () => void;

  constructor(inputs: number, discount: number, take: Own['take'], free: () => void) {
    super();
    this.observationSpace = box(-Infinity, Infinity, [inputs]);
    this.metadata = { id: 'own', cite: null, discount, floors: null };
    this.take = take;
    this.free = free;
  }

  reset(): [Float64Array, Record<string, never>] {
    const see = new Float64Array(this.observationSpace.size);
    this.take(see);
    return [see, {}];
  }

  step(): StepTuple<Float64Array> {
    const see = new Float64Array(this.observationSpace.size);
    const { reward, end } = this.take(see);
    return [see, reward, end, false, {}];
  }

  override close(): void {
    this.free();
  }
}
