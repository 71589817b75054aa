/**
 * Any environment as a stream of prediction steps: an observation, the cumulant and the discount that came with it, and
 * whether an episode starts. An episode of T transitions is T + 1 steps: the first carries the observation of reset(),
 * with cumulant and discount 0; each of the others what a step returned, the last one included. The discount is 0 where
 * the episode terminated; a truncation keeps it. A predictor v is asked for
 * v(t) = cumulant(t + 1) + discount(t + 1) v(t + 1), from the observations up to t.
 */
import type { ResetOptions, StepResult } from './env.ts';
import { EnvError } from './errors.ts';
import { guarded } from './guard.ts';
import type { AnyEnv } from './part.ts';
import { createRng, type Rng } from './rng.ts';
import { type AnyAction, emptyResult } from './wrapper.ts';

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

export interface PredictionStep {
  /** [observation size], flat. Written over by the next step. */
  readonly observation: Float64Array;
  cumulant: number;
  discount: number;
  /** The environment's importance ratio of the step that led here, for an off-policy question; else 1. */
  ratio: number;
  start: boolean;
  /** The environment's own target for a prediction made from this observation; NaN where it has none. */
  value: number;
}

/** Steps by `next` or by `for ... of`; one object for all steps: copy what you keep. */
export interface Prediction extends Iterable<PredictionStep> {
  readonly current: PredictionStep;
  readonly time: number; // steps lived
  next(): PredictionStep;
  /** Where the environment can: JSON from which `load` goes on bit by bit. */
  save(): unknown;
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
    current.ratio = env.ratio?.() ?? 1;
    current.value = env.value?.() ?? NaN;
    time++;
    return current;
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
    save() {
      if (env.save === undefined) throw new EnvError(`Cannot save predictions: ${env.metadata.id} cannot save itself`);
      // JSON has no NaN: a value that is none is left out.
      const { value, ...rest } = current;
      const step = { ...rest, ...(Number.isNaN(value) ? {} : { value }), observation: [...current.observation] };
      return { first, time, hasEnded, env: env.save(), policy: draws.save(), step };
    },
    load(saved) {
      if (env.load === undefined) throw new EnvError(`Cannot load predictions: ${env.metadata.id} cannot load itself`);
      const from = saved as Saved;
      first = from.first;
      world.resetInto(out, first); // the guard lets no step through before a reset
      env.load(from.env);
      draws.restore(from.policy);
      const { observation, ...rest } = from.step;
      out.observation.set(observation);
      Object.assign(current, { value: NaN }, rest);
      ({ time, hasEnded } = from);
    },
  };
}

function discountOf(env: AnyEnv, asked: PredictionOptions['discount']): (result: StepResult) => number {
  if (typeof asked === 'function') return asked;
  const gamma = asked ?? env.metadata.discount;
  if (gamma === null) throw new EnvError(`Cannot predict in ${env.metadata.id}: it names no discount; give one`);
  if (!(gamma >= 0 && gamma <= 1)) throw new EnvError(`Cannot use discount ${gamma}: it must lie in [0, 1]`);
  return () => gamma;
}
