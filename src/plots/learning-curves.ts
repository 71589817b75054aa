import type { Rng } from '@rl-tools/envs';
import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { type CurvePoint, type CurveSeries, curvePoints } from './curve-points.ts';
import { frame, lineStyle } from './frame.ts';
import { logTicks } from './log-ticks.ts';
import { placeLabels } from './reference-labels.ts';
import { referenceLayers } from './reference-layers.ts';
import { tickExpression } from './tick-label.ts';
import { type ReferenceLine, yDomain, type YScale } from './y-domain.ts';

export interface LearningCurves {
  readonly title: string;
  readonly note?: string; // how many seeds and what the bands are, unless given
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly CurveSeries[];
  readonly references?: readonly ReferenceLine[];
  readonly yScale?: YScale; // linear
  readonly level?: number; // .95
  readonly resamples?: number; // 10,000
  readonly rng: Rng; // draws the bootstrap
}

const HEIGHT = 364; // px of the plot
const POINTS_UP_TO = 12; // bins: with so few, the measured values are marked on the line

/**
 * Learning curves as a Vega-Lite specification, data inside: one mean line per series with the band of its 95 %
 * percentile-bootstrap interval over seeds, named dashed lines for references, the legend in the order in which the
 * lines end. A note says of how many seeds they are.
 */
export function learningCurves(options: LearningCurves): TopLevelSpec {
  const { title, series, references = [], yScale = 'linear', rng, level, resamples } = options;
  const names = series.map(({ name }) => name);
  if (names.length === 0) throw new UserError(`Cannot plot "${title}": there are no curves`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`Cannot plot "${title}": two curves are named "${twice}"`);

  const perSeries = series.map((one) => curvePoints(one, rng, level, resamples)); // [series][bins]
  const points = perSeries.flat();
  const domain = yDomain(points, references, yScale);
  const steps = xDomain(points);

  // Sizes are fixed here and not by Vega, so that the labels can be placed where there is room.
  const { spec, head, width, height, legend, yTitle } = frame({
    ...{ title, names, note: options.note ?? noteOf(series, level) },
    height: HEIGHT,
    yTitle: options.yTitle,
  });
  const measure = yScale === 'log' ? Math.log10 : (value: number): number => value;
  const toX = (step: number): number => (width * (step - steps[0])) / (steps[1] - steps[0]);
  const toY = (value: number): number =>
    (height * (measure(domain[1]) - measure(value))) / (measure(domain[1]) - measure(domain[0]));
  const lines = perSeries.map((curve) => curve.map(({ step, mean }) => [toX(step), toY(mean)] as const));

  const { color, strokeDash } = lineStyle(names, { ...legend, values: legendOrder(names, perSeries) });
  const bins = Math.max(...series.map((one) => one.steps.length));
  const ticks = yScale === 'log' ? { values: logTicks(...domain) } : { tickCount: 8 };
  return {
    ...spec,
    data: { values: points.map((point) => cutBelow(domain[0], point)) },
    layer: [
      ...head,
      {
        encoding: {
          x: {
            field: 'step',
            type: 'quantitative',
            axis: { title: options.xTitle, format: '~s', tickCount: 8 },
            scale: { domain: steps, nice: false },
          },
          color,
        },
        layer: [
          {
            transform: [{ filter: 'datum.low !== null' }],
            mark: { type: 'area', opacity: 0.2 },
            encoding: {
              y: {
                field: 'low',
                type: 'quantitative',
                scale: { type: yScale, domain, nice: false },
                axis: { title: yTitle, labelExpr: tickExpression, ...ticks },
              },
              y2: { field: 'high' },
            },
          },
          {
            mark: { type: 'line', strokeWidth: 2, point: bins <= POINTS_UP_TO ? { size: 40, filled: true } : false },
            encoding: {
              y: { field: 'mean', type: 'quantitative' },
              strokeDash,
            },
          },
        ],
      },
      ...referenceLayers(placeLabels(references, toY, { width, height, lines })),
    ],
  };
}

/** Of how many seeds the lines are means, and what the bands are; nothing where there is one. */
function noteOf(series: readonly CurveSeries[], level = 0.95): string {
  const counts = series.map(({ values }) => values.length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (most < 2) return '';
  return `mean over ${least === most ? '' : `${least} to `}${most} seeds; band: ${100 * level} % bootstrap interval of it`;
}

/** From the first step drawn to the last. */
function xDomain(points: readonly CurvePoint[]): [number, number] {
  const steps = points.map(({ step }) => step);
  const low = steps.reduce((a, b) => Math.min(a, b), Infinity);
  const high = steps.reduce((a, b) => Math.max(a, b), -Infinity);
  return low < high ? [low, high] : [low < Infinity ? low - 1 : 0, low < Infinity ? low + 1 : 1];
}

/** A log axis has no place for the part of a band at or below zero: it ends at the lower edge of the plot. */
function cutBelow(edge: number, point: CurvePoint): CurvePoint {
  return point.low !== null && point.low < edge ? { ...point, low: edge } : point;
}

/** Names from the highest last mean to the lowest, as the eye meets the line ends; series without a point come last. */
function legendOrder(names: readonly string[], perSeries: readonly (readonly CurvePoint[])[]): string[] {
  const last = perSeries.map((points) => points.at(-1)?.mean ?? -Infinity);
  return names
    .map((_, i) => i)
    .sort((a, b) => last[b]! - last[a]! || a - b)
    .map((i) => names[i]!);
}
