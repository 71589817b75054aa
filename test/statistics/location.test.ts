import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interquartileMean } from '../../src/statistics/iqm.ts';
import { mean } from '../../src/statistics/mean.ts';
import { median } from '../../src/statistics/median.ts';
import { quantile } from '../../src/statistics/quantile.ts';
import { UserError } from '../../src/user-error.ts';

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const sample = fc.array(finite, { minLength: 1, maxLength: 30 });
const statistics = { mean, median, interquartileMean, quantile: (v: ArrayLike<number>) => quantile(v, 0.3) };

describe('hand-worked values', () => {
  test('the mean of 1, 2, 6 is 3, which is not their median', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(median([1, 2, 6])).not.toBe(3);
  });

  test('the median sorts numbers as numbers and averages the middle two', () => {
    expect(median([10, 9, 2])).toBe(9);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    // The control: text order, the default of Array's sort, would answer 2.
    expect([10, 9, 2].sort()[1]).not.toBe(9);
  });

  test('type 7 interpolates at (n - 1) p, where type 6 would not', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75); // h = .75
    expect(quantile([1, 2, 3, 4], 0.25)).not.toBe(1.25); // type 6
    expect(quantile([15, 20, 35, 40, 50], 0.4)).toBe(29); // h = 1.6: 20 + .6 * 15
    expect([quantile([3, 1, 2], 0), quantile([3, 1, 2], 1)]).toEqual([1, 3]);
  });

  test('the interquartile mean weights the values at the cuts by the part inside', () => {
    expect(interquartileMean([0, 1, 3, 100])).toBe(2);
    // n = 5: weights 0, .75, 1, .75, 0 over 2.5.
    expect(interquartileMean([-50, 1, 2, 7, 99])).toBeCloseTo((0.75 * 1 + 2 + 0.75 * 7) / 2.5, 14);
    // n = 6: weights 0, .5, 1, 1, .5, 0 over 3; rounding the cut to one value would give 4.25.
    expect(interquartileMean([0, 1, 2, 5, 9, 10])).toBe(4);
    expect(interquartileMean([0, 1, 2, 5, 9, 10])).not.toBe(4.25);
    expect(interquartileMean([7])).toBe(7);
  });
});

describe('properties', () => {
  test.each(Object.entries(statistics))('%s lies between the extremes', (_, statistic) => {
    fc.assert(
      fc.property(sample, (values) => {
        const slack = 1e-9 * (1 + Math.max(...values.map(Math.abs)));
        expect(statistic(values)).toBeGreaterThanOrEqual(Math.min(...values) - slack);
        expect(statistic(values)).toBeLessThanOrEqual(Math.max(...values) + slack);
      }),
    );
  });

  test.each(Object.entries(statistics))('%s moves with its values: 2 x + 1 in, 2 s + 1 out', (_, statistic) => {
    fc.assert(
      fc.property(sample, (values) => {
        const moved = statistic(values.map((x) => 2 * x + 1));
        expect(Math.abs(moved - (2 * statistic(values) + 1))).toBeLessThan(1e-6 * (1 + Math.abs(moved)));
      }),
    );
    expect(statistic([1, 2, 4, 9].map((x) => x * x))).not.toBe(statistic([1, 2, 4, 9]) ** 2);
  });

  test('the quantile never falls as p grows', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(sample, p, p, (values, a, b) => {
        const [low, high] = [quantile(values, Math.min(a, b)), quantile(values, Math.max(a, b))];
        expect(high - low).toBeGreaterThanOrEqual(-1e-9 * (1 + Math.abs(high)));
      }),
    );
  });

  test('the order of values does not matter and the argument stays as it was', () => {
    const values = [5, 1, 4, 2, 3, 9, 8];
    for (const statistic of Object.values(statistics)) {
      expect(statistic([...values].reverse())).toBeCloseTo(statistic(values), 14);
    }
    expect(values).toEqual([5, 1, 4, 2, 3, 9, 8]);
  });
});

describe('values that are not finite, and none at all', () => {
  test.each(Object.entries(statistics))('%s of nothing, and with a NaN among the values, is NaN', (_, statistic) => {
    expect(statistic([])).toBeNaN();
    expect(statistic([1, NaN, 3, 4, 5])).toBeNaN();
    expect(statistic([1, 2, 3, 4, 5])).not.toBeNaN();
  });

  test('one diverged run in five moves the mean to infinity and not the middle', () => {
    const values = [1, 2, 3, 4, Infinity];
    expect(mean(values)).toBe(Infinity);
    expect(median(values)).toBe(3);
    expect(interquartileMean(values)).toBe(3);
    expect(interquartileMean([1, 2, Infinity, Infinity])).toBe(Infinity);
  });

  test('quantiles at and beside infinities are what their neighbours say', () => {
    expect(quantile([1, Infinity], 0)).toBe(1);
    expect(quantile([1, Infinity], 0.5)).toBe(Infinity);
    expect(quantile([Infinity, Infinity], 0.5)).toBe(Infinity);
    expect(quantile([-Infinity, 1], 0.5)).toBe(-Infinity);
    expect(quantile([-Infinity, 1], 1)).toBe(1);
    expect(quantile([-Infinity, Infinity], 0.5)).toBeNaN();
  });

  test('a p outside [0, 1] is refused in one line', () => {
    for (const p of [-0.1, 1.1, NaN]) expect(() => quantile([1, 2], p)).toThrow(UserError);
    expect(() => quantile([1, 2], 1.1)).toThrow('Cannot take a quantile: p must lie in [0, 1], got 1.1');
  });
});
