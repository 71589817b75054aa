import { Env } from './env.ts';
import type { Action, Info, ResetOptions, StepResult, StepTuple } from './env.ts';
import { EnvError } from './errors.ts';
import { describe } from './guard.ts';
import { checkResetOptions } from './reset-options.ts';
import { checkRngKind, createRng } from './rng.ts';
import type { Rng, RngKind } from './rng.ts';

/** What `save` returns: JSON. */
interface Saved {
  readonly id: string;
  readonly phase: Phase;
  readonly rng: unknown;
  /** What the rng is; absent: fast. */
  readonly rngKind?: RngKind | undefined;
  readonly numbers: readonly number[];
  /** What `makeEnv` was asked for, defaults included. */
  readonly options?: Kwargs | undefined;
}
type Kwargs = Readonly<Record<string, unknown>>;
type Phase = 'new' | 'running' | 'ended';

/**
 * Base of the built-in environments: a task writes only the allocation-free primitives, and gets the tuple form,
 * seeding, order of calls and save/load from here.
 *
 * Seeding: `reset({ seed })` starts the stream anew, `reset()` goes on with it. An environment never given a seed
 * starts from seed 0, so that a run is reproducible by default. Whatever a task draws once per stream (`seeded`)
 * is drawn before the first episode of that stream; `reset({ seed, options: { task: 'keep' } })` keeps what was drawn
 * or loaded before, for the same task in a fresh stream: a trained agent on held-out trials.
 */
export abstract class Task<Act extends Action = number> extends Env<Float64Array, Act> {
  /** The stream that it draws from, seeded by `reset`. */
  protected rng: Rng = createRng(0);
  private rngKind: RngKind = 'fast';
  private streamKind: RngKind = 'fast';
  private phase: Phase = 'new';
  private madeWith: Kwargs | undefined;
  private room = -1; // entries of the observation, once the first result was found to have them

  /** Draw from another kind of generator, from the next seed on. */
  useRng(kind: RngKind): this {
    checkRngKind(kind);
    this.rngKind = kind;
    if (this.phase === 'new') this.startRng(0, kind);
    return this;
  }

  /** Says what options it was made with: states are exchanged between tasks that were made alike. */
  useOptions(options: Kwargs): this {
    this.madeWith = JSON.parse(JSON.stringify(options)) as Kwargs;
    return this;
  }

  /** Draws what is fixed for a whole stream, such as which patterns activate. */
  protected seeded(): void {}
  /** Starts an episode; writes every entry of its first observation. */
  protected abstract begin(observation: Float64Array): void;
  /** One step: writes every entry of `out.observation`, and the reward. Both flags are false on entry. */
  protected abstract advance(action: Act, out: StepResult): void;
  /** The task's own changing numbers, always equally many; the rng is saved by the base. */
  protected abstract saveNumbers(): number[];
  /** Goes on from what `saveNumbers` gave, finite numbers and as many. */
  protected abstract loadNumbers(numbers: readonly number[]): void;

  /** A fresh info about the latest reset or step, for the tuple form. */
  protected info(): Info {
    return {};
  }

  reset(options?: ResetOptions): [observation: Float64Array, info: Info] {
    const out = this.emptyResult();
    this.resetInto(out, options);
    return [out.observation, this.info()];
  }

  step(action: Act): StepTuple<Float64Array> {
    const out = this.emptyResult();
    this.stepInto(action, out);
    return [out.observation, out.reward, out.terminated, out.truncated, this.info()];
  }

  override resetInto(out: StepResult, options?: ResetOptions): void {
    this.checkRoom(out);
    if (options !== undefined) checkResetOptions(this.metadata.id, options);
    const keepsTask = this.asksToKeep(options);
    const seed = options?.seed ?? undefined;
    if (seed !== undefined) this.startStream(seed, this.rngKind, keepsTask);
    else if (this.phase === 'new') this.startStream(0, this.streamKind, keepsTask);
    clear(out);
    this.begin(out.observation);
    this.phase = 'running';
  }

  override stepInto(action: Act, out: StepResult): void {
    if (this.phase !== 'running') throw this.outOfOrder();
    if (out.observation.length !== this.room) throw this.noRoom('step', out);
    clear(out);
    this.advance(action, out);
    if (out.terminated || out.truncated) this.phase = 'ended';
  }

