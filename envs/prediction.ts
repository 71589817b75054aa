/**
 * Any environment as a stream of prediction steps: an observation, the cumulant and the discount that came with it, and
 * whether an episode starts. An episode of T transitions is T + 1 steps: the first carries the observation of reset(),
 * with cumulant and discount 0; each of the others what a step returned, the last one included. The discount is 0 where
 * the episode terminated; a truncation keeps it. A predictor v is asked for
 * v(t) = cumulant(t + 1) + discount(t + 1) v(t + 1), from the observations up to t.
 */
import type { ResetOptions, StepResult } from './env.ts';
import { EnvError } from './errors.ts';
import { describe, guarded } from './guard.ts';
import { suggest } from './nearest.ts';
import type { AnyEnv } from './part.ts';
import { createRng, type Rng } from './rng.ts';
import { type AnyAction, emptyResult } from './wrapper.ts';
import { isCount, isNumbers } from './wrapping/checks.ts';

/** Who acts, what is foretold, and for how long. */
export interface PredictionOptions {
  /** Default 0. Environment and policy draw from children of it, by name. */
  readonly seed?: string | number;
  /** Default: uniform over the action space. It sees the flat observation. */
  readonly policy?: (observation: Float64Array, rng: Rng) => AnyAction;
  /** Default: the reward. */
  readonly cumulant?: (result: StepResult) => number;
  /** Default: that of the environment's metadata. A function says how much is left at a step's result. */
  readonly discount?: number | null | ((result: StepResult) => number);
  /** After so many steps the iterator ends; default: never. */
  readonly steps?: number;
}

/** One step of a prediction problem: the observation, c_t and gamma_t on the way into it. */
export interface PredictionStep {
  /** [observation size], flat. Written over by the next step. */
  readonly observation: Float64Array;
  /** c_t; 0 where an episode starts. */
  cumulant: number;
  /** gamma_t in [0, 1]; 0 where an episode starts or has terminated. */
  discount: number;
  /** The environment's importance ratio of the step that led here, for an off-policy question; else 1. */
  ratio: number;
  /** Whether an episode starts here. */
  start: boolean;
  /** The environment's own target for a prediction made from this observation; NaN where it has none. */
  value: number;
}

/** Steps by `next` or by `for ... of`; one object for all steps: copy what you keep. */
export interface Prediction extends Iterable<PredictionStep> {
  /** The latest step; before the first, zeros. */
  readonly current: PredictionStep;
  readonly time: number; // steps lived
  /** Lives one step and returns `current`; the option `steps` ends the iterator, not this. */
  next(): PredictionStep;
  /** Where the environment can: JSON from which `load` goes on bit by bit. */
  save(): unknown;
  /** Goes on from what `save` gave; what belongs to another environment is an EnvError. */
  load(saved: unknown): void;
}

interface Saved {
  readonly first: ResetOptions;
  readonly time: number;
  readonly hasEnded: boolean;
  readonly env: unknown;
  readonly policy: unknown;
  readonly step: Omit<PredictionStep, 'observation'> & { readonly observation: readonly number[] };
}

