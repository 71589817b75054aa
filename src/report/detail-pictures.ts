/** Pictures of single runs: what they predicted at their end, and what their step sizes became. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type StepSizeGroup, stepSizeTrajectories } from '../plots/step-size-trajectories.ts';
import { type MetricsRow, readMetrics } from '../results/metrics-file.ts';
import { byMean, type MethodRow } from './method-row.ts';
import type { PictureRequest } from './pictures.ts';
import { predictionPicture } from './prediction-picture.ts';
import type { ReportRun } from './read-runs.ts';

const MOST = 6; // methods with such pictures: the best
const GROUPS = ['cell', 'head'];

export function detailPictures(rows: readonly MethodRow[], title: string, suffix: string): PictureRequest[] {
  const best = [...rows].sort(byMean).flatMap((row) => {
    const run = row.choice?.reported.find(({ value }) => Number.isFinite(value))?.run;
    return run ? [{ name: row.method.short, run }] : [];
  });
  const withSizes = best.filter(({ run }) => existsSync(sizesOf(run))).slice(0, MOST);
  return [
    ...predictionPicture([...rows].sort(byMean), title, suffix),
    ...withSizes.map(({ name, run }, i) => stepSizes(name, run, title, `${suffix}-${i + 1}`)),
  ];
}

const sizesOf = ({ folder }: ReportRun): string => join(folder, 'step-sizes.jsonl');

function stepSizes(name: string, run: ReportRun, title: string, suffix: string): PictureRequest {
  const words = `Step sizes of ${name}, seed ${run.seed}`;
  const spec = () => stepSizeTrajectories({ title: `${title}: ${words}`, groups: groupsOf(readMetrics(sizesOf(run))) });
  return { name: `step-sizes${suffix}`, title: words, spec };
}

function groupsOf(rows: readonly MetricsRow[]): StepSizeGroup[] {
  return GROUPS.map((name) => ({
    name,
    rows: rows.flatMap((row) => {
      const quantiles = numbers(row[`${name}.quantiles`]);
      return quantiles.length === 5 ? [{ step: row.step, quantiles, sample: numbers(row[`${name}.sample`]) }] : [];
    }),
  }));
}

/** What is not finite was written as null. */
const numbers = (value: MetricsRow[string] | undefined): number[] =>
  Array.isArray(value) ? value.map((one: unknown) => (typeof one === 'number' ? one : NaN)) : [];
