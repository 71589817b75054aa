/** bsuite's environments: equal to the Python originals seed for seed, and what their headers claim. */
import { describe, expect, test } from 'vitest';
import type { AnyEnv } from '../part.ts';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import type { Discrete } from '../spaces.ts';
import type { Task } from '../task.ts';
import { goldenCases, playCase, unpack } from './golden-episodes.ts';
import { meanOf } from './stream.ts';

const cases = goldenCases('bsuite');

test('the golden file covers every environment, with 2 seeds of 4 episodes', () => {
  expect(new Set(cases.map(({ id }) => id)).size).toBe(4);
  expect(new Set(cases.map(({ seed }) => seed)).size).toBe(2);
  for (const golden of cases) expect(unpack(golden).ends.filter((end) => end === 4)).toHaveLength(4);
});

test.each(cases)('$id $options, seed $seed: every step is that of the original', async (golden) => {
  const env = (await makeEnv(golden.id, golden.options)) as unknown as Task;
  const n = (env.actionSpace as Discrete).n;
  const played = playCase(env.useRng('mt19937'), golden, (actions) => actions.among(n));
  expect(played).toEqual(unpack(golden));
  const other = playCase(env, golden, (actions) => actions.among(n), golden.seed + 2);
  if (golden.id === 'discounting-chain') expect(other).toEqual(played);
  else expect(other).not.toEqual(played);
});

/** Returns of one episode per seed. */
function returnsOf(env: AnyEnv, act: (observation: Float64Array, t: number) => number, episodes: number): number[] {
  return Array.from({ length: episodes }, (_, seed) => {
    let [observation] = env.reset({ seed });
    let sum = 0;
    for (let t = 0; ; t++) {
      const [next, reward, terminated] = env.step(act(observation as Float64Array, t));
      observation = next;
      sum += reward;
      if (terminated) return sum;
    }
  });
}

describe('memory-chain', () => {
  test('is solved by who keeps the bits, and only then', async () => {
    const env = await makeEnv('memory-chain', { length: 6, bits: 3 });
    let kept = new Float64Array(3);
    let query = 0;
    const keeper = (observation: Float64Array, t: number): number => {
      if (t === 0) kept = observation.slice(2);
      if (t === 6) query = observation[1]!;
      return kept[query]! > 0 ? 1 : 0;
    };
    expect(new Set(returnsOf(env, keeper, 50))).toEqual(new Set([1]));
    expect(new Set(returnsOf(env, () => 1, 50))).toEqual(new Set([1, -1]));
  });

  test('shows the bits twice and takes a step more than its length', async () => {
    const env = await makeEnv('memory-chain', { length: 4 });
    const [first] = env.reset({ seed: 5 });
    const steps = Array.from({ length: 5 }, () => env.step(0));
    expect(steps.map(([, , terminated]) => terminated)).toEqual([false, false, false, false, true]);
    expect(steps.map(([observation]) => (observation as Float64Array)[0])).toEqual([1, 0.75, 0.5, 0.25, 0]);
    expect(steps[0]![0]).toEqual(first);
    expect((steps[1]![0] as Float64Array)[2]).toBe(0);
  });
});

describe('catch', () => {
  test('hides the ball below the rows that it shows, and is the same game otherwise', async () => {
    const [open, hidden] = [await makeEnv('catch'), await makeEnv('catch', { visibleRows: 3 })];
    open.reset({ seed: 1 });
    hidden.reset({ seed: 1 });
    for (let t = 1; t < 10; t++) {
      const [a, b] = [open.step(t % 3), hidden.step(t % 3)];
      const [all, seen] = [a[0] as Float64Array, b[0] as Float64Array];
      expect(b.slice(1)).toEqual(a.slice(1));
      if (t < 3) expect(seen).toEqual(all);
      else expect(seen.reduce((sum, x) => sum + x)).toBe(1);
      expect(hidden.render?.()).toBe(open.render?.());
    }
    expect(hidden.render?.().split('\n')).toHaveLength(10);
  });

  test('is won by remembering the column, and costs a regret of 1.6 at random', async () => {
    const env = await makeEnv('catch', { visibleRows: 1 });
    let column = 0;
    const catcher = (observation: Float64Array, t: number): number => {
      if (t === 0) column = observation.subarray(0, 5).indexOf(1);
      return 1 + Math.sign(column - observation.subarray(45).indexOf(1));
    };
    expect(new Set(returnsOf(env, catcher, 50))).toEqual(new Set([1]));
    const rng = createRng('catch');
    const random = returnsOf(env, () => rng.integer(0, 2), 4000);
    const error = Math.sqrt(0.8 * 0.2 * 4 / 4000); // prettier-ignore
    expect(Math.abs(meanOf(random) + 0.6)).toBeLessThan(4 * error);
  });
});

test('umbrella-chain pays for the first action alone', async () => {
  const env = await makeEnv('umbrella-chain', { length: 5 });
  const rng = createRng('umbrella');
  const lastReward = (first: (need: number) => number): number[] =>
    Array.from({ length: 50 }, (_, seed) => {
      const [observation] = env.reset({ seed });
      let step = env.step(first((observation as Float64Array)[0]!));
      while (!step[2]) step = env.step(rng.integer(0, 1));
      return step[1];
    });
  expect(new Set(lastReward((need) => need))).toEqual(new Set([1]));
  expect(new Set(lastReward((need) => 1 - need))).toEqual(new Set([-1]));
});

test('discounting-chain pays each chain once, and one of them more', async () => {
  const env = await makeEnv('discounting-chain', { mappingSeed: 8 });
  const paid = [0, 1, 2, 3, 4].map((chain) => {
    env.reset();
    const rewards = Array.from({ length: 100 }, (_, t) => env.step(t === 0 ? chain : 0)[1]);
    return rewards.flatMap((reward, t) => (reward > 0 ? [[t + 1, reward]] : []));
  });
  expect(paid).toEqual([[[1, 1]], [[3, 1]], [[10, 1]], [[30, 1.1]], [[100, 1]]]);
});
