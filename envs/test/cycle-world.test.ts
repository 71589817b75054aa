import { expect, test } from 'vitest';
import { makeEnv } from '../registry.ts';
import { bit, meanSquare, recordStream, returns } from './stream.ts';

test('cycle-world shows state 0 once in every round of 6, and rewards it', async () => {
  const stream = recordStream(await makeEnv('cycle-world'), 1, 14);
  const seen = Array.from({ length: 14 }, (_, t) => bit(stream, t, 0)).join('');
  expect(seen).toBe('10000010000010');
  expect(Array.from({ length: 14 }, (_, t) => bit(stream, t, 1)).join('')).toBe('01111101111101');
  expect([...stream.rewards].join('')).toBe('00000010000010');
});

test('cycle-world with n states has period n, and its floors are those of the stream', async () => {
  for (const states of [2, 6, 9]) {
    const env = await makeEnv('cycle-world', { states });
    const stream = recordStream(env, 1, 1 + 10 * states);
    expect([...stream.rewards].flatMap((r, t) => (r === 1 ? [t] : []))).toEqual(
      Array.from({ length: 10 }, (_, round) => states * (round + 1)),
    );
    const g = returns(stream, 0);
    const { floors } = env.metadata;
    expect(meanSquare(g)).toBeCloseTo(floors!.zero, 12);
    expect(meanSquare(g.map((x) => x - 1 / states))).toBeCloseTo(floors!.constant, 12);
  }
});
