/**
 * An environment lived step by step, as columns. An episode of T transitions is T+1 steps: step 0 (`start`) carries
 * the observation of reset(); every env.step() yields one step with the observation it returned, the terminal one
 * included. cumulant = reward, discount = 0 where the episode terminated, else gamma; a truncation keeps gamma. Where
 * questions are asked, one column each: a signal in the reward's place, a discount of its own in gamma's. Where classes
 * are learned, one column each too: the target is the class that comes next, one-hot, and cumulant and discount are 0.
 */
import { type Action, type AnyEnv, createRng, guarded, type Rng, type StepResult } from '@rl-tools/envs';
import { writeClass } from './classes.ts';
import { createStepChunk, type StepChunk } from './chunk.ts';
import { nextTurn } from './next-turn.ts';
import { checkQuestions, cumulantOf, discountOf, type Question } from './questions.ts';
import { isExpected, UserError } from './user-error.ts';

/** What to do, given the flat observation [m]; it draws from `rng` alone. */
export type Policy = (observation: Float64Array, rng: Rng) => Action;

/** How an environment is lived: who acts, what is asked, how much is put into a chunk, how long. */
export interface InteractOptions {
  readonly seed: string | number;
  readonly policy?: Policy; // default: uniform over the action space
  readonly cumulant?: (result: StepResult) => number; // default: the reward
  readonly discount?: number | null; // default: the environment's metadata
  readonly questions?: readonly Question[] | null; // default: one, about `cumulant`
  readonly classes?: number | null; // the environment's, whose value is the target of each step; default: no targets
  readonly include?: readonly ('lastAction' | 'lastReward')[]; // appended to the observation
  readonly chunk?: number; // steps per chunk, default 256; 1 for live control
  readonly steps?: number; // in all, default without end
  readonly task?: unknown; // state of such an environment (`save`): what it drew once and for all is kept
}

/** A stream of experience, chunk by chunk, that can be saved and gone on with. */
export interface Interaction {
  readonly inputSize: number;
  readonly chunk: StepChunk; // reused by every fill
  readonly time: number; // steps lived
  readonly ended: boolean; // the next step opens an episode
  readonly stride: number; // steps of a whole chunk: chunks end at its multiples, those after a shorter one too
  /** Lives on for up to a chunk, or `most` steps of one; false when the number of steps asked for is reached. */
  fill(most?: number): boolean;
  /** JSON: the environment, the random streams, and where the episode stands. */
  save(): unknown;
  /** Back to where `save` was called; an environment without `load` lives its steps again until `stop` says no. */
  load(saved: unknown, stop?: AbortSignal): Promise<void>;
}

