/** Coverage of 95 % intervals of the mean by number of runs and law, 10,000 trials each: the table of docs. */
import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { bootstrapInterval } from '../../src/statistics/bootstrap.ts';
import { tInterval } from '../../src/statistics/t-interval.ts';
import { coverage, exponentials, gamma, normal, type Population } from '../support/coverage.ts';

const populations = [normal, gamma, exponentials];
const sizes = [5, 10, 20, 30, 50, 100];

function measured(population: Population, n: number): { percentile: number; t: number } {
  const rng = createRng(`slow coverage/${population.name}/${n}`);
  const options = { n, trials: 10_000, rng };
  const percentile = coverage(population, (values) => bootstrapInterval(values, { rng, resamples: 1000 }), options);
  const t = coverage(population, (values) => tInterval(values), options);
  console.log(`${population.name} ${n}: percentile ${(100 * percentile).toFixed(1)} %, t ${(100 * t).toFixed(1)} %`);
  return { percentile, t };
}

it.each(populations)('intervals of $name values', (population) => {
  const found = new Map(sizes.map((n) => [n, measured(population, n)]));
  const skewed = population === exponentials; // takes 100 values
  for (const n of skewed ? [100] : [50, 100]) {
    for (const covered of Object.values(found.get(n)!)) {
      expect(covered).toBeGreaterThanOrEqual(0.93);
      expect(covered).toBeLessThanOrEqual(0.97);
    }
  }
  expect(found.get(5)!.percentile).toBeLessThan(0.9); // control: too few runs
  if (population === normal) for (const { t } of found.values()) expect(Math.abs(t - 0.95)).toBeLessThan(0.01);
});
