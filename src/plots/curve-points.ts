import type { Rng } from '@rl-tools/envs';
import { bootstrapBand } from '../statistics/bootstrap.ts';
import { mean } from '../statistics/mean.ts';
import { UserError } from '../user-error.ts';

/** One method's curves over its seeds. */
export interface CurveSeries {
  readonly name: string;
  readonly steps: readonly number[]; // [bins]
  readonly values: readonly ArrayLike<number>[]; // [seeds][bins]; NaN from the bin in which a seed diverged
}

/** Mean and interval of one bin; the interval is null with one seed. */
export type CurvePoint = {
  readonly name: string;
  readonly step: number;
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
};

/**
 * The points of one series: the mean over seeds and its percentile-bootstrap interval, bin by bin. A bin in which any
 * seed is not finite is left out: averaging the survivors would flatter a method that diverges. Where
 * finite bins follow again, the line goes straight over the gap.
 */
export function curvePoints(series: CurveSeries, rng: Rng, level = 0.95, resamples = 10_000): CurvePoint[] {
  const { name, steps, values } = series;
  if (values.length === 0) throw new UserError(`Cannot plot "${name}": it has no seeds`);
  for (const curve of values) {
    if (curve.length !== steps.length) {
      throw new UserError(
        `Cannot plot "${name}": every seed needs ${steps.length} values, one per step, got ${curve.length}; ` +
          `fill up with NaN where a run ended early`,
      );
    }
  }
  const bins = steps.map((step, bin) => ({ step, column: values.map((curve) => curve[bin]!) }));
  const finite = bins.filter(({ column }) => column.every(Number.isFinite));
  const columns = finite.map(({ column }) => column); // [finite bins][seeds]
  const band = bootstrapBand(columns, { rng, level, resamples });
  return finite.map(({ step, column }, bin) => {
    const { low, high } = band[bin]!;
    const shown = Number.isFinite(low) && Number.isFinite(high);
    return { name, step, mean: mean(column), low: shown ? low : null, high: shown ? high : null };
  });
}
