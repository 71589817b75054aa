/** Intervals hold what they are to hold about as often as they say; test/slow/coverage.test.ts does it at length. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from '../../src/statistics/bootstrap.ts';
import type { Interval } from '../../src/statistics/interval.ts';
import { normalTail } from '../../src/statistics/normal.ts';
import { quantile } from '../../src/statistics/quantile.ts';
import { stratifiedInterval } from '../../src/statistics/stratified-bootstrap.ts';
import { studentT } from '../../src/statistics/student-t.ts';
import { tInterval } from '../../src/statistics/t-interval.ts';
import { toleranceInterval } from '../../src/statistics/tolerance-interval.ts';
import { coverage, gamma, normal } from '../support/coverage.ts';

const TRIALS = 2000; // a standard error of .5 % at 95 %
const expectNearly95 = (covered: number): void => {
  expect(covered).toBeGreaterThanOrEqual(0.93);
  expect(covered).toBeLessThanOrEqual(0.97);
};

describe.each([normal, gamma])('the mean of 50 $name values', (population) => {
  const rng = createRng(`coverage/${population.name}`);
  const covered = (level: number, n = 50, trials = TRIALS): number =>
    coverage(population, (values) => bootstrapInterval(values, { rng, level, resamples: 300 }), { n, trials, rng });

  it('lies in 93 to 97 % of the 95 % percentile bootstrap intervals', () => expectNearly95(covered(0.95)));

  it('lies in 93 to 97 % of the 95 % t intervals', () => {
    expectNearly95(coverage(population, (values) => tInterval(values), { n: 50, trials: TRIALS, rng }));
  });

  it('control: lies in half of the 50 % intervals, and not in 93 % of those of five values', () => {
    const half = covered(0.5, 50, 500);
    expect(half).toBeGreaterThan(0.42);
    expect(half).toBeLessThan(0.58);
    expect(covered(0.95, 5, 500)).toBeLessThan(0.9);
  });
});

it('the bootstrap of few normal values covers as little as its missing correction says, the t interval all of it', () => {
  // The bootstrap's deviation is smaller by sqrt((n - 1)/n), and 1.96 of them are too few for n - 1 degrees of freedom.
  const n = 10;
  const rng = createRng('few');
  const options = { n, trials: TRIALS, rng };
  const expected = 1 - 2 * studentT(-1.96 * Math.sqrt((n - 1) / n), n - 1); // .905
  const bootstrapped = coverage(normal, (values) => bootstrapInterval(values, { rng, resamples: 500 }), options);
  expect(Math.abs(bootstrapped - expected)).toBeLessThan(0.02);
  expect(bootstrapped).toBeLessThan(0.93);
  const exact = coverage(normal, (values) => tInterval(values), options);
  expect(Math.abs(exact - 0.95)).toBeLessThan(0.013);
});

it('the stratified interval of the interquartile mean over two tasks covers it', () => {
  const rng = createRng('strata');
  const covered = (level: number, trials: number): number => {
    const interval = (values: number[]): Interval =>
      stratifiedInterval([values.slice(0, 25), values.slice(25)], { rng, level, resamples: 200 });
    return coverage(normal, interval, { n: 50, trials, rng }); // a symmetric law: the mean is the middle
  };
  expectNearly95(covered(0.95, 600));
  expect(covered(0.5, 200)).toBeLessThan(0.7); // control
});

describe('the tolerance interval', () => {
  /** How often the interval of n normal values holds 90 % of the distribution. */
  const holds = (n: number, interval: (values: number[]) => Interval): number => {
    const rng = createRng('tolerance');
    let held = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const { low, high } = interval(Array.from({ length: n }, () => rng.normal()));
      if (normalTail(low) - normalTail(high) >= 0.9) held++;
    }
    return held / TRIALS;
  };

  it.each([60, 100])('of %i runs holds nine tenths of all runs with the confidence it names', (n) => {
    const { confidence } = toleranceInterval(Array.from({ length: n }, (_, i) => i));
    expect(confidence).toBeGreaterThanOrEqual(0.95);
    expect(Math.abs(holds(n, toleranceInterval) - confidence)).toBeLessThan(0.015);
  });

  it('control: the middle nine tenths of the runs at hand hold nine tenths of all in fewer than half of the cases', () => {
    expect(holds(60, (values) => ({ low: quantile(values, 0.05), high: quantile(values, 0.95) }))).toBeLessThan(0.5);
  });
});
