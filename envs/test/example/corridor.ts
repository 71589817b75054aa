import { box, createRng, discrete, Env } from '../../index.ts';
import type { Info, ResetOptions, StepTuple } from '../../index.ts';

/** A corridor of `length` steps: the signal seen at its start tells which way to turn at its end. */
export class Corridor extends Env<Float64Array, number> {
  override readonly metadata = { id: 'corridor', cite: null, discount: 0.9, floors: null };
  readonly observationSpace = box(-1, 1, [2]); // signal, end of the corridor
  readonly actionSpace = discrete(2); // turn left or right; heard at the end only
  private readonly length = 10;
  private rng = createRng(0);
  private signal = 1;
  private place = 0;

  reset({ seed }: ResetOptions = {}): [Float64Array, Info] {
    if (seed !== undefined) this.rng = createRng(seed);
    this.signal = this.rng.integer(0, 1) === 1 ? 1 : -1;
    this.place = 0;
    return [Float64Array.of(this.signal, 0), {}];
  }

  step(action: number): StepTuple<Float64Array> {
    this.place++;
    const terminated = this.place > this.length;
    const turn = action === 1 ? 1 : -1;
    const reward = terminated ? turn * this.signal : 0;
    return [Float64Array.of(0, this.place === this.length ? 1 : 0), reward, terminated, false, {}];
  }
}
