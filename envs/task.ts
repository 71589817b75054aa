import { Env } from './env.ts';
import type { Action, Info, ResetOptions, StepResult, StepTuple } from './env.ts';
import { EnvError } from './errors.ts';
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
}
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
  protected rng: Rng = createRng(0);
  private rngKind: RngKind = 'fast';
  private streamKind: RngKind = 'fast';
  private phase: Phase = 'new';

  /** Draw from another kind of generator, from the next seed on. */
  useRng(kind: RngKind): this {
    checkRngKind(kind);
    this.rngKind = kind;
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
    const seed = options?.seed ?? (this.phase === 'new' ? 0 : undefined);
    if (seed !== undefined) this.startStream(seed, options?.options?.['task'] === 'keep');
    clear(out);
    this.begin(out.observation);
    this.phase = 'running';
  }

  override stepInto(action: Act, out: StepResult): void {
    if (this.phase !== 'running') throw this.outOfOrder();
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
    };
    return saved;
  }

  override load(saved: unknown): void {
    const { phase, rng, rngKind = 'fast', numbers } = this.checkSaved(saved);
    if (rngKind !== this.streamKind) this.startRng(0, rngKind);
    this.rng.restore(rng);
    this.loadNumbers(numbers);
    this.phase = phase;
  }

  private startStream(seed: number, keepTask: boolean): void {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new EnvError(`Cannot reset ${this.metadata.id}: the seed must be a non-negative integer, got ${seed}`);
    }
    this.startRng(seed, this.rngKind);
    if (!keepTask) this.seeded();
  }

  private startRng(seed: number, kind: RngKind): void {
    this.rng = createRng(seed, kind);
    this.streamKind = kind;
  }

  /** Once per episode: a typed array that is too short would swallow what does not fit. */
  private checkRoom({ observation }: StepResult): void {
    const { size } = this.observationSpace;
    if (observation.length === size) return;
    throw new EnvError(
      `Cannot reset ${this.metadata.id}: it writes ${size} entries, the result has ${observation.length}`,
    );
  }

  private outOfOrder(): EnvError {
    const why = this.phase === 'new' ? '' : 'the episode has ended; ';
    return new EnvError(`Cannot step ${this.metadata.id}: ${why}call reset() first`);
  }

  private checkSaved(saved: unknown): Saved {
    const { id, phase, rng, rngKind, numbers } = (saved ?? {}) as Partial<Saved>;
    const act = `Cannot load ${this.metadata.id}`;
    if (id !== this.metadata.id) throw new EnvError(`${act}: what was saved belongs to ${String(id)}`);
    const expected = this.saveNumbers().length;
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

function clear(out: StepResult): void {
  out.reward = 0;
  out.terminated = false;
  out.truncated = false;
}
