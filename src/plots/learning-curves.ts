import type { Rng } from '@rl-tools/envs';
import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { type CurvePoint, type CurveSeries, curvePoints } from './curve-points.ts';
import { logTicks } from './log-ticks.ts';
import { dashes, palette } from './palette.ts';
import { placeLabels } from './reference-labels.ts';
import { referenceLayers } from './reference-layers.ts';
import { type ReferenceLine, yDomain, type YScale } from './y-domain.ts';

export interface LearningCurves {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly CurveSeries[];
  readonly references?: readonly ReferenceLine[];
  readonly yScale?: YScale; // linear
  readonly level?: number; // .95
  readonly resamples?: number; // 10,000
  readonly rng: Rng; // draws the bootstrap
}

const SIZE = { width: 900, height: 480 }; // px of the whole picture
const MARGIN = { left: 88, top: 48, bottom: 60 }; // px around the plot; the right one depends on the legend
const POINTS_UP_TO = 12; // bins: with so few, the measured values are marked on the line

/**
 * Learning curves as a Vega-Lite specification, data inside: one mean line per series with the band of its 95 %
 * percentile-bootstrap interval over seeds, named dashed lines for references, the legend in the order in which the
 * lines end. No text appears but what is passed in and numbers.
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
  const right = 60 + Math.min(240, 7 * Math.max(...names.map((name) => name.length)));
  const width = SIZE.width - MARGIN.left - right;
  const height = SIZE.height - MARGIN.top - MARGIN.bottom;
  const measure = yScale === 'log' ? Math.log10 : (value: number): number => value;
  const toX = (step: number): number => (width * (step - steps[0])) / (steps[1] - steps[0]);
  const toY = (value: number): number =>
    (height * (measure(domain[1]) - measure(value))) / (measure(domain[1]) - measure(domain[0]));
  const lines = perSeries.map((curve) => curve.map(({ step, mean }) => [toX(step), toY(mean)] as const));

  const legend = { title: null, values: legendOrder(names, perSeries), symbolOpacity: 1 };
  const colors = names.map((_, i) => palette[i % palette.length]!);
  const strokes = names.map((_, i) => [...dashes[Math.floor(i / palette.length) % dashes.length]!]);
  const bins = Math.max(...series.map((one) => one.steps.length));
  const ticks = yScale === 'log' ? { values: logTicks(...domain) } : { tickCount: 8 };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width,
    height,
    padding: { ...MARGIN, right },
    autosize: { type: 'none' },
    background: 'white',
    title,
    data: { values: points.map((point) => cutBelow(domain[0], point)) },
    layer: [
      {
        encoding: {
          x: {
            field: 'step',
            type: 'quantitative',
            axis: { title: options.xTitle, format: '~s', tickCount: 8 },
            scale: { domain: steps, nice: false },
          },
          color: { field: 'name', type: 'nominal', scale: { domain: names, range: colors }, legend },
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
                axis: { title: options.yTitle, format: '~g', ...ticks },
              },
              y2: { field: 'high' },
            },
          },
          {
            mark: { type: 'line', strokeWidth: 2, point: bins <= POINTS_UP_TO ? { size: 40, filled: true } : false },
            encoding: {
              y: { field: 'mean', type: 'quantitative' },
              strokeDash: { field: 'name', type: 'nominal', scale: { domain: names, range: strokes }, legend },
            },
          },
        ],
      },
      ...referenceLayers(placeLabels(references, toY, { width, height, lines })),
    ],
    config: {
      font: 'sans-serif',
      view: { stroke: null },
      title: { fontSize: 16, anchor: 'start', frame: 'group', offset: 14 },
      axis: { labelFontSize: 12, titleFontSize: 13, titleFontWeight: 'normal', gridColor: '#e8e8e8', titlePadding: 10 },
      legend: { labelFontSize: 12, symbolType: 'stroke', symbolStrokeWidth: 3, symbolSize: 300, labelLimit: 360 },
    },
  };
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
