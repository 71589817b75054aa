import { expect, it } from 'vitest';
import { returnsOf } from '../../src/report/prediction-picture.ts';

it('returns are summed backwards, and not known where too much lies beyond the end', () => {
  const half = [0.5, 0.5, 0.5, 0.5];
  const start = [0, 0, 0, 0] as const;
  expect(returnsOf({ cumulant: [9, 1, 2, 4], discount: half, start: [...start] })).toEqual([NaN, NaN, NaN, NaN]);
  const ended = returnsOf({ cumulant: [9, 1, 2, 4], discount: [0.5, 0.5, 0.5, 0], start: [...start] });
  expect(ended).toEqual([1 + 0.5 * (2 + 0.5 * 4), 2 + 0.5 * 4, 4, NaN]);
});

it('an episode ends where it ends: nothing crosses a start', () => {
  const whole = { cumulant: [0, 1, 7, 1], discount: [1, 0, 1, 0], start: [1, 0, 1, 0] as (0 | 1)[] };
  expect(returnsOf(whole)).toEqual([1, NaN, 1, NaN]);
  const cutShort = { ...whole, discount: [1, 0.9, 1, 0] };
  expect(returnsOf(cutShort)).toEqual([NaN, NaN, 1, NaN]);
});
