import { type Interval, NO_INTERVAL } from './interval.ts';
import { interquartileMean } from './iqm.ts';
import { checkResampling, percentileInterval, type Resampling } from './percentile-interval.ts';

/** Runs by task: [tasks][runs of the task], numbers of runs may differ. */
export type Groups = readonly ArrayLike<number>[];

export interface StratifiedOptions extends Resampling {
  readonly statistic?: (groups: readonly Float64Array[]) => number; // the interquartile mean of all runs of all tasks
}

/**
 * Stratified percentile bootstrap (Agarwal et al. 2021, "Deep RL at the edge of the statistical precipice", rliable): each
 * resample draws, within every task, as many runs as the task has, with replacement; tasks themselves are fixed. The
 * interval tells how much an aggregate would move with other seeds on the same tasks.
 * Both bounds are NaN where a task has fewer than two runs (it would pass for one without spread), or there is no task.
 */
export function stratifiedInterval(groups: Groups, options: StratifiedOptions): Interval {
  const { statistic = pooledIqm } = options;
  return stratifiedBand(groups, 1, (sample, out) => (out[0] = statistic(sample)), options)[0]!;
}

/** Intervals of several statistics at once, from the same resamples: `fill` writes the `size` statistics of a sample. */
export function stratifiedBand(
  groups: Groups,
  size: number,
  fill: (sample: readonly Float64Array[], out: Float64Array) => void,
  resampling: Resampling,
): Interval[] {
  const { rng, level, resamples } = checkResampling(resampling);
  const statistics = Array.from({ length: size }, () => new Float64Array(resamples)); // [size][resamples]
  if (groups.length === 0 || groups.some(({ length }) => length < 2)) return statistics.map(() => NO_INTERVAL);

  const sample = groups.map(({ length }) => new Float64Array(length));
  const out = new Float64Array(size);
  for (let r = 0; r < resamples; r++) {
    for (let g = 0; g < groups.length; g++) {
      const group = groups[g]!;
      const drawn = sample[g]!;
      for (let i = 0; i < drawn.length; i++) drawn[i] = group[rng.integer(0, drawn.length - 1)]!;
    }
    fill(sample, out);
    for (let k = 0; k < size; k++) statistics[k]![r] = out[k]!;
  }
  return statistics.map((drawn) => percentileInterval(drawn, level));
}

/** Of all runs of all tasks together. With unequal numbers of runs, a task counts by its number. */
function pooledIqm(groups: readonly Float64Array[]): number {
  const all = new Float64Array(groups.reduce((length, group) => length + group.length, 0));
  let from = 0;
  for (const group of groups) {
    all.set(group, from);
    from += group.length;
  }
  return interquartileMean(all);
}
