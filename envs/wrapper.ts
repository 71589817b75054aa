/**
 * An environment around an environment. This base forwards everything; a wrapper under wrappers/ overrides what it
 * changes, in both call forms. What only some environments have (`save`, `load`, `value`, `ratio`, `success`, `render`)
 * a wrapper has where the environment inside has it.
 *
 * A wrapper's constructor takes the environment and one object of options, and hands that object on, so that the spec
 * of the whole can make it again.
 */
import { Env } from './env.ts';
import type { EnvMetadata, Info, ResetOptions, StepResult, StepTuple } from './env.ts';
import type { EnvSpec, WrapperClass } from './env-spec.ts';
import { EnvError } from './errors.ts';
import type { AnyEnv } from './part.ts';

/** An observation of whatever space. */
export type AnyObservation = ReturnType<AnyEnv['reset']>[0];
/** An action of whatever space. */
export type AnyAction = Parameters<AnyEnv['step']>[0];

/** What `save` returns: the environment's, and the wrapper's own. */
interface Saved {
  readonly id: string;
  readonly wrapper: string;
  readonly env: unknown;
  readonly state: unknown;
}

const optional = ['value', 'ratio', 'success', 'render', 'save', 'load'] as const;

export abstract class Wrapper extends Env<AnyObservation, AnyAction> {
  /** Name under which JSON knows a built-in wrapper, or `module#export` of your own. Not inherited. */
  static readonly entryPoint: string | null = null;

  /** The environment inside. */
  readonly env: AnyEnv;
  readonly observationSpace: AnyEnv['observationSpace'];
  readonly actionSpace: AnyEnv['actionSpace'];
  override readonly metadata: EnvMetadata;

  /** `kwargs`: the options it was made with, for the spec; null where they are not to be recorded. */
  constructor(env: AnyEnv, kwargs: object | null = null) {
    super();
    this.env = env;
    this.observationSpace = env.observationSpace;
    this.actionSpace = env.actionSpace;
    this.metadata = env.metadata;
    this.spec = env.spec === null ? null : this.specAround(env.spec, kwargs);
    for (const name of optional) if (env[name] === undefined) this.lack(name);
  }

  override get unwrapped(): AnyEnv {
    return this.env.unwrapped;
  }

  reset(options?: ResetOptions): [observation: AnyObservation, info: Info] {
    return this.env.reset(options);
  }

  step(action: AnyAction): StepTuple<AnyObservation> {
    return this.env.step(action);
  }

  override resetInto(out: StepResult, options?: ResetOptions): void {
    this.env.resetInto(out, options);
  }

  override stepInto(action: AnyAction, out: StepResult): void {
    this.env.stepInto(action, out);
  }

  override value?(): number {
    return this.env.value!();
  }

  override ratio?(): number {
    return this.env.ratio!();
  }

  override success?(): boolean {
    return this.env.success!();
  }

  override render?(): string {
    return this.env.render!();
  }

  override save?(): unknown {
    const saved: Saved = {
      id: this.metadata.id,
      wrapper: this.constructor.name,
      env: this.env.save!(),
      state: this.saveState(),
    };
    return saved;
  }

  override load?(saved: unknown): void {
    const { wrapper, env, state } = (saved ?? {}) as Partial<Saved>;
    if (wrapper !== this.constructor.name) {
      throw new EnvError(`Cannot load ${String(this)}: what was saved belongs to ${wrapper ?? 'no wrapper'}`);
    }
    const before = this.saveState();
    try {
      this.loadState(state);
      this.env.load!(env);
    } catch (error) {
      this.loadState(before); // what refuses to load stays as it was
      throw error;
    }
  }

  override close(): void {
    this.env.close();
  }

  override toString(): string {
    return `<${this.constructor.name}${String(this.env)}>`;
  }

  /** The wrapper's own changing state, as JSON; null where it has none. */
  protected saveState(): unknown {
    return null;
  }

  /** Goes on from what `saveState` gave; what does not fit is an EnvError. */
  protected loadState(state: unknown): void {
    if (state !== null) throw new EnvError(`Cannot load ${String(this)}: it keeps no state of its own`);
  }

  /** Called once, by the constructor: the spec of the environment with this wrapper around it. */
  protected specAround(spec: EnvSpec, kwargs: object | null): EnvSpec {
    const own = this.constructor as typeof Wrapper;
    const entryPoint = Object.hasOwn(own, 'entryPoint') && own.entryPoint !== null ? own.entryPoint : own;
    const added = { name: own.name, entryPoint: entryPoint as string | WrapperClass, kwargs };
    return spec.with({ additionalWrappers: [...spec.additionalWrappers, added] });
  }

  /** Takes away what the environment inside does not have, or what would be wrong here. */
  protected lack(name: (typeof optional)[number]): void {
    Object.assign(this, { [name]: undefined });
  }
}

/** The metadata of a changed task: floors and delay were worked out for the one inside. */
export function withoutFloors({ id, cite, discount }: EnvMetadata): EnvMetadata {
  return { id, cite, discount, floors: null };
}

/** An empty result of the environment's size. */
export function emptyResult(env: AnyEnv): StepResult {
  const observation = new Float64Array(env.observationSpace.size);
  return { observation, reward: 0, terminated: false, truncated: false };
}
