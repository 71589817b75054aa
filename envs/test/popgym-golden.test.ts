/** POPGym's environments are those of Python, seed for seed: cards and boards to the bit, control to rounding. */
import { describe, expect, test } from 'vitest';
import type { Action } from '../env.ts';
import { makeEnv } from '../registry.ts';
import type { Discrete, MultiDiscrete } from '../spaces.ts';
import type { Task } from '../task.ts';
import type { Actions } from './golden-episodes.ts';
import { goldenCases, playCase, unpack } from './golden-episodes.ts';

function actIn(space: Task['actionSpace']): (actions: Actions) => Action {
  if (space.kind === 'discrete') return (actions) => actions.among((space as unknown as Discrete).n);
  if (space.kind === 'box') return (actions) => Float64Array.of(Math.fround(5 * actions.real() - 2.5));
  return (actions) => (space as unknown as MultiDiscrete).nvec.map((n) => actions.among(n));
}

async function makeTask(id: string, options: Readonly<Record<string, unknown>>): Promise<Task> {
  return ((await makeEnv(id, options)) as unknown as Task).useRng('numpy');
}

describe('cards, boards and bandits', () => {
  const cases = goldenCases('popgym');

  test('are recorded at every difficulty, 4 episodes from each of 2 seeds where easy', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(9);
    for (const golden of cases) {
      const easy = golden.options['difficulty'] === 'easy';
      expect(unpack(golden).ends.filter((end) => end === 4)).toHaveLength(easy ? 4 : 2);
    }
    expect(cases.map(({ options }) => options['difficulty'])).toEqual(
      Array.from({ length: 9 }, () => ['easy', 'easy', 'medium', 'hard']).flat(),
    );
  });

  test.each(cases)('$id $options.difficulty, seed $seed: every step is that of the original', async (golden) => {
    const env = await makeTask(golden.id, golden.options);
    const act = actIn(env.actionSpace);
    const played = playCase(env, golden, act);
    expect(played).toEqual(unpack(golden));
    expect(playCase(env, golden, act, golden.seed + 1)).not.toEqual(played);
  });
});

describe('control', () => {
  const cases = goldenCases('popgym-control');
  /** One step of single precision at x. */
  const ulp = (x: number): number => 2 ** (Math.floor(Math.log2(Math.max(Math.abs(x), 2 ** -30))) - 23);

  test.each(cases)('$id $options, seed $seed: every step is that of the original', async (golden) => {
    const env = await makeTask(golden.id, golden.options);
    const act = actIn(env.actionSpace);
    const [played, expected] = [playCase(env, golden, act), unpack(golden)];
    expect(played.ends).toEqual(expected.ends);
    played.rewards.forEach((reward, t) => expect(Math.abs(reward - expected.rewards[t]!)).toBeLessThan(1e-11));
    const off = (episodes: typeof played): number[] =>
      episodes.observations.flatMap((row, t) =>
        row.map((x, i) => Math.abs(x - expected.observations[t]![i]!) / ulp(x)),
      );
    expect(Math.max(...off(played))).toBeLessThanOrEqual(1);
    expect(Math.max(...off(playCase(env, golden, act, golden.seed + 1)))).toBeGreaterThan(1000);
  });
});