export function prediction(env: AnyEnv, options: PredictionOptions = {}): Prediction {
  checkOptions(options);
  const { seed = 0, policy = (_, rng) => env.actionSpace.sample(rng), cumulant = ({ reward }) => reward } = options;
  const { steps = Infinity } = options;
  const discount = discountOf(env, options.discount);
  const world = guarded(env);
  const draws = createRng(`${seed}/policy`);
  let first: ResetOptions = { seed: createRng(`${seed}/env`).integer(0, 2 ** 31 - 1) };
  const out = emptyResult(env);
  const current: PredictionStep = {
    observation: out.observation,
    cumulant: 0,
    discount: 0,
    ratio: 1,
    start: true,
    value: NaN,
  };
  let time = 0;
  let hasEnded = true; // the next step opens an episode

  const next = (): PredictionStep => {
    const start = hasEnded;
    if (start) world.resetInto(out, time === 0 ? first : undefined);
    else world.stepInto(policy(out.observation, draws), out);
    hasEnded = !start && (out.terminated || out.truncated);
    current.start = start;
    current.cumulant = start ? 0 : cumulant(out);
    current.discount = start || out.terminated ? 0 : discount(out);
    if (!Number.isFinite(current.cumulant)) throw unusable('cumulant', current.cumulant);
    if (!(current.discount >= 0 && current.discount <= 1)) throw unusable('discount', current.discount);
    current.ratio = env.ratio?.() ?? 1;
    current.value = env.value?.() ?? NaN;
    time++;
    return current;
  };

  const save = (): Saved => {
    if (env.save === undefined) throw new EnvError(`Cannot save predictions: ${env.metadata.id} cannot save itself`);
    // JSON has no NaN: a value that is none is left out.
    const { value, ...rest } = current;
    const step = { ...rest, ...(Number.isNaN(value) ? {} : { value }), observation: [...current.observation] };
    return { first, time, hasEnded, env: env.save(), policy: draws.save(), step } as Saved;
  };
  const goTo = (from: Saved): void => {
    world.resetInto(out, from.first); // the guard lets no step through before a reset
    env.load!(from.env);
    draws.restore(from.policy);
    const { observation, ...rest } = from.step;
    out.observation.set(observation);
    Object.assign(current, { value: NaN }, rest);
    ({ first, time, hasEnded } = from);
  };

  return {
    current,
    next,
    get time() {
      return time;
    },
    *[Symbol.iterator]() {
      while (time < steps) yield next();
    },
    save,
    load(saved) {
      if (env.load === undefined) throw new EnvError(`Cannot load predictions: ${env.metadata.id} cannot load itself`);
      const from = checkSaved(saved, out.observation.length);
      const before = save();
      try {
        goTo(from);
      } catch (error) {
        goTo(before);
        throw error;
      }
    },
  };
}

const names = ['seed', 'policy', 'cumulant', 'discount', 'steps'];

function checkOptions(options: PredictionOptions): void {
  const act = 'Cannot predict';
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new EnvError(`${act}: its options must be an object, got ${describe(options)}`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new EnvError(`${act}: unknown option "${unknown}", ${suggest(unknown, names)}`);
  const { steps = 0, policy, cumulant } = options;
  if (steps !== Infinity && !(Number.isSafeInteger(steps) && steps >= 0)) {
    throw new EnvError(`${act}: steps must be a whole number, got ${describe(steps)}`);
  }
  for (const [name, given] of Object.entries({ policy, cumulant })) {
    if (given === undefined || typeof given === 'function') continue;
    throw new EnvError(`${act}: ${name} must be a function, got ${describe(given)}`);
  }
}

/** What a function of the user's gave. */
function unusable(name: 'cumulant' | 'discount', value: unknown): EnvError {
  const needed = name === 'discount' ? 'it must lie in [0, 1]' : 'a finite number is needed';
  return new EnvError(`Cannot use ${name} ${describe(value)}: ${needed}`);
}

function checkSaved(saved: unknown, size: number): Saved {
  const from = (saved ?? {}) as Partial<Saved>;
  const isFine = isCount(from.time) && typeof from.hasEnded === 'boolean' && isNumbers(from.step?.observation, size);
  if (isFine && typeof from.first === 'object') return from as Saved;
  throw new EnvError('Cannot load predictions: what was saved is none of this environment');
}

function discountOf(env: AnyEnv, asked: PredictionOptions['discount']): (result: StepResult) => number {
  if (typeof asked === 'function') return asked;
  const gamma = asked ?? env.metadata.discount;
  if (gamma === null) throw new EnvError(`Cannot predict in ${env.metadata.id}: it names no discount; give one`);
  if (!(typeof gamma === 'number' && gamma >= 0 && gamma <= 1)) throw unusable('discount', gamma);
  return () => gamma;
}