  override save(): unknown {
    const saved: Saved = {
      id: this.metadata.id,
      phase: this.phase,
      rng: this.rng.save(),
      ...(this.streamKind === 'fast' ? {} : { rngKind: this.streamKind }),
      numbers: this.saveNumbers(),
      ...(this.madeWith && { options: this.madeWith }),
    };
    return saved;
  }

  override load(saved: unknown): void {
    const before = this.saveNumbers();
    const { phase, rng, rngKind = 'fast', numbers } = this.checkSaved(saved, before.length);
    const restored = createRng(0, rngKind);
    restored.restore(rng); // or throws, while nothing has changed
    try {
      this.loadNumbers(numbers);
    } catch (error) {
      this.loadNumbers(before);
      throw error;
    }
    this.rng = restored;
    this.streamKind = rngKind;
    this.phase = phase;
    this.room = this.observationSpace.size;
  }

  private asksToKeep(options: ResetOptions | undefined): boolean {
    const asked = options?.options?.['task'];
    if (asked === undefined || asked === 'keep') return asked === 'keep';
    throw new EnvError(`Cannot reset ${this.metadata.id}: options.task must be "keep", got ${describe(asked)}`);
  }

  private startStream(seed: number, kind: RngKind, keepTask: boolean): void {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new EnvError(
        `Cannot reset ${this.metadata.id}: the seed must be a non-negative integer, got ${describe(seed)}`,
      );
    }
    this.startRng(seed, kind);
    if (!keepTask) this.seeded();
  }

  private startRng(seed: number, kind: RngKind): void {
    this.rng = createRng(seed, kind);
    this.streamKind = kind;
  }

  /** Once per episode: a typed array that is too short would swallow what does not fit. */
  private checkRoom(out: StepResult): void {
    if (out.observation.length !== this.observationSpace.size) throw this.noRoom('reset', out);
    this.room = out.observation.length;
  }

  private noRoom(act: string, { observation }: StepResult): EnvError {
    const { size } = this.observationSpace;
    return new EnvError(
      `Cannot ${act} ${this.metadata.id}: it writes ${size} entries, the result has ${observation.length}`,
    );
  }

  private outOfOrder(): EnvError {
    const why = this.phase === 'new' ? '' : 'the episode has ended; ';
    return new EnvError(`Cannot step ${this.metadata.id}: ${why}call reset() first`);
  }

  private checkSaved(saved: unknown, expected: number): Saved {
    const { id, phase, rng, rngKind, numbers, options } = (saved ?? {}) as Partial<Saved>;
    const act = `Cannot load ${this.metadata.id}`;
    if (id !== this.metadata.id) throw new EnvError(`${act}: what was saved belongs to ${String(id)}`);
    const other = Object.entries(this.madeWith ?? {}).find(([key, own]) => isOther(options?.[key], own));
    if (other !== undefined) {
      const [key, own] = other;
      throw new EnvError(
        `${act}: it was saved with ${key} ${inShort(options?.[key])}, and this one has ${inShort(own)}`,
      );
    }
    if (!Array.isArray(numbers) || numbers.length !== expected || !numbers.every(Number.isFinite)) {
      throw new EnvError(`${act}: needs ${expected} saved numbers, so save it with the same options`);
    }
    if (phase !== 'new' && phase !== 'running' && phase !== 'ended')
      throw new EnvError(`${act}: phase is ${String(phase)}`);
    return { id, phase, rng, rngKind, numbers };
  }

  private emptyResult(): StepResult {
    return {
      observation: new Float64Array(this.observationSpace.size),
      reward: 0,
      terminated: false,
      truncated: false,
    };
  }
}

/** An option that was not saved, since it is newer than what was saved, is none. */
function isOther(saved: unknown, own: unknown): boolean {
  return saved !== undefined && JSON.stringify(saved) !== JSON.stringify(own);
}

function inShort(option: unknown): string {
  const text = JSON.stringify(option) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function clear(out: StepResult): void {
  out.reward = 0;
  out.terminated = false;
  out.truncated = false;
}
