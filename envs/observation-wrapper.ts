import type { EnvMetadata, Info, ResetOptions, StepResult, StepTuple } from './env.ts';
import { EnvError } from './errors.ts';
import type { AnyEnv } from './part.ts';
import type { Element, Space } from './spaces.ts';
import { type AnyAction, type AnyObservation, emptyResult, Wrapper, withoutFloors } from './wrapper.ts';

/** What led to the observation: null and 0 after a reset. */
export interface Cause {
  readonly action: AnyAction | null;
  readonly reward: number;
}

type Latest = { -readonly [K in keyof Cause]: Cause[K] };

/**
 * A wrapper that changes observations: it says, in flat form, what is seen instead. The floors of the environment are
 * those of what was seen before: gone. `value()` stays, the environment's own target does not depend on what is seen.
 */
export abstract class ObservationWrapper extends Wrapper {
  override readonly observationSpace: AnyEnv['observationSpace'];
  override readonly metadata: EnvMetadata;
  private readonly inner: StepResult;
  private readonly isFlat: boolean;
  private readonly cause: Latest = { action: null, reward: 0 };

  /** `space`: what is seen instead. The spec records `kwargs`, the options of the wrapper. */
  constructor(env: AnyEnv, kwargs: object | null, space: Space<Element>) {
    super(env, kwargs);
    this.observationSpace = space;
    this.isFlat = space.kind === 'box';
    this.metadata = withoutFloors(env.metadata);
    this.inner = emptyResult(env);
  }

  /** Writes every entry of `into` [size of the new space] from the flat observation `from` [size of the old one]. */
  protected abstract observe(from: Float64Array, into: Float64Array, cause: Cause): void;

  /** Called before the environment is reset. */
  protected opening(options?: ResetOptions): void {
    void options;
  }

  override reset(options?: ResetOptions): [AnyObservation, Info] {
    this.opening(options);
    const [observation, info] = this.env.reset(options);
    this.inner.reward = 0;
    return [this.seen(observation, null), info];
  }

  override step(action: AnyAction): StepTuple<AnyObservation> {
    const [observation, reward, terminated, truncated, info] = this.env.step(action);
    this.inner.reward = reward;
    return [this.seen(observation, action), reward, terminated, truncated, info];
  }

  override resetInto(out: StepResult, options?: ResetOptions): void {
    this.opening(options);
    this.env.resetInto(this.inner, options);
    this.pass(out, null);
  }

  override stepInto(action: AnyAction, out: StepResult): void {
    this.env.stepInto(action, this.inner);
    this.pass(out, action);
  }

  private seen(observation: AnyObservation, action: AnyAction | null): AnyObservation {
    this.env.observationSpace.flatten(observation, this.inner.observation);
    const flat = new Float64Array(this.observationSpace.size);
    this.write(flat, action);
    return this.isFlat ? flat : this.observationSpace.unflatten(flat);
  }

  private pass(out: StepResult, action: AnyAction | null): void {
    if (out.observation.length !== this.observationSpace.size) throw this.noRoom(out);
    this.write(out.observation, action);
    out.reward = this.inner.reward;
    out.terminated = this.inner.terminated;
    out.truncated = this.inner.truncated;
  }

  private write(into: Float64Array, action: AnyAction | null): void {
    this.cause.action = action;
    this.cause.reward = this.inner.reward; // handed on from call to call, a fraction would land on the heap
    this.observe(this.inner.observation, into, this.cause);
  }

  private noRoom({ observation }: StepResult): EnvError {
    const { size } = this.observationSpace;
    return new EnvError(`Cannot show ${String(this)}: it writes ${size} entries, the result has ${observation.length}`);
  }
}
