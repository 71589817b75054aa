/** The wrappers that make an environment partially observable, or give back what that takes. */
import { describe, expect, test } from 'vitest';
import { difference, record, tupleForm } from '../check/rollout.ts';
import * as gym from '../gymnasium.ts';
import { createRng } from '../rng.ts';
import { FineEnv } from './fine-env.ts';
import { Pulse } from './pulse.ts';
import { Steered } from './wrappers.ts';

const steps = 4000;

/** Observations of the bare environment and of the wrapped one, at the same moments. */
function pairs(make: (env: FineEnv) => gym.Wrapper, seed = 5): [Float64Array, Float64Array][] {
  const actions = new Array<number>(steps).fill(0);
  const bare = record(tupleForm(new FineEnv()), seed, actions);
  const seen = record(tupleForm(make(new FineEnv())), seed, actions);
  return bare.map((moment, t) => [moment.observation, seen[t]!.observation]);
}

describe('PreviousAction', () => {
  test('appends the action, one-hot, and the null action after a reset', () => {
    const env = new gym.PreviousAction(new Pulse());
    expect([...(env.reset()[0] as Float64Array)]).toEqual([-0.5, 0, 1, 0, 0]);
    expect([...(env.step(2)[0] as Float64Array)]).toEqual([0.375, 0.25, 0, 0, 1]);
    const other = new gym.PreviousAction(new Pulse(), { nullAction: 1 });
    expect([...(other.reset()[0] as Float64Array)]).toEqual([-0.5, 0, 0, 1, 0]);
  });

  test('appends vectors as they are, and zeros or the lowest after a reset', () => {
    const env = new gym.PreviousAction(new Steered());
    expect([...(env.reset({ seed: 1 })[0] as Float64Array)].slice(4)).toEqual([0, 0]);
    expect([...(env.step(Float64Array.of(2, -1))[0] as Float64Array)].slice(4)).toEqual([2, -1]);
    expect(() => new gym.PreviousAction(new Pulse(), { nullAction: 3 })).toThrow('null action 3 is not in Discrete(3)');
  });
});

test('PreviousReward appends the reward, and 0 after a reset', () => {
  const env = new gym.PreviousReward(new Pulse());
  expect([...(env.reset()[0] as Float64Array)]).toEqual([-0.5, 0, 0]);
  const [observation, reward] = env.step(2);
  expect([...(observation as Float64Array)]).toEqual([0.375, 0.25, reward]);
  expect(reward).toBe(3.5);
});

test('Antialias tells the first observation of every episode, and no other', () => {
  const env = new gym.Antialias(new Pulse());
  for (let episode = 0; episode < 2; episode++) {
    expect([...(env.reset()[0] as Float64Array)]).toEqual([-0.5, 0, 0, 1]);
    for (let t = 1; t <= 4; t++) expect([...(env.step(0)[0] as Float64Array)].slice(2)).toEqual([1, 0]);
  }
});

describe('MaskObservation', () => {
  test('keeps the entries named, in that order, with their bounds', () => {
    for (const [bare, seen] of pairs((env) => new gym.MaskObservation(env, { keep: [3, 1] })).slice(0, 100)) {
      expect([...seen]).toEqual([bare[3], bare[1]]);
    }
    const { observationSpace } = new gym.MaskObservation(new Pulse(), { keep: [1] });
    expect(String(observationSpace)).toBe('Box(0, 1.5, [1])');
  });

  test.each([[[]], [[0, 0]], [[2]], [[-1]], [[0.5]], ['0']])('refuses to keep %j', (keep) => {
    expect(() => new gym.MaskObservation(new Pulse(), { keep: keep as number[] })).toThrow(
      `keep must list different entries of 0 to 1, got ${JSON.stringify(keep)}`,
    );
  });
});

