/** Curves of a method over its reported seeds, on the steps that they share. */
import type { CurveSeries } from '../plots/curve-points.ts';
import type { CurveReader } from './curves.ts';
import { levelSeries } from './levels.ts';
import type { MethodRow } from './method-row.ts';
import type { ReportRun } from './read-runs.ts';

/** Runs whose curves stand for a method: those that are reported; of a method without any, those that have begun. */
export function drawnRuns({ choice, method }: MethodRow): readonly ReportRun[] {
  if (choice !== null) return choice.reported.map(({ run }) => run);
  return method.settings.flatMap(({ runs }) => runs).slice(0, MOST_RUNS);
}

const MOST_RUNS = 50; // begun runs of a method of which none has ended

/** On the steps of all, levels by tokens; NaN from where a run diverged or has not come. A method without a row of metrics is left out. */
export function seriesOf(row: MethodRow, curves: CurveReader): CurveSeries[] {
  const perSeed = drawnRuns(row).map(({ folder }) => curves.read(folder));
  const { tokens } = row.metric;
  if (tokens !== undefined) {
    const told = perSeed.map(({ levels }) => levels).filter((levels) => levels.tokens.length > 0);
    return told.length === 0 || Number.isNaN(tokens) ? [] : [levelSeries(row.method.short, told, tokens)];
  }
  const steps = [...new Set(perSeed.flatMap((curve) => [...curve.steps]))].sort((a, b) => a - b);
  if (steps.length === 0) return [];
  const values = perSeed.map((curve) => {
    const at = new Map(Array.from(curve.steps, (step, i) => [step, curve.values[i]!]));
    return Float64Array.from(steps, (step) => at.get(step) ?? NaN);
  });
  return [{ name: row.method.short, steps, values }];
}

/** A step that no seed lacks. */
export const hasPoint = ({ steps, values }: CurveSeries): boolean =>
  steps.some((_, bin) => values.every((curve) => Number.isFinite(curve[bin])));
