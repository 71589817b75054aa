import { createRng } from '@rl-tools/envs';
import { describe, expect, test } from 'vitest';
import { bootstrapBand, bootstrapInterval } from '../../src/statistics/bootstrap.ts';
import { interquartileMean } from '../../src/statistics/iqm.ts';
import { mean } from '../../src/statistics/mean.ts';
import { UserError } from '../../src/user-error.ts';

const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];

describe('bootstrapInterval', () => {
  test('covers the mean of a normal distribution about as often as it says', () => {
    const rng = createRng('coverage');
    const coverage = (level: number): number => {
      let covered = 0;
      for (let trial = 0; trial < 400; trial++) {
        const drawn = Array.from({ length: 15 }, () => 3 + 2 * rng.normal());
        const { low, high } = bootstrapInterval(drawn, { rng, level, resamples: 1000 });
        if (low <= 3 && 3 <= high) covered++;
      }
      return covered / 400;
    };
    const at95 = coverage(0.95);
    expect(at95).toBeGreaterThanOrEqual(0.9);
    expect(at95).toBeLessThanOrEqual(0.97);
    // The control: another level falls outside that range.
    expect(coverage(0.8)).toBeLessThan(0.9);
  });

  test('of two values is known by hand: quartiles of the four equally likely means', () => {
    // Means 0, 1, 1, 2: at level .4 the bounds are quantiles .3 and .7, both 1; at .9 they are 0 and 2.
    const options = { rng: createRng(1), resamples: 4000 };
    expect(bootstrapInterval([0, 2], { ...options, level: 0.4 })).toEqual({ low: 1, high: 1 });
    expect(bootstrapInterval([0, 2], { ...options, level: 0.9 })).toEqual({ low: 0, high: 2 });
  });

  test('is close to the normal interval for the mean of many values', () => {
    const rng = createRng('many');
    const drawn = Array.from({ length: 400 }, () => rng.normal());
    const centre = mean(drawn);
    const deviation = Math.sqrt(mean(drawn.map((x) => (x - centre) ** 2)));
    const { low, high } = bootstrapInterval(drawn, { rng, resamples: 4000 });
    expect(low).toBeCloseTo(centre - (1.96 * deviation) / 20, 2);
    expect(high).toBeCloseTo(centre + (1.96 * deviation) / 20, 2);
  });

  test('is the same for one seed and another for the next', () => {
    const run = (seed: number): unknown => bootstrapInterval(values, { rng: createRng(seed), resamples: 500 });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  test('takes other statistics', () => {
    const interval = bootstrapInterval(values, { rng: createRng(1), statistic: interquartileMean, resamples: 500 });
    expect(interval).not.toEqual(bootstrapInterval(values, { rng: createRng(1), resamples: 500 }));
    expect(interval.low).toBeLessThan(interquartileMean(values));
    expect(interval.high).toBeGreaterThan(interquartileMean(values));
  });

  test('says nothing about one value, none, or a NaN among several', () => {
    for (const few of [[], [5], [1, 2, NaN, 4]]) {
      expect(bootstrapInterval(few, { rng: createRng(1), resamples: 200 })).toEqual({ low: NaN, high: NaN });
    }
    expect(bootstrapInterval([1, 2, 3, 4], { rng: createRng(1), resamples: 200 }).low).not.toBeNaN();
  });

  test('refuses a level or a number of resamples that means nothing', () => {
    const rng = createRng(1);
    expect(() => bootstrapInterval(values, { rng, level: 95 })).toThrow('level must lie in (0, 1), got 95');
    expect(() => bootstrapInterval(values, { rng, resamples: 0 })).toThrow(UserError);
  });
});

describe('bootstrapBand', () => {
  test('resamples whole seeds: bins with equal columns have equal intervals, others do not', () => {
    const [a, b, c] = bootstrapBand([values, values, values.map((x) => x * x)], { rng: createRng(1), resamples: 500 });
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(a).toEqual(bootstrapInterval(values, { rng: createRng(1), resamples: 500 }));
  });

  test('refuses bins with different numbers of seeds', () => {
    expect(() => bootstrapBand([[1, 2], [1]], { rng: createRng(1) })).toThrow('every bin must hold 2 seeds');
  });
});
