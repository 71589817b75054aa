/** Ring, compass and cycle world: oracles against what is lived, value() against a Monte Carlo of itself. */
import { describe, expect, test } from 'vitest';
import type { AnyEnv } from '../part.ts';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import type { CompassWorld } from '../tasks/compass-world.ts';
import type { CycleWorld } from '../tasks/cycle-world.ts';
import type { RingWorld } from '../tasks/ring-world.ts';
import { policyValues } from '../worlds/policy-values.ts';
import { emptyResult, meanOf } from './stream.ts';

/** Visits every state of a world (a tenth of the steps would do) and calls back in each new one. */
function everyState(env: AnyEnv, key: () => string, visit: () => void): number {
  const rng = createRng('worlds');
  const seen = new Set<string>();
  const out = emptyResult(env);
  env.resetInto(out, { seed: 1 });
  for (let t = 0; t < 40_000; t++) {
    if (!seen.has(key())) visit();
    seen.add(key());
    env.stepInto(env.actionSpace.sample(rng), out);
  }
  return seen.size;
}

/** Entry `entry` of the next observations when one action is repeated; the world is put back afterwards. */
function ahead(env: AnyEnv, action: number, entry: number, steps: number): number[] {
  const saved = env.save?.();
  const out = emptyResult(env);
  const bits = Array.from({ length: steps }, () => {
    env.stepInto(action, out);
    return out.observation[entry]!;
  });
  env.load?.(saved);
  return bits;
}

/** The return of those bits, which ends with the first that is 1 if `ends`. */
function returnOf(bits: readonly number[], gamma: number, ends: boolean): number {
  const last = ends ? bits.indexOf(1) + 1 : bits.length;
  return bits.slice(0, last).reduceRight((g, bit) => bit + gamma * g, 0);
}

const gammas = Array.from({ length: 10 }, (_, i) => i / 10);
const close = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((x, i) => expect(actual[i]).toBeCloseTo(x, 12));
};

describe('cycle-world', () => {
  test.each([2, 6])('with %i states answers each of its hordes as life does', async (states) => {
    const env = (await makeEnv('cycle-world', { states, discount: 0.8 })) as CycleWorld;
    const stateOf = () => JSON.stringify((env.save() as { numbers: unknown }).numbers);
    const visited = everyState(env, stateOf, () => {
      const bits = ahead(env, 0, 0, 400);
      close(env.oracle('onestep'), bits.slice(0, 1));
      close(env.oracle('chain'), bits.slice(0, states));
      close(env.oracle('gamma-chain'), [...bits.slice(0, states), returnOf(bits, 0.9, true)]);
      close(env.oracle('gammas-term'), gammas.map((gamma) => returnOf(bits, gamma, true))); // prettier-ignore
      close(env.oracle('gammas'), gammas.map((gamma) => returnOf(bits, gamma, false))); // prettier-ignore
      expect(env.value()).toBeCloseTo(returnOf(bits, 0.8, false), 12);
      expect(env.value()).not.toBeCloseTo(returnOf(bits, 0.8, true), 2);
    });
    expect(visited).toBe(states);
    expect(() => env.oracle('x' as 'chain')).toThrow('Cannot answer horde "x" of cycle-world: known are onestep');
  });

  test('asks by default what the next bit is', async () => {
    const env = (await makeEnv('cycle-world')) as CycleWorld;
    env.reset();
    const values = Array.from({ length: 6 }, () => {
      const value = env.value();
      env.step(0);
      return value;
    });
    expect(values).toEqual([0, 0, 0, 0, 0, 1]);
    expect(env.render()).toBe('a.....');
    env.step(0);
    expect(env.render()).toBe('1a....');
  });
});

