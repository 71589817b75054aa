import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { randomSign, randomSigns } from '../src/random-signs.ts';

it('is one sign or the other, about half the time each, whatever came before', () => {
  const signs = new Float64Array(40_000);
  randomSigns(createRng('signs'), signs);
  expect(new Set(signs)).toEqual(new Set([-1, 1]));
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const limit = 4 / Math.sqrt(signs.length); // four standard errors
  expect(Math.abs(mean(signs))).toBeLessThanOrEqual(limit);
  expect(Math.abs(mean(signs.map((sign, i) => sign * signs[(i + 1) % signs.length]!)))).toBeLessThanOrEqual(limit);
});

it('draws them one by one, in order', () => {
  const [a, b] = [createRng('order'), createRng('order')];
  const signs = new Float64Array(20);
  randomSigns(a, signs);
  expect(Array.from({ length: 20 }, () => randomSign(b))).toEqual([...signs]);
});
