import { describe, expect, test } from 'vitest';
import type { Info, StepResult, StepTuple } from '../env.ts';
import { EnvError } from '../errors.ts';
import { guarded } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import { discrete } from '../spaces.ts';
import { Env } from '../env.ts';
import { FineEnv } from './fine-env.ts';
import { emptyResult } from './stream.ts';

/** Resets, then takes up to n steps, with a reset after each episode. */
function run(env: AnyEnv, n: number): void {
  const guard = guarded(env);
  const out = emptyResult(env);
  guard.resetInto(out, { seed: 1 });
  for (let t = 0; t < n; t++) {
    guard.stepInto(0, out);
    if (out.terminated || out.truncated) guard.resetInto(out);
  }
}

describe('guarded', () => {
  test('lets a good environment through, with the same values', () => {
    const [guard, plain] = [guarded(new FineEnv()), new FineEnv()];
    const [a, b] = [emptyResult(plain), emptyResult(plain)];
    guard.resetInto(a, { seed: 2 });
    plain.resetInto(b, { seed: 2 });
    for (let t = 0; t < 10; t++) {
      expect(a).toEqual(b);
      guard.stepInto(t % 3, a);
      plain.stepInto(t % 3, b);
    }
    expect(a.terminated).toBe(true);
  });

  test.each<[string, (result: StepTuple<Float64Array>) => unknown, string]>([
    [
      'an observation too short',
      ([x, ...rest]) => [x.slice(1), ...rest],
      'observation has 3 entries, observationSpace says 4',
    ],
    [
      'a list',
      ([x, ...rest]) => [[...x], ...rest],
      'observation is an Array of 4, observationSpace Box(0, 1, [4]) takes',
    ],
    ['NaN', ([x, ...rest]) => [x.fill(NaN, 2), ...rest], 'observation entry 2 is NaN'],
    [
      'a reward of Infinity',
      ([x, , ...rest]) => [x, Infinity, ...rest],
      'reward is Infinity, a finite number is needed',
    ],
    ['no reward', ([x, , ...rest]) => [x, undefined, ...rest], 'reward is undefined'],
    ['terminated of 1', ([x, r, , ...rest]) => [x, r, 1, ...rest], 'terminated is 1, not a boolean'],
    ['truncated of "no"', ([x, r, a, , i]) => [x, r, a, 'no', i], 'truncated is "no", not a boolean'],
    [
      'four values',
      ([x, r, a, b]) => [x, r, a, b],
      'step() must return [observation, reward, terminated, truncated, info]',
    ],
  ])('stops at %s, with one line that names the environment and the step', (_, change, message) => {
    const env = new (class extends FineEnv {
      private count = 0;
      override step(action: number): StepTuple<Float64Array> {
        const result = super.step(action);
        return (++this.count === 17 ? change(result) : result) as StepTuple<Float64Array>;
      }
    })();
    expect(() => run(env, 16)).not.toThrow();
    const whole = () => run(Object.assign(env, { count: 0 }), 17);
    expect(whole).toThrow(EnvError);
    expect(whole).toThrow('Environment fine broke its contract at step 17: ');
    expect(() => run(Object.assign(env, { count: 0 }), 17)).toThrow(message);
  });

  test('checks what an allocation-free step wrote', () => {
    const env = new (class extends FineEnv {
      override stepInto(action: number, out: StepResult): void {
        super.stepInto(action, out);
        if (this.t === 5) out.observation[1] = -Infinity;
      }
    })();
    expect(() => run(env, 5)).toThrow(
      'Environment fine broke its contract at step 5: observation entry 1 is -Infinity',
    );
  });

  test('lets finite observations through whose sum overflows', () => {
    const env = new (class extends FineEnv {
      override stepInto(action: number, out: StepResult): void {
        super.stepInto(action, out);
        out.observation.fill(Number.MAX_VALUE);
      }
    })();
    expect(() => run(env, 20)).not.toThrow();
  });

  test('checks resets', () => {
    const env = new (class extends FineEnv {
      override reset(): [Float64Array, Info] {
        return this.t === 10 ? ([new Float64Array(3), {}] as [Float64Array, Info]) : super.reset();
      }
    })();
    const message = 'at reset after step 10: observation has 3 entries, observationSpace says 4';
    expect(() => run(env, 10)).toThrow(message);
    const noPair = Object.assign(new FineEnv(), { reset: () => new Float64Array(4) });
    expect(() => run(noPair as unknown as AnyEnv, 1)).toThrow('reset() must return [observation, info]');
  });

  test('refuses a step before the first reset and after an end', () => {
    const env = new FineEnv();
    const [guard, out] = [guarded(env), emptyResult(env)];
    expect(() => guard.stepInto(0, out)).toThrow('Cannot step fine: call reset() first');
    guard.resetInto(out);
    for (let t = 0; t < 10; t++) guard.stepInto(0, out);
    expect(() => guard.stepInto(0, out)).toThrow('Cannot step fine: the episode ended at step 10; call reset() first');
  });

  test('checks Discrete observations against their space', () => {
    class Dice extends Env<number, number> {
      override readonly metadata = { id: 'dice', cite: null, discount: null, floors: null };
      readonly observationSpace = discrete(6, 1);
      readonly actionSpace = discrete(1);
      face = 1;
      reset(): [number, Info] {
        return [this.face, {}];
      }
      step(): StepTuple<number> {
        return [++this.face, 0, false, false, {}];
      }
    }
    expect(() => run(new Dice(), 5)).not.toThrow();
    expect(() => run(new Dice(), 6)).toThrow('observation is 7, observationSpace is Discrete(6, start=1)');
  });
});