describe('ring-world', () => {
  test.each([2, 3, 10])('with %i states answers each of its hordes as life does', async (states) => {
    const env = (await makeEnv('ring-world', { states })) as RingWorld;
    const visited = everyState(env, () => env.render(), () => {
      const [forward, backward] = [ahead(env, 0, 0, states), ahead(env, 1, 0, states)];
      close(env.oracle('onestep'), [forward[0]!, backward[0]!]);
      close(env.oracle('chain'), [...forward, ...backward]);
      const expected = [forward, backward].flatMap((bits) => gammas.map((gamma) => returnOf(bits, gamma, true)));
      close(env.oracle('gammas-term'), expected);
    }); // prettier-ignore
    expect(visited).toBe(states);
    expect(() => env.oracle('x' as 'chain')).toThrow('Cannot answer horde "x" of ring-world: known are onestep');
  });

  test('reproduces the published oracle where asked to: gamma^n in state 1, the same elsewhere', async () => {
    const truth = (await makeEnv('ring-world')) as RingWorld;
    const published = (await makeEnv('ring-world', { oracle: 'published' })) as RingWorld;
    for (let seed = 0; seed < 40; seed++) {
      const [observation] = truth.reset({ seed });
      published.reset({ seed });
      const [a, b] = [truth.oracle('gammas-term'), published.oracle('gammas-term')];
      if (observation[0] === 1)
        close(
          b,
          [...gammas, ...gammas].map((gamma) => gamma ** 10),
        );
      if (observation[0] === 1) expect(a[9]).toBeCloseTo(0.9 ** 9, 12);
      else expect(a).toEqual(b);
    }
  });

  test('value() is the mean return of random walks, within 4 standard errors', async () => {
    const env = (await makeEnv('ring-world', { states: 5, discount: 0.8 })) as RingWorld;
    const rng = createRng('walks');
    const out = emptyResult(env);
    env.resetInto(out, { seed: 2 });
    const saved = env.save();
    const value = env.value();
    const returns = Array.from({ length: 4000 }, () => {
      env.load(saved);
      const rewards = Array.from({ length: 80 }, () => {
        env.stepInto(env.actionSpace.sample(rng), out);
        return out.reward;
      });
      return rewards.reduceRight((g, reward) => reward + 0.8 * g, 0);
    });
    const mean = meanOf(returns);
    const error = Math.sqrt(meanOf(returns.map((g) => (g - mean) ** 2)) / returns.length);
    expect(Math.abs(mean - value)).toBeLessThan(4 * error);
    expect(Math.abs(mean - env.oracle('gammas-term')[8]!)).toBeGreaterThan(4 * error);
  });

  test('walks both ways round', async () => {
    const env = (await makeEnv('ring-world', { states: 4 })) as RingWorld;
    env.reset({ seed: 0 });
    while (env.render() !== 'a...') env.step(0);
    expect(env.step(1)[1]).toBe(0);
    expect(env.render()).toBe('1..a');
    const [observation, reward, terminated] = env.step(0);
    expect([...observation, reward, terminated]).toEqual([1, 0, 1, false]);
    expect(() => env.step(2)).toThrow('ring-world');
  });
});

describe('compass-world', () => {
  test('solves its room when asked: making the largest one takes no time', async () => {
    const options = { width: 50, height: 50, discount: 0.999 };
    await makeEnv('compass-world'); // the file is loaded
    const start = performance.now();
    const env = await makeEnv('compass-world', options);
    env.reset({ seed: 1 });
    for (let t = 0; t < 100; t++) env.step(t % 3);
    expect(performance.now() - start).toBeLessThan(1000); // to solve it is seconds
  });

  test.each([{}, { width: 3, height: 2 }])(
    'the wall ahead is the one that going forward shows: %j',
    async (options) => {
      const env = (await makeEnv('compass-world', options)) as CompassWorld;
      const { width = 8, height = 8 } = options as { width?: number; height?: number };
      const visited = everyState(env, () => env.render(), () => {
      const shown = Array.from({ length: 5 }, (_, colour) => ahead(env, 2, colour, 8).at(-1)!);
      close(env.oracle(), shown);
      expect(shown.reduce((sum, bit) => sum + bit)).toBe(1);
    }); // prettier-ignore
      expect(visited).toBe(4 * width * height);
    },
  );

  test('pays for the colour that it was asked about, and draws the room', async () => {
    const env = (await makeEnv('compass-world', { width: 3, height: 2, colour: 'blue' })) as CompassWorld;
    const rooms = Array.from({ length: 200 }, (_, seed) => (env.reset({ seed }), env.render()));
    const seed = rooms.indexOf(' ooo\ng...y\nb<..y\n rrr');
    expect(seed).toBeGreaterThanOrEqual(0);
    expect([...env.reset({ seed })[0]]).toEqual([0, 0, 0, 1, 0, 0]);
    expect(env.step(2)[1]).toBe(1);
    expect(env.step(0)[1]).toBe(0);
  });

  test('value() is the mean return of random actions, within 4 standard errors', async () => {
    const env = (await makeEnv('compass-world', { width: 3, height: 3, discount: 0.7 })) as CompassWorld;
    const rng = createRng('compass');
    const out = emptyResult(env);
    const differences: number[] = [];
    for (let seed = 0; seed < 3000; seed++) {
      env.resetInto(out, { seed });
      const value = env.value();
      const rewards = Array.from({ length: 60 }, () => {
        env.stepInto(env.actionSpace.sample(rng), out);
        return out.reward;
      });
      differences.push(rewards.reduceRight((g, reward) => reward + 0.7 * g, 0) - value);
    }
    const error = Math.sqrt(meanOf(differences.map((d) => d * d)) / differences.length);
    expect(Math.abs(meanOf(differences))).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.02);
  });
});

test('policyValues keeps to the closed forms of a ring walked one way, ending or not', () => {
  const ring = { states: 6, policy: [1], next: (s: number) => (s + 1) % 6, cumulant: (s: number) => Number(s === 0) };
  const goesOn = policyValues({ ...ring, discount: 0.9 });
  const ends = policyValues({ ...ring, discount: 0.9, ends: (s) => s === 0 });
  close(
    ends,
    Array.from({ length: 6 }, (_, s) => 0.9 ** (5 - s)),
  );
  close(
    goesOn,
    Array.from({ length: 6 }, (_, s) => 0.9 ** (5 - s) / (1 - 0.9 ** 6)),
  );
});
