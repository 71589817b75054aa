import type { Rng } from '@rl-tools/envs';
import { UserError } from '../user-error.ts';
import { type Interval, requireShare } from './interval.ts';
import { quantileOfSorted } from './quantile.ts';

/** What every bootstrap needs to know. */
export interface Resampling {
  readonly rng: Rng;
  readonly level?: number; // .95
  readonly resamples?: number; // 10,000
}

/** The same with the defaults filled in; refuses what means nothing. */
export function checkResampling({ rng, level = 0.95, resamples = 10_000 }: Resampling): Required<Resampling> {
  requireShare('bootstrap', 'level', level);
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new UserError(`Cannot bootstrap: resamples must be a positive integer, got ${resamples}`);
  }
  return { rng, level, resamples };
}

/** From quantile (1 - level)/2 to quantile (1 + level)/2 of the statistics of the resamples, which it sorts in place. */
export function percentileInterval(statistics: Float64Array, level: number): Interval {
  statistics.sort();
  return {
    low: quantileOfSorted(statistics, (1 - level) / 2),
    high: quantileOfSorted(statistics, (1 + level) / 2),
  };
}
