/** What is asked about a stream arrives as columns of cumulants and discounts. */
import { makeEnv } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { createInteraction } from '../src/interaction.ts';
import { nameQuestions, type Question } from '../src/questions.ts';

const ask = (over: Partial<Question>): Question => ({
  cumulant: 'reward',
  discount: null,
  until: null,
  lambda: null,
  ...over,
});
const world = () => makeEnv('random-walk', {});
const live = async (questions: readonly Question[] | null, discount: number | null = 0.7) => {
  const env = await world();
  const interaction = createInteraction(env, { seed: 0, chunk: 2000, discount, questions });
  interaction.fill();
  return { ...interaction.chunk, m: interaction.inputSize };
};
const column = (values: Float64Array, k: number, K: number): number[] => [...values].filter((_, i) => i % K === k);

it('signals in the place of the reward, discounts in the place of the environment, one column each', async () => {
  const plain = await live(null);
  const { m } = plain;
  const questions = [ask({}), ask({ cumulant: 1 }), ask({ discount: 0.25 }), ask({ until: 2 })];
  const K = questions.length;
  const asked = await live(questions);
  expect(asked.questions).toBe(K);
  expect(column(asked.cumulant, 0, K)).toEqual([...plain.cumulant]);
  expect(column(asked.discount, 0, K)).toEqual([...plain.discount]);
  const isStart = (i: number): boolean => plain.start[i] === 1;
  const seen = (i: number, entry: number): number => plain.observation[i * m + entry]!;
  for (let i = 0; i < plain.length; i++) {
    const ended = plain.discount[i] === 0;
    expect(asked.cumulant[i * K + 1]).toBe(isStart(i) ? 0 : seen(i, 1));
    expect(asked.discount[i * K + 2]).toBe(ended ? 0 : 0.25);
    expect(asked.discount[i * K + 3]).toBe(ended || seen(i, 2) !== 0 ? 0 : 0.7);
  }
  // It has met each of these: an end, a signal, a bit that ends one question alone.
  expect(column(asked.discount, 2, K).filter((gamma) => gamma === 0).length).toBeGreaterThan(2);
  expect(column(asked.cumulant, 1, K).some((c) => c !== 0)).toBe(true);
  expect(column(asked.discount, 3, K)).not.toEqual(column(asked.discount, 0, K));
});

it('an entry that nobody observes is refused', async () => {
  await expect(live([ask({ cumulant: 99 })])).rejects.toThrow(/^Cannot ask about entry 99 of the observation: it has/);
});

it('questions have names, each another', () => {
  const questions = [ask({}), ask({ cumulant: 2, discount: 0.875 }), ask({ until: 1, lambda: 0.5 }), ask({})];
  expect(nameQuestions(questions)).toEqual(['reward', 'x2, 8 steps', 'reward, until x1, lambda 0.5', 'reward (2)']);
});
