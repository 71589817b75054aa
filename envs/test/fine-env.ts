import { Env } from '../env.ts';
import type { EnvMetadata, Info, ResetOptions, StepTuple } from '../env.ts';
import { createRng } from '../rng.ts';
import { box, discrete } from '../spaces.ts';
import type { Space } from '../spaces.ts';

/** Keeps every rule in the shortest way; the controls break one thing each. Episodes of 10 steps, random entries. */
export class FineEnv extends Env<Float64Array, number> {
  override readonly metadata: EnvMetadata = { id: 'fine', cite: null, discount: 0.9, floors: null };
  readonly observationSpace: Space<Float64Array> = box(0, 1, [4]);
  readonly actionSpace: Space<number> = discrete(3);
  rng = createRng(0);
  t = 0;

  observe(): Float64Array {
    return Float64Array.from({ length: 4 }, () => this.rng.uniform());
  }

  reset({ seed }: ResetOptions = {}): [Float64Array, Info] {
    if (seed !== undefined) this.rng = createRng(seed);
    this.t = 0;
    return [this.observe(), {}];
  }

  step(action: number): StepTuple<Float64Array> {
    this.t++;
    return [this.observe(), action, this.t === 10, false, {}];
  }

  override value(): number {
    return this.t;
  }

  override save(): unknown {
    return { rng: this.rng.save(), t: this.t };
  }

  override load(saved: unknown): void {
    const { rng, t } = saved as { rng: unknown; t: number };
    this.rng.restore(rng);
    this.t = t;
  }
}