/** The stream as a plain object; `interact` is the same as an Observable. A UserError where no discount is known. */
export function createInteraction(env: AnyEnv, options: InteractOptions): Interaction {
  const { seed, policy = (_, rng) => env.actionSpace.sample(rng), cumulant = (out) => out.reward } = options;
  const { include = [], chunk: capacity = 256, steps = Infinity, questions, classes = null } = options;
  const asked = questions ?? [REWARD];
  const isOwn = asked.every(({ discount }) => discount !== null);
  const gamma = isOwn || classes !== null ? 0 : discountIn(env, options.discount ?? null);
  const world = guarded(env);
  const actions = createRng(`${seed}/policy`);
  const envSeed = createRng(`${seed}/env`).integer(0, 2 ** 31 - 1);
  const observed = env.observationSpace.size;
  const acted = include.includes('lastAction') ? env.actionSpace.size : 0;
  if (observed === 0) throw flatless(env, 'learn from', 'observations');
  if (include.includes('lastAction') && acted === 0) throw flatless(env, 'include the last action of', 'actions');
  const rewarded = include.includes('lastReward') ? 1 : 0;
  const inputSize = observed + acted + rewarded;
  const input = new Float64Array(inputSize); // what is recorded: observation, last action, last reward, as views
  const observation = input.subarray(0, observed);
  const lastAction = input.subarray(observed, observed + acted);
  const lastReward = input.subarray(observed + acted);
  const out: StepResult = { observation, reward: 0, terminated: false, truncated: false };
  checkQuestions(asked, observed);
  const K = classes ?? asked.length;
  const chunk = createStepChunk(capacity, inputSize, K, classes !== null);
  const now = { reward: 0, observation, discount: gamma, terminated: false };
  const keepsTask = takeTask(env, options.task);
  let time = 0;
  let ended = true; // the next step opens an episode

  const first = { seed: envSeed, ...(keepsTask ? { options: { task: 'keep' } } : {}) };
  const open = (): void => {
    try {
      world.resetInto(out, time === 0 ? first : undefined);
    } catch (error) {
      throw blame(error, env, time);
    }
    lastAction.fill(0);
    lastReward.fill(0);
  };
  const advance = (): void => {
    const action = policy(out.observation, actions);
    try {
      world.stepInto(action, out);
    } catch (error) {
      throw blame(error, env, time);
    }
    if (lastAction.length > 0) env.actionSpace.flatten(action as never, lastAction);
    if (lastReward.length > 0) lastReward[0] = out.reward;
  };
  const record = (i: number, start: boolean): void => {
    put(input, chunk.observation, i * inputSize);
    chunk.start[i] = start ? 1 : 0;
    chunk.value[i] = env.value?.() ?? NaN;
    if (chunk.target) writeClass(chunk.value[i]!, chunk.target, i * K, K, env);
    else ask(i, start);
    chunk.ratio[i] = env.ratio?.() ?? 1;
    chunk.success[i] = env.success ? Number(ended && env.success()) : NaN; // 0 while it goes on
  };
  const ask = (i: number, start: boolean): void => {
    now.reward = start ? 0 : cumulant(out);
    now.terminated = out.terminated;
    for (let k = 0; k < K; k++) {
      chunk.cumulant[i * K + k] = start ? 0 : cumulantOf(asked[k]!, now);
      chunk.discount[i * K + k] = start ? 0 : discountOf(asked[k]!, now);
    }
  };
  const fill = (most = Infinity): boolean => {
    chunk.length = Math.max(0, Math.min(capacity - (time % capacity), most, steps - time));
    for (let i = 0; i < chunk.length; i++) {
      const start = ended;
      if (start) open();
      else advance();
      ended = !start && (out.terminated || out.truncated);
      record(i, start);
      time++;
    }
    return chunk.length > 0;
  };

  return {
    inputSize,
    chunk,
    stride: capacity,
    get time() {
      return time;
    },
    get ended() {
      return ended;
    },
    fill,
    save: () => ({
      time,
      ended,
      env: env.save?.() ?? null,
      actions: actions.save(),
      observation: [...out.observation],
      lastAction: [...lastAction],
      lastReward: [...lastReward],
    }),
    async load(saved, stop) {
      const from = saved as Saved;
      if (from.env === null || !env.load) return relive(from.time, fill, () => time, stop);
      world.resetInto(out, { seed: envSeed });
      env.load(from.env);
      actions.restore(from.actions);
      out.observation.set(from.observation);
      lastAction.set(from.lastAction);
      lastReward.set(from.lastReward);
      time = from.time;
      ended = from.ended;
    },
  };
}

const REWARD: Question = { cumulant: 'reward', discount: null, until: null, lambda: null };

function flatless({ metadata: { id } }: AnyEnv, act: string, what: string): UserError {
  return new UserError(`Cannot ${act} ${id}: its ${what} have no flat form, a list of numbers of one length`);
}

/** `into.set(from, at)`, in a loop: for a few entries the call costs more than the copying. */
function put(from: Float64Array, into: Float64Array, at: number): void {
  for (let i = 0; i < from.length; i++) into[at + i] = from[i]!;
}

interface Saved {
  time: number;
  ended: boolean;
  env: unknown;
  actions: unknown;
  observation: number[];
  lastAction: number[];
  lastReward: number[];
}

/**
 * An environment that cannot save itself is lived again from its seed: slower, and just as exact. In slices, so that
 * signals are heard; stopped before its time, it leaves the interaction where it is.
 */
async function relive(until: number, fill: () => boolean, time: () => number, stop?: AbortSignal): Promise<void> {
  let slice = performance.now();
  while (time() < until && !stop?.aborted) {
    if (!fill()) throw new UserError(`Cannot resume at step ${until}: the run is ${time()} steps long`);
    if (performance.now() - slice < 10) continue;
    await new Promise<void>((turn) => void nextTurn(turn));
    slice = performance.now();
  }
  if (time() > until) throw new UserError(`Cannot resume at step ${until}: chunks of this size end at step ${time()}`);
}

/** Puts an environment into another life's task; not where the state belongs to another environment, or none is given. */
function takeTask(env: AnyEnv, task: unknown): boolean {
  if (!env.load || env.metadata.bringsTask === false) return false;
  if ((task as { id?: unknown } | null | undefined)?.id !== env.metadata.id) return false;
  env.load(task);
  return true;
}

/** One line for whatever an environment throws; a breach of the contract already is one. */
function blame(error: unknown, env: AnyEnv, time: number): Error {
  if (isExpected(error)) return error;
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return new UserError(`Environment ${env.metadata.id} failed at step ${time}: ${line}`, { cause: error });
}

function discountIn(env: AnyEnv, asked: number | null): number {
  const gamma = asked ?? env.metadata.discount;
  if (gamma === null) {
    throw new UserError(
      `Cannot learn from ${env.metadata.id}: it names no discount; pass --discount with a number in [0, 1]`,
    );
  }
  if (!(gamma >= 0 && gamma <= 1)) throw new UserError(`Cannot use discount ${gamma}: it must lie in [0, 1]`);
  return gamma;
}
