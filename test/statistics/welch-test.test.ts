import { createRng } from '@rl-tools/envs';
import { expect, test } from 'vitest';
import { welchTest } from '../../src/statistics/welch-test.ts';

test('two pairs by hand: equal variances give n_x + n_y - 2 degrees of freedom', () => {
  // Means 1 and 4, standard errors 1 each: t = -3/sqrt 2, df = 2, two-sided p = 1 - |t|/sqrt(2 + t^2).
  const { t, df, p } = welchTest([0, 2], [3, 5]);
  expect(t).toBeCloseTo(-3 / Math.SQRT2, 13);
  expect(df).toBeCloseTo(2, 13);
  expect(p).toBeCloseTo(1 - 3 / Math.SQRT2 / Math.sqrt(2 + 4.5), 13);
  expect(p).not.toBeCloseTo((1 - 3 / Math.SQRT2 / Math.sqrt(2 + 4.5)) / 2, 2); // one-sided
});

test('rejects true hypotheses as often as it says', () => {
  const rng = createRng('welch');
  const sample = (n: number, mean: number, deviation: number): number[] =>
    Array.from({ length: n }, () => mean + deviation * rng.normal());
  const rejected = (difference: number): number => {
    let count = 0;
    for (let i = 0; i < 4000; i++) if (welchTest(sample(12, 0, 1), sample(20, difference, 4)).p < 0.05) count++;
    return count / 4000;
  };
  expect(Math.abs(rejected(0) - 0.05)).toBeLessThan(0.012);
  expect(rejected(4)).toBeGreaterThan(0.9); // control
});

test('neither the unit nor the order of the samples matters', () => {
  const [x, y] = [
    [1, 2, 4],
    [3, 8, 9, 2],
  ];
  const { t, df, p } = welchTest(x, y);
  expect(welchTest(y, x)).toEqual({ t: -t, df, p });
  const tiny = welchTest(
    x.map((v) => v * 1e-100),
    y.map((v) => v * 1e-100),
  );
  expect(tiny.df).toBeCloseTo(df, 10);
  expect(
    welchTest(
      x,
      y.map((v) => v + 1),
    ).p,
  ).not.toBeCloseTo(p, 3);
});

test('says nothing where there is nothing to hold the difference against', () => {
  for (const [x, y] of [
    [[1], [1, 2]],
    [
      [1, NaN],
      [1, 2],
    ],
    [
      [1, Infinity],
      [1, 2],
    ],
    [
      [1, 1],
      [2, 2],
    ],
  ] as const) {
    expect(welchTest(x, y)).toEqual({ t: NaN, df: NaN, p: NaN });
  }
  expect(welchTest([1, 1], [2, 3]).p).not.toBeNaN();
});
