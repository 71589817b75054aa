import { createRng } from '@rl-tools/envs';
import { expect, test } from 'vitest';
import { bootstrapInterval } from '../../src/statistics/bootstrap.ts';
import { interquartileMean } from '../../src/statistics/iqm.ts';
import { mean } from '../../src/statistics/mean.ts';
import { stratifiedBand, stratifiedInterval } from '../../src/statistics/stratified-bootstrap.ts';

const tasks = [
  [1, 2, 3, 4, 5],
  [101, 102, 103],
];
const meanOfMeans = (groups: readonly Float64Array[]): number => mean(groups.map(mean));
const options = (): { rng: ReturnType<typeof createRng>; resamples: number } => ({ rng: createRng(1), resamples: 800 });

test('one task alone is the plain bootstrap, draw for draw', () => {
  const [values] = tasks as [number[], number[]];
  const plain = bootstrapInterval(values, { ...options(), statistic: interquartileMean });
  expect(stratifiedInterval([values], options())).toEqual(plain);
  expect(stratifiedInterval([values], { ...options(), rng: createRng(2) })).not.toEqual(plain);
});

test('runs are drawn within their task: the distance of tasks adds nothing to the interval', () => {
  const { low, high } = stratifiedInterval(tasks, { ...options(), statistic: meanOfMeans });
  expect(high - low).toBeLessThan(2);
  expect(low).toBeLessThan(52.5);
  expect(high).toBeGreaterThan(52.5);
  const pooled = bootstrapInterval(tasks.flat(), { ...options(), statistic: mean });
  expect(pooled.high - pooled.low).toBeGreaterThan(20); // control: without strata it does
});

test('every sample holds as many runs of each task as there are, all of that task', () => {
  const seen = new Set<string>();
  stratifiedInterval(tasks, {
    ...options(),
    statistic: ([a, b]) => {
      seen.add(`${a!.length} ${b!.length} ${Math.max(...a!) <= 5} ${Math.min(...b!) >= 101}`);
      return 0;
    },
  });
  expect([...seen]).toEqual(['5 3 true true']);
});

test('the deviation of a mean over tasks is that of the theory', () => {
  // Variance of the mean of means: (1/4) (2/5 + (2/3)/3), variances with n in the denominator.
  const { low, high } = stratifiedInterval(tasks, { rng: createRng(3), resamples: 20_000, statistic: meanOfMeans });
  expect((high - low) / (2 * 1.96)).toBeCloseTo(Math.sqrt((0.4 + 2 / 9) / 4), 1);
});

test('several statistics come from the same samples', () => {
  const [a, b] = stratifiedBand(
    tasks,
    2,
    (sample, out) => out.set([meanOfMeans(sample), -meanOfMeans(sample)]),
    options(),
  );
  expect(b!.low).toBeCloseTo(-a!.high, 10);
  expect(b!.high).toBeCloseTo(-a!.low, 10);
});

test('a task with one run, a NaN, or no task at all: no interval', () => {
  for (const groups of [[], [[1, 2, 3], [4]], [[1, 2, 3], []], [[1, NaN, NaN, 3]]]) {
    expect(stratifiedInterval(groups, options())).toEqual({ low: NaN, high: NaN });
  }
  expect(() => stratifiedInterval(tasks, { ...options(), level: 1 })).toThrow('Cannot bootstrap: level');
});
