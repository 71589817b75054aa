import { describe, expect, test } from 'vitest';
import type { EnvMetadata, StepResult } from '../env.ts';
import { box, discrete } from '../spaces.ts';
import type { RngKind } from '../rng.ts';
import { Task } from '../task.ts';
import { emptyResult } from './stream.ts';

/** Counts to three; draws a number per stream and one per step. */
class Three extends Task {
  override readonly metadata: EnvMetadata = { id: 'three', cite: null, discount: null, floors: null };
  readonly observationSpace = box(0, 1, [2]);
  readonly actionSpace = discrete(1);
  private drawn = 0;
  private count = 0;

  protected override seeded(): void {
    this.drawn = this.rng.uniform();
  }
  protected override begin(observation: Float64Array): void {
    this.count = 0;
    observation.fill(this.drawn);
  }
  protected override advance(_: number, out: StepResult): void {
    out.terminated = ++this.count === 3;
    out.observation[0] = this.drawn;
    out.observation[1] = this.rng.uniform();
  }
  protected override saveNumbers(): number[] {
    return [this.drawn, this.count];
  }
  protected override loadNumbers(numbers: readonly number[]): void {
    [this.drawn, this.count] = numbers as [number, number];
  }
}

describe('Task', () => {
  test('refuses steps before reset and after the end, and saves that too', () => {
    const env = new Three();
    expect(() => env.step(0)).toThrow('Cannot step three: call reset() first');
    env.reset();
    env.step(0);
    env.step(0);
    expect(env.step(0)[2]).toBe(true);
    expect(() => env.step(0)).toThrow('Cannot step three: the episode has ended; call reset() first');
    const copy = new Three();
    copy.load(JSON.parse(JSON.stringify(env.save())));
    expect(() => copy.step(0)).toThrow('the episode has ended');
    copy.reset();
    expect(() => copy.step(0)).not.toThrow();
  });

  test('draws what belongs to the stream once per seed, not once per episode', () => {
    const env = new Three();
    const [first] = env.reset({ seed: 4 });
    expect(env.reset()[0]).toEqual(first);
    expect(env.reset({ seed: 4 })[0]).toEqual(first);
    expect(env.reset({ seed: 5 })[0]).not.toEqual(first);
  });

  test('hands out fresh arrays in tuples and writes in place otherwise', () => {
    const env = new Three();
    const [kept] = env.reset();
    const copy = kept.slice();
    const [next] = env.step(0);
    expect(kept).toEqual(copy);
    expect(next).not.toEqual(copy);
    const out = emptyResult(env);
    const { observation } = out;
    env.stepInto(0, out);
    expect(out.observation).toBe(observation);
    const short = { ...out, observation: new Float64Array(1) };
    expect(() => env.resetInto(short)).toThrow('Cannot reset three: it writes 2 entries, the result has 1');
  });

  test('draws from the generator it was told to, and carries that over', () => {
    const env = new Three().useRng('numpy');
    // default_rng(7).random(2), NumPy 2.4.6
    expect(env.reset({ seed: 7 })[0][0]).toBe(0.625095466604667);
    expect(env.step(0)[0][1]).toBe(0.8972138009695755);
    const saved: unknown = JSON.parse(JSON.stringify(env.save()));
    const rest = env.step(0);
    const copy = new Three(); // of the fast kind: what is saved says what goes on
    copy.load(saved);
    expect(copy.step(0)).toEqual(rest);
    expect(copy.reset({ seed: 7 })[0]).toEqual(new Three().reset({ seed: 7 })[0]);
    expect(env.reset({ seed: 7 })[0][0]).toBe(0.625095466604667);
    expect(new Three().reset({ seed: 7 })[0][0]).not.toBe(0.625095466604667);
    expect(() => new Three().useRng('mersenne' as RngKind)).toThrow('known: fast, numpy, mt19937');
  });
});
