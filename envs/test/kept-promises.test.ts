/** What no other test would have missed, found by changing the sources one by one. */
import { describe, expect, test } from 'vitest';
import { Env, type Info, type ResetOptions, type StepTuple } from '../env.ts';
import * as gym from '../gymnasium.ts';
import type { AnyEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import { makeEnv } from '../registry.ts';
import { FineEnv } from './fine-env.ts';
import { Pulse } from './pulse.ts';

const json = (x: unknown): unknown => JSON.parse(JSON.stringify(x)) as unknown;

/** Keeps what resets were given; episodes of two steps, truncated. */
class Asked extends Env<Float64Array, number> {
  readonly observationSpace = box(0, 1, [1]);
  readonly actionSpace = discrete(3);
  readonly resets: (ResetOptions | undefined)[] = [];
  readonly actions: number[] = [];
  private t = 0;
  reset(options?: ResetOptions): [Float64Array, Info] {
    this.resets.push(options);
    this.t = 0;
    return [Float64Array.of(0.5), {}];
  }
  step(action: number): StepTuple<Float64Array> {
    this.actions.push(action);
    return [Float64Array.of(1), 1, false, ++this.t >= 2, {}];
  }
}

describe('prediction', () => {
  const options = { discount: 0.5, seed: 3 };

  test('seeds the first episode alone: the others go on in its stream', () => {
    const env = new Asked();
    const steps = gym.prediction(env as never, options);
    for (let t = 0; t < 9; t++) steps.next();
    expect(env.resets).toHaveLength(3);
    expect(env.resets.map((asked) => asked?.seed !== undefined)).toEqual([true, false, false]);
    const lives = gym.prediction(new FineEnv(), { seed: 3 });
    const first = Array.from({ length: 22 }, () => [...lives.next().observation]);
    expect(first.slice(11)).not.toEqual(first.slice(0, 11));
  });

  test('keeps the discount at a truncation', () => {
    const steps = gym.prediction(new Asked() as never, options);
    expect(Array.from({ length: 4 }, () => steps.next().discount)).toEqual([0, 0.5, 0.5, 0]);
  });

  test('goes on with the policy’s draws and with the latest step from what was saved', () => {
    const actions: number[][] = [[], []];
    const make = (i: number): gym.Prediction =>
      gym.prediction(new FineEnv(), {
        ...options,
        policy: (_, rng) => {
          actions[i]!.push(rng.integer(0, 2));
          return actions[i]!.at(-1)!;
        },
      });
    const [one, other] = [make(0), make(1)];
    for (let t = 0; t < 6; t++) one.next();
    const saved = json(one.save());
    for (let t = 0; t < 9; t++) other.next();
    expect(json(other.current)).not.toEqual(json(one.current));
    other.load(saved);
    expect(json(other.current)).toEqual(json(one.current));
    expect(other.time).toBe(one.time);
    actions[0] = [];
    actions[1] = [];
    for (let t = 0; t < 40; t++) expect(json(other.next())).toEqual(json(one.next()));
    expect(actions[1]).toEqual(actions[0]);
    expect(new Set(actions[0])).toEqual(new Set([0, 1, 2]));
  });

  test('that refuses a load goes on as if there had been none', () => {
    const [one, other] = [gym.prediction(new FineEnv(), options), gym.prediction(new FineEnv(), options)];
    for (let t = 0; t < 6; t++) expect(json(one.next())).toEqual(json(other.next()));
    const saved = json(one.save()) as { env: object; policy: object };
    for (const broken of [
      { ...saved, env: { rng: null, t: 1 } },
      { ...saved, policy: {} },
      { ...saved, time: -1 },
    ]) {
      expect(() => other.load(broken)).toThrow('Cannot ');
    }
    for (let t = 0; t < 40; t++) expect(json(other.next())).toEqual(json(one.next()));
  });
});

test('an action is repeated until a truncation and not beyond, in both call forms', () => {
  const out = { observation: new Float64Array(1), reward: 0, terminated: false, truncated: false };
  const [tuples, into] = [new Asked(), new Asked()];
  const wrap = (env: Asked): AnyEnv => new gym.RepeatAction(env as never, { numRepeats: 5 });
  const [first, second] = [wrap(tuples), wrap(into)];
  first.reset();
  second.resetInto(out);
  expect(first.step(1).slice(1, 4)).toEqual([2, false, true]);
  second.stepInto(1, out);
  expect(out).toMatchObject({ reward: 2, terminated: false, truncated: true });
  expect([tuples.actions, into.actions]).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

test('a value just below the upper bound falls where Gymnasium’s cut at high - 1e-8 puts it', () => {
  const shown = (value: number, high: number): number => {
    const env = Object.assign(new Pulse(), {
      observationSpace: box(0, high, [1]),
      reset: () => [Float64Array.of(value), {}],
    });
    return new gym.DiscretizeObservation(env as never, { bins: 4 }).reset()[0] as number;
  };
  expect(shown(1, 1)).toBe(3);
  // Four bins of [0, 2e-8]: cut at 1e-8, which is the second inner edge; uncut it would be the last bin.
  expect(shown(2e-8, 2e-8)).toBe(2);
  expect(shown(1.9e-8, 2e-8)).toBe(2);
  expect(shown(0.4e-8, 2e-8)).toBe(0);
});

test('a stream of one block starts over without reading it again, and one of several reads on', async () => {
  const env = await makeEnv('recorded');
  const life = (): unknown[] => {
    const seen: unknown[] = [env.reset()];
    for (let t = 0; t < 12; t++) seen.push(env.step(0));
    return seen;
  };
  const lives = Array.from({ length: 17 }, life);
  expect(lives[8]).toEqual(lives[0]);
  expect(lives[16]).toEqual(lives[8]);
  expect(lives[2]).not.toEqual(lives[0]);
});
