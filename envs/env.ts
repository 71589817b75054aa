/// <reference lib="esnext.disposable" preserve="true" />
// For Symbol.dispose, in programs whose own lib is older.
import type { EnvSpec } from './env-spec.ts';
import type { AnyEnv } from './part.ts';
import type { Element, Space } from './spaces.ts';

/** Facts about an environment that no observation carries. */
export interface EnvMetadata {
  /** Its name, as `makeEnv` or Gymnasium knows it. */
  readonly id: string;
  /** Where the definition comes from: key in docs/references.bib, or null for your own. */
  readonly cite: string | null;
  /** gamma of the prediction question the environment asks, used when the user names none. */
  readonly discount: number | null;
  /** Mean squared errors that bound every learning curve; null where unknown. */
  readonly floors: ErrorFloors | null;
  /** Steps between a cue and what it foretells, at most; absent where the notion does not apply. */
  readonly delay?: number;
  /**
   * Where `value` is the number of a class: what they are called, in their order. Where the action is a Box of as many
   * entries in [0, 1], it is the learner's probabilities of them.
   */
  readonly classes?: readonly string[];
  /** false: nothing is drawn once for a whole stream, so what was trained in one brings no task along to another. */
  readonly bringsTask?: false;
  /** What predictions of these classes cost at least; absent where unknown. */
  readonly bits?: BitFloors;
}

/** Bits per prediction, mean -log2 of the probability given to the class that came, of three reference predictors. */
export interface BitFloors {
  /** Knows how often each class comes, and nothing of what was seen. */
  readonly order0: number;
  /** Knows the latest observation alone. */
  readonly order1: number;
  /** Knows everything that can be known from the past: the entropy rate. null: unknown. */
  readonly ideal: number | null;
}

/** Mean squared return errors of four reference predictors (see the environment's file for how each was obtained). */
export interface ErrorFloors {
  /** Predicts 0 at every step. */
  readonly zero: number;
  /** The best constant. */
  readonly constant: number;
  /** Knows the time since each stimulus, but not which pattern it was; null where the notion does not apply. */
  readonly timing: number | null;
  /** Knows everything that can be known from the past. */
  readonly ideal: number;
  /** The target the figures belong to: the continuing return, or the environment's own `value`. */
  readonly target: 'return' | 'value';
}

/** What an environment has to say beside the observation; nothing of it is learned from. */
export type Info = Readonly<Record<string, unknown>>;

/** What `reset` takes. */
export interface ResetOptions {
  /** A non-negative integer starts the environment's random stream anew; without it the stream goes on. */
  seed?: number;
  /** What only this environment understands, such as `task` of the built-in ones. */
  options?: Readonly<Record<string, unknown>>;
}

/** [observation, reward, terminated, truncated, info], as in Gymnasium. */
export type StepTuple<Obs> = [observation: Obs, reward: number, terminated: boolean, truncated: boolean, info: Info];

/** What one step left behind, in memory that the caller owns: the allocation-free form of the five-tuple. */
export interface StepResult {
  /** [observation size], the flat form: a Discrete observation is written as one-hot. */
  readonly observation: Float64Array;
  /** Of the step; 0 after a reset. */
  reward: number;
  /** The episode ended: what comes after is worth 0. */
  terminated: boolean;
  /** The episode was cut off: what would have come after is worth what it is worth. */
  truncated: boolean;
}

/** An element of an action space: the integer of a Discrete space, the vector of a Box, the record of a Dict. */
export type Action = Element;

/**
 * The environment contract: Gymnasium's, synchronous. Write `reset` and `step` and everything works;
 * override `resetInto` and `stepInto` too where a step must not allocate.
 */
export abstract class Env<Obs extends Element = Float64Array, Act extends Action = Action> {
  /** What observations are elements of; `size` numbers in flat form. */
  abstract readonly observationSpace: Space<Obs>;
  /** What actions are elements of. */
  abstract readonly actionSpace: Space<Act>;
  /** Facts about it: id, source, discount, floors. */
  readonly metadata: EnvMetadata = { id: this.constructor.name, cite: null, discount: null, floors: null };

  /** How `make` made it; null where it was made by hand. */
  spec: EnvSpec | null = null;

  /** Begins an episode and returns its first observation. */
  abstract reset(options?: ResetOptions): [observation: Obs, info: Info];
  /** One step; an action that is not in the action space is an EnvError. */
  abstract step(action: Act): StepTuple<Obs>;

  /** Writes the first observation of an episode into `out`. */
  resetInto(out: StepResult, options?: ResetOptions): void {
    const [observation] = this.reset(options);
    this.observationSpace.flatten(observation, out.observation);
    out.reward = 0;
    out.terminated = false;
    out.truncated = false;
  }

  /** One step, written into `out`. */
  stepInto(action: Act, out: StepResult): void {
    const [observation, reward, terminated, truncated] = this.step(action);
    this.observationSpace.flatten(observation, out.observation);
    out.reward = reward;
    out.terminated = terminated;
    out.truncated = truncated;
  }

  /** The environment's own target for a prediction made from the latest observation; absent where it has none. */
  value?(): number;

  /**
   * Of an off-policy question: how many times likelier the policy that `value` is about makes the latest step than what
   * was lived (the environment's own behaviour, or uniform actions). 1 after a reset. Absent: 1 always, on-policy.
   */
  ratio?(): number;

  /** Whether the episode that has just ended reached its goal; absent where there is none. */
  success?(): boolean;

  /** Figures of a curriculum, such as its level; a run tells them beside its scores. Optional. */
  progress?(): Readonly<Record<string, number>>;

  /** The present state as a picture in text (Gymnasium's render mode "ansi"). Optional. */
  render?(): string;

  /** Everything that changes, random stream included, as JSON; with `load` it makes a resume cheap. Optional. */
  save?(): unknown;
  /** Back to where `save` was called; what does not fit is refused and changes nothing. */
  load?(saved: unknown): void;

  /** Frees what the environment holds. Calling it twice is harmless. */
  close(): void {}

  /** At the end of the block of a `using env = ...`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** The environment underneath all wrappers. */
  get unwrapped(): AnyEnv {
    return this as unknown as AnyEnv;
  }

  /** Gymnasium's form: `<TimeLimit<CartPole<CartPole-v1>>>`. */
  toString(): string {
    return `<${this.constructor.name}<${this.spec?.id ?? this.metadata.id}>>`;
  }
}