describe('NoisyObservation', () => {
  test('adds noise of mean 0 and the deviation asked for, to the entries asked for', () => {
    const scale = [0.5, 0, 2, 0.1];
    const noise = pairs((env) => new gym.NoisyObservation(env, { scale })).map(([bare, seen]) =>
      seen.map((x, i) => x - bare[i]!),
    );
    for (let i = 0; i < 4; i++) {
      const mean = noise.reduce((sum, row) => sum + row[i]!, 0) / noise.length;
      const deviation = Math.sqrt(noise.reduce((sum, row) => sum + row[i]! ** 2, 0) / noise.length);
      // Four standard errors.
      expect(Math.abs(mean)).toBeLessThanOrEqual((4 * scale[i]!) / Math.sqrt(noise.length));
      expect(Math.abs(deviation - scale[i]!)).toBeLessThanOrEqual((4 * scale[i]!) / Math.sqrt(2 * noise.length));
    }
  });

  test('draws from a child of the seed by name: the same whatever other wrappers there are', () => {
    const rng = createRng('5/noisy-observation/0');
    const [[bare, seen]] = pairs((env) => new gym.NoisyObservation(env, { scale: 1 })) as [
      [Float64Array, Float64Array],
    ];
    expect([...seen]).toEqual([...bare].map((x) => x + rng.normal()));
    const [[, limited]] = pairs(
      (env) => new gym.NoisyObservation(new gym.TimeLimit(env, { maxEpisodeSteps: 99 }), { scale: 1 }),
    ) as [[unknown, Float64Array]];
    expect([...limited]).toEqual([...seen]);
  });

  test('two of them, one in the other, draw different numbers', () => {
    const twice = new gym.NoisyObservation(new gym.NoisyObservation(new Pulse(), { scale: 1 }), { scale: 1 });
    const once = new gym.NoisyObservation(new Pulse(), { scale: 2 });
    const [[a], [b]] = [twice.reset({ seed: 1 }), once.reset({ seed: 1 })];
    expect(Math.abs((a as Float64Array)[1]! - (b as Float64Array)[1]!)).toBeGreaterThan(1e-6);
  });

  test('refuses other scales', () => {
    for (const scale of [-1, NaN, [1], [1, 2, 3, Infinity]]) {
      expect(() => new gym.NoisyObservation(new FineEnv(), { scale })).toThrow('Cannot add noise: scale must be');
    }
  });
});

describe('FlickerObservation', () => {
  test.each([0, 0.3, 1])('blanks a fraction of %d of the observations, and leaves the others as they are', (p) => {
    const all = pairs((env) => new gym.FlickerObservation(env, { p }));
    const blank = all.filter(([, seen]) => seen.every((x) => x === 0)).length;
    expect(Math.abs(blank / all.length - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / all.length));
    for (const [bare, seen] of all) if (seen.some((x) => x !== 0)) expect([...seen]).toEqual([...bare]);
  });

  test('widens the space to hold the blank, and refuses what is no probability', () => {
    const { observationSpace } = new gym.FlickerObservation(new Pulse(), { p: 0.5 });
    expect(observationSpace.contains(new Float64Array(2))).toBe(true);
    for (const p of [-0.1, 1.1, NaN, '0.5' as never]) {
      expect(() => new gym.FlickerObservation(new Pulse(), { p })).toThrow('the probability must lie in [0, 1]');
    }
  });
});

test('wrapping shifts none of the numbers that the environment draws', () => {
  const actions = new Array<number>(50).fill(1);
  const bare = record(tupleForm(new FineEnv()), 3, actions);
  const flickering = new gym.MaskObservation(new gym.NoisyObservation(new FineEnv(), { scale: [1, 0, 0, 0] }), {
    keep: [1, 2, 3],
  });
  const seen = record(tupleForm(flickering), 3, actions);
  const masked = bare.map((moment) => ({ ...moment, observation: moment.observation.slice(1) }));
  expect(difference(seen, masked)).toBe(null);
});
