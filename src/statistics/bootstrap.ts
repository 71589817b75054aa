import type { Rng } from '@rl-tools/envs';
import { UserError } from '../user-error.ts';
import { mean } from './mean.ts';
import { quantileOfSorted } from './quantile.ts';

/** Bounds of a confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  readonly rng: Rng;
  readonly statistic?: (values: ArrayLike<number>) => number; // the mean
  readonly level?: number; // .95
  readonly resamples?: number; // 10,000
}

/**
 * Percentile bootstrap (Efron & Tibshirani 1993, ch. 13; asked for per-seed scores by Patterson et al. 2024): draw n of
 * the n values with replacement, take the statistic, repeat; the interval runs from quantile (1 - level)/2 to quantile
 * (1 + level)/2 of those statistics.
 * Fewer than two values say nothing about spread: both bounds are NaN. A resample whose statistic is NaN (a NaN among
 * the values, or both infinities) makes both bounds NaN; single-signed infinities may make a bound infinite.
 */
export function bootstrapInterval(values: ArrayLike<number>, options: BootstrapOptions): Interval {
  return bootstrapBand([values], options)[0]!;
}

/**
 * The point-wise interval of every column of columns [bins][n], one entry per seed. Whole seeds are resampled, the same
 * draw for all bins: a band no noisier along the curve than the curves are, and n draws per resample instead of n bins.
 */
export function bootstrapBand(columns: readonly ArrayLike<number>[], options: BootstrapOptions): Interval[] {
  const { rng, statistic = mean, level = 0.95, resamples = 10_000 } = options;
  if (!(level > 0 && level < 1)) throw new UserError(`Cannot bootstrap: level must lie in (0, 1), got ${level}`);
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new UserError(`Cannot bootstrap: resamples must be a positive integer, got ${resamples}`);
  }
  const n = columns[0]?.length ?? 0;
  if (columns.some((column) => column.length !== n)) {
    throw new UserError(`Cannot bootstrap a band: every bin must hold ${n} seeds`);
  }
  if (n < 2) return columns.map(() => ({ low: NaN, high: NaN }));

  const draw = new Int32Array(n);
  const sample = new Float64Array(n);
  const statistics = columns.map(() => new Float64Array(resamples)); // [bins][resamples]
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < n; i++) draw[i] = rng.integer(0, n - 1);
    for (let bin = 0; bin < columns.length; bin++) {
      for (let i = 0; i < n; i++) sample[i] = columns[bin]![draw[i]!]!;
      statistics[bin]![r] = statistic(sample);
    }
  }
  return statistics.map((drawn) => {
    drawn.sort();
    return { low: quantileOfSorted(drawn, (1 - level) / 2), high: quantileOfSorted(drawn, (1 + level) / 2) };
  });
}
