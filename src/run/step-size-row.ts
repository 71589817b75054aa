/**
 * A line of step-sizes.jsonl: of each group of weights the spread of its step sizes, and some of them one by one.
 *   <group>.quantiles   the least, the 10th percentile, the median, the 90th and the greatest: step sizes that some weight
 *                       has, of rank round(q (n - 1)), not interpolated
 *   <group>.sample      of up to 16 weights: of n, numbers floor(j n / 16), j = 0 .. 15, or all where there are fewer.
 *                       Every unit there will ever be has its place from the start, so these are the same weights in all
 *                       lines; where growth replaces a unit, they are those of the new one from then on
 */
import type { MetricsRow } from '../results/metrics-file.ts';
import type { StepSizes } from '../step-sizes-in-use.ts';
import { valueOfRank } from './ranks.ts';

const SAMPLES = 16;

/** Makes the line of a step; `step`: steps lived when they are read. */
export function stepSizeRows(sizes: StepSizes): (step: number) => MetricsRow {
  const groups = sizes.groups.map(({ name, length }) => ({ name, values: new Float64Array(length) }));
  return (step) => {
    const row: Record<string, number[]> = {};
    for (const { name, values } of groups) {
      sizes.read(name, values);
      row[`${name}.sample`] = sampleOf(values);
      row[`${name}.quantiles`] = quantilesOf(values);
    }
    return { step, ...row };
  };
}

function sampleOf(values: Float64Array): number[] {
  const count = Math.min(SAMPLES, values.length);
  return Array.from({ length: count }, (_, j) => values[Math.floor((j * values.length) / count)]!);
}

/** Reorders the values. All NaN, null on disk, where one is: of what has diverged. */
function quantilesOf(values: Float64Array): number[] {
  const last = values.length - 1;
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i <= last; i++) {
    const value = values[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
    if (Number.isNaN(value)) return [NaN, NaN, NaN, NaN, NaN];
  }
  const middle = Math.round(last / 2);
  const median = valueOfRank(values, middle);
  const low = valueOfRank(values, Math.round(0.1 * last), 0, middle);
  const high = valueOfRank(values, Math.round(0.9 * last), middle);
  return [least, low, median, high, most];
}
