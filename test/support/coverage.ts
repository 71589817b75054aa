import type { Rng } from '@rl-tools/envs';
import type { Interval } from '../../src/statistics/interval.ts';

/** A distribution to draw from, and the mean that intervals should hold. */
export interface Population {
  readonly name: string;
  readonly mean: number;
  draw(rng: Rng): number;
}

const exponential = (rng: Rng): number => -Math.log(rng.uniform());

export const normal: Population = { name: 'normal', mean: 3, draw: (rng) => 3 + 2 * rng.normal() };

/** The sum of four exponentials, skewness 1: errors of many runs look like it. */
export const gamma: Population = {
  name: 'gamma',
  mean: 4,
  draw: (rng) => exponential(rng) + exponential(rng) + exponential(rng) + exponential(rng),
};

/** Skewness 2. */
export const exponentials: Population = { name: 'exponential', mean: 1, draw: exponential };

/** How often the interval of n fresh values holds their mean. */
export function coverage(
  { mean, draw }: Population,
  interval: (values: number[]) => Interval,
  { n, trials, rng }: { readonly n: number; readonly trials: number; readonly rng: Rng },
): number {
  let held = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { low, high } = interval(Array.from({ length: n }, () => draw(rng)));
    if (low <= mean && mean <= high) held++;
  }
  return held / trials;
}
