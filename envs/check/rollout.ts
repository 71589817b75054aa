/** Recordings of an environment, to be compared entry by entry. */
import type { Action, ResetOptions, StepResult } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { createRng } from '../rng.ts';
import type { Element } from '../spaces.ts';

/** What was seen at one moment: after a reset or a step. */
export interface Moment {
  readonly observation: Float64Array; // flat, empty where there is no flat form
  readonly text: string; // the observation as JSON where there is no flat form
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly value: number;
}

/** One of the two call forms. */
export interface Form {
  reset(options?: ResetOptions): Moment;
  step(action: Action): Moment;
}

/** The first form: fresh tuples. */
export function tupleForm(env: AnyEnv): Form {
  return {
    reset(options) {
      const [observation] = env.reset(options);
      return { ...seen(env, observation), reward: 0, terminated: false, truncated: false, value: valueOf(env) };
    },
    step(action) {
      const [observation, reward, terminated, truncated] = env.step(action);
      return { ...seen(env, observation), reward, terminated, truncated, value: valueOf(env) };
    },
  };
}

/** The second form: written into memory full of NaN, so that an entry left unwritten shows. */
export function intoForm(env: AnyEnv): Form {
  const moment = (fill: (out: StepResult) => void): Moment => {
    const out = { observation: new Float64Array(env.observationSpace.size).fill(NaN), ...unwritten };
    fill(out);
    return { ...out, text: '', value: valueOf(env) };
  };
  return {
    reset: (options) => moment((out) => env.resetInto(out, options)),
    step: (action) => moment((out) => env.stepInto(action, out)),
  };
}
const unwritten = { reward: NaN, terminated: true, truncated: true };

/** A fixed sequence of actions, so that two recordings can be compared. */
export function actionsFor(env: AnyEnv, steps: number): Action[] {
  const rng = createRng('check/actions');
  return Array.from({ length: steps }, () => env.actionSpace.sample(rng));
}

/** Plays the actions; an episode that ends is followed by a reset without a seed, which is recorded too. */
export function play(form: Form, actions: readonly Action[]): Moment[] {
  const moments: Moment[] = [];
  for (const action of actions) {
    const moment = form.step(action);
    moments.push(moment);
    if (moment.terminated || moment.truncated) moments.push(form.reset());
  }
  return moments;
}

/** Resets with the seed and plays. */
export function record(form: Form, seed: number, actions: readonly Action[]): Moment[] {
  return [form.reset({ seed }), ...play(form, actions)];
}

/** Where two recordings part, in a few words; null where they agree bit by bit. */
export function difference(a: readonly Moment[], b: readonly Moment[]): string | null {
  if (a.length !== b.length) return `${a.length} and ${b.length} moments`;
  for (let t = 0; t < a.length; t++) {
    const what = momentDifference(a[t]!, b[t]!);
    if (what !== null) return `${what}, moment ${t}`;
  }
  return null;
}

function momentDifference(a: Moment, b: Moment): string | null {
  for (const key of ['reward', 'terminated', 'truncated', 'value'] as const) {
    if (!Object.is(a[key], b[key])) return `${key} ${a[key]} and ${b[key]}`;
  }
  if (a.text !== b.text) return `observation ${a.text.slice(0, 40)} and ${b.text.slice(0, 40)}`;
  const i = a.observation.findIndex((x, at) => !Object.is(x, b.observation[at]));
  return i < 0 ? null : `observation[${i}] ${a.observation[i]} and ${b.observation[i]}`;
}

function seen({ observationSpace: space }: AnyEnv, observation: Element): Pick<Moment, 'observation' | 'text'> {
  const flat = new Float64Array(space.size);
  if (!space.isFlattenable) return { observation: flat, text: JSON.stringify(space.toJsonable([observation])) };
  space.flatten(observation, flat);
  return { observation: flat, text: '' };
}

function valueOf(env: AnyEnv): number {
  return env.value?.() ?? NaN;
}
