import { expect, test } from 'vitest';
import { tInterval } from '../../src/statistics/t-interval.ts';

test('two values are worked by hand: their mean and tan(.475 pi) half widths of one', () => {
  const { low, high } = tInterval([3, 5]); // standard error 1, one degree of freedom
  expect(low).toBeCloseTo(4 - Math.tan(0.475 * Math.PI), 9);
  expect(high).toBeCloseTo(4 + Math.tan(0.475 * Math.PI), 9);
  expect(high).not.toBeCloseTo(4 + 1.96, 1); // the normal's quantile would be far too small
});

test('half of three values at half the confidence', () => {
  // Quantile .75 with 2 degrees of freedom: (2p - 1)/sqrt(2 p (1 - p)) = .5/sqrt(.375).
  const { low, high } = tInterval([1, 2, 6], { level: 0.5 });
  const half = ((0.5 / Math.sqrt(0.375)) * Math.sqrt(7)) / Math.sqrt(3);
  expect(low).toBeCloseTo(3 - half, 12);
  expect(high).toBeCloseTo(3 + half, 12);
  expect(tInterval([1, 2, 6]).low).toBeLessThan(low);
});

test('values that do not vary leave no doubt; one value, or one that is not finite, nothing but', () => {
  expect(tInterval([2, 2, 2])).toEqual({ low: 2, high: 2 });
  for (const values of [[], [5], [1, NaN, 2], [1, Infinity, 2]]) {
    expect(tInterval(values)).toEqual({ low: NaN, high: NaN });
  }
});

test('a level in per cent is refused', () => {
  expect(() => tInterval([1, 2], { level: 95 })).toThrow('Cannot take a t interval: level must lie in (0, 1), got 95');
});
