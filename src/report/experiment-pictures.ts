/** The pictures of a report on runs: which there are is decided by what the data hold. */
import { createRng } from '@rl-tools/envs';
import { scaleFor } from '../plots/axis-scale.ts';
import { errorAgainstTime } from '../plots/cost-curves.ts';
import { errorAgainstCost } from '../plots/cost-points.ts';
import { type CurveSeries, curvePoints } from '../plots/curve-points.ts';
import { learningCurves } from '../plots/learning-curves.ts';
import { seedScatter } from '../plots/seed-scatter.ts';
import type { ReferenceLine } from '../plots/y-domain.ts';
import { mean } from '../statistics/mean.ts';
import { figureFor } from '../run/figure.ts';
import { UserError } from '../user-error.ts';
import { drawnRuns, hasPoint, seriesOf } from './curve-series.ts';
import type { CurveReader } from './curves.ts';
import { byMean, type MethodRow } from './method-row.ts';
import type { PictureRequest } from './pictures.ts';
import { profilePicture } from './profile-picture.ts';
import { secondsAt } from './seconds.ts';
import { sensitivityPictures } from './sensitivity.ts';

export const MOST_METHODS = 12; // lines of one picture: the best

export interface TaskPictures {
  readonly title: string; // of the experiment, or of one of its tasks
  readonly suffix: string; // of the files
  readonly rows: readonly MethodRow[]; // of one task
  readonly references: readonly ReferenceLine[]; // floors of the environment
  readonly curves: CurveReader;
}

export function taskPictures(task: TaskPictures): PictureRequest[] {
  const rows = [...task.rows].sort(byMean).slice(0, MOST_METHODS);
  const isLevel = rows[0]?.metric.tokens !== undefined; // floors are bits, and so is what is drawn against time
  const best = { ...task, rows, references: isLevel ? [] : task.references };
  return [
    curvesPicture(best),
    ...sensitivityPictures(task.rows, task.title, task.suffix),
    seedsPicture(best),
    ...profilePicture(rows, task.title, task.suffix),
    ...(isLevel ? [] : [timePicture(best)]),
    costPicture(best),
  ];
}

const RESAMPLES = 2000;

/** Of the steps that are drawn. */
const means = ({ steps, values }: CurveSeries): number[] =>
  steps.map((_, bin) => mean(values.map((curve) => curve[bin]!))).filter(Number.isFinite);

function curvesPicture({ title, suffix, rows, references, curves }: TaskPictures): PictureRequest {
  const spec = () => {
    const series = rows.flatMap((row) => seriesOf(row, curves));
    if (!series.some(hasPoint)) throw new UserError(`Cannot plot "${title}": there are no finite points`);
    return learningCurves({
      title,
      xTitle: rows[0]!.metric.tokens === undefined ? 'steps' : 'tokens, of all lanes',
      yTitle: figureTitle(rows[0]!),
      series,
      references,
      yScale: scaleFor([...series.flatMap(means), ...references.map(({ value }) => value)]),
      resamples: RESAMPLES,
      rng: createRng('report/curves'),
    });
  };
  return { name: `curves${suffix}`, title: 'Learning curves, mean and 95 % bootstrap interval over seeds', spec };
}

function seedsPicture({ title, suffix, rows }: TaskPictures): PictureRequest {
  const methods = rows.filter(({ values }) => values.length > 0);
  const spec = () =>
    seedScatter({
      title: `${title}: seed by seed`,
      xTitle: rows[0]!.metric.title,
      methods: methods.map(({ method, values, mean: centre, bootstrap }) => ({
        name: method.short,
        values,
        mean: centre,
        ...bounds(bootstrap),
      })),
    });
  return { name: `seeds${suffix}`, title: 'Every seed, the mean and its 95 % bootstrap interval', spec };
}

/** Seconds are the mean over seeds at each step: a line is drawn over its own. */
function timePicture({ title, suffix, rows, references, curves }: TaskPictures): PictureRequest {
  const spec = () =>
    errorAgainstTime({
      title: `${title}: against wall-clock time`,
      xTitle: 'seconds',
      yTitle: figureTitle(rows[0]!),
      references,
      series: rows.flatMap((row) =>
        seriesOf(row, curves).map((series) => {
          const perSeed = drawnRuns(row).map(({ folder }) => secondsAt(folder, series.steps));
          const seconds = series.steps.map((_, i) => mean(perSeed.map((times) => times[i]!).filter(Number.isFinite)));
          const at = new Map(series.steps.map((step, i) => [step, seconds[i]!]));
          const points = curvePoints(series, createRng('report/time'), 0.95, RESAMPLES);
          return {
            name: series.name,
            points: points.map(({ step, mean: value, low, high }) => ({ x: at.get(step)!, mean: value, low, high })),
          };
        }),
      ),
    });
  return { name: `time${suffix}`, title: 'Against wall-clock seconds, environment and scoring included', spec };
}

function costPicture({ title, suffix, rows }: TaskPictures): PictureRequest {
  const spec = () =>
    errorAgainstCost({
      title: `${title}: against operations`,
      xTitle: 'multiply-adds per step',
      yTitle: rows[0]!.metric.title,
      points: rows.map(({ method, mean: centre, bootstrap, macsPerStep }) => {
        return { name: method.short, cost: macsPerStep, mean: centre, ...bounds(bootstrap) };
      }),
    });
  return { name: `cost${suffix}`, title: 'Against multiply-adds per step', spec };
}

function bounds({ low, high }: { low: number; high: number }): { low: number | null; high: number | null } {
  const known = Number.isFinite(low) && Number.isFinite(high);
  return known ? { low, high } : { low: null, high: null };
}

/** Of curves, whatever the metric of the table is. */
function figureTitle({ method, metric }: MethodRow): string {
  if (metric.tokens !== undefined) return 'level';
  return figureFor(method.settings[0]!.setting.target).title;
}
