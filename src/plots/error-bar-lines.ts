import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { logTicks } from './log-ticks.ts';
import { dashes, palette } from './palette.ts';
import { referenceLayers } from './reference-layers.ts';
import type { ReferenceLine } from './y-domain.ts';

export type AxisScale = 'linear' | 'log';

/** One method over an axis. */
export interface ErrorBarSeries {
  readonly name: string;
  readonly points: readonly ErrorBarPoint[];
}

export interface ErrorBarPoint {
  readonly x: number;
  readonly mean: number;
  readonly error: number; // NaN: not known, no bar
}

/** A figure of somebody else's, drawn beside the line of its series. */
export interface MarkedPoint {
  readonly name: string; // of the series
  readonly x: number;
  readonly value: number;
  readonly kind: string; // one symbol per kind
}

export interface ErrorBarLines {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly ErrorBarSeries[];
  readonly marks?: readonly MarkedPoint[];
  readonly references?: readonly ReferenceLine[]; // horizontal
  readonly xScale?: AxisScale; // linear
  readonly yScale?: AxisScale;
  readonly most?: number; // values above it are cut off
}

const SIZE = { width: 560, height: 380 }; // px of the plot

/** A line with bars of one standard error per series, and marked points beside them, as a Vega-Lite specification. */
export function errorBarLines(options: ErrorBarLines): TopLevelSpec {
  const { title, series, marks = [], references = [], xScale = 'linear', yScale = 'linear', most = Infinity } = options;
  const fits = (x: number, y: number): boolean =>
    y <= most && Number.isFinite(x) && Number.isFinite(y) && (xScale === 'linear' || x > 0);
  const names = series.map(({ name }) => name);
  const values = series.flatMap(({ name, points }) =>
    points.filter(({ x, mean }) => fits(x, mean)).map((point) => ({ name, ...bar(point, yScale) })),
  );
  const shown = marks.filter(({ x, value }) => fits(x, value));
  if (values.length === 0) throw new UserError(`Cannot plot "${title}": there are no points`);
  const xDomain = domain(
    [...values, ...shown].map(({ x }) => x),
    xScale,
  );
  const edges = values.flatMap(({ low, high, mean }) => [mean, low ?? mean, Math.min(high ?? mean, most)]);
  const level = references.filter(({ value }) => fits(1, value));
  const yDomain = domain([...edges, ...[...shown, ...level].map(({ value }) => value)], yScale);
  const color = {
    field: 'name',
    type: 'nominal',
    scale: { domain: names, range: names.map((_, i) => palette[i % palette.length]!) },
    legend: { title: null, symbolOpacity: 1, symbolType: 'stroke', symbolStrokeWidth: 3, symbolSize: 300 },
  } as const;
  const strokes = names.map((_, i) => [...dashes[Math.floor(i / palette.length) % dashes.length]!]);
  const x = { type: 'quantitative', field: 'x', scale: { type: xScale, domain: xDomain, nice: false } } as const;
  const yAxis = { type: yScale, domain: yDomain, nice: false, ...(yScale === 'log' ? {} : { zero: false }) } as const;
  const yOf = (field: string) => ({ type: 'quantitative', field, scale: yAxis }) as const;
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...SIZE,
    background: 'white',
    title,
    data: { values },
    layer: [
      {
        mark: { type: 'line', strokeWidth: 2, clip: true },
        encoding: {
          x: { ...x, axis: { title: options.xTitle, format: '~g', ...ticks(xScale, xDomain) } },
          y: { ...yOf('mean'), axis: { title: options.yTitle, format: '~g', ...ticks(yScale, yDomain) } },
          color,
          strokeDash: {
            field: 'name',
            type: 'nominal',
            scale: { domain: names, range: strokes },
            legend: color.legend,
          },
        },
      },
      { mark: { type: 'point', filled: true, size: 30, opacity: 1 }, encoding: { x, y: yOf('mean'), color } },
      {
        transform: [{ filter: 'datum.low !== null' }],
        mark: { type: 'rule', strokeWidth: 1.4, clip: true },
        encoding: { x, y: yOf('low'), y2: { field: 'high' }, color },
      },
      ...(shown.length === 0
        ? []
        : ([
            {
              data: { values: shown.map((mark) => ({ ...mark })) },
              mark: { type: 'point', filled: false, size: 110, strokeWidth: 1.8, opacity: 1 },
              encoding: {
                x,
                y: yOf('value'),
                color,
                shape: {
                  field: 'kind',
                  type: 'nominal',
                  scale: { domain: kinds, range: ['diamond', 'square', 'triangle-up'].slice(0, kinds.length) },
                  legend: { title: null },
                },
              },
            },
          ] as const)),
      ...referenceLayers(level.map((line) => ({ ...line, right: SIZE.width - 4, above: true }))),
    ],
    config: {
      font: 'sans-serif',
      view: { stroke: null },
      title: { fontSize: 16, anchor: 'start', frame: 'group', offset: 14 },
      axis: { labelFontSize: 12, titleFontSize: 13, titleFontWeight: 'normal', gridColor: '#e8e8e8', titlePadding: 10 },
      legend: { labelFontSize: 12, labelLimit: 360 },
    },
  };
}

/** A bar that would leave a log axis ends at a tenth of its mean. */
function bar({ x, mean, error }: ErrorBarPoint, scale: AxisScale) {
  if (!Number.isFinite(error)) return { x, mean, low: null, high: null };
  const low = mean - error;
  return { x, mean, low: scale === 'log' && low <= 0 ? mean / 10 : low, high: mean + error };
}

/** All that is drawn and 4 % of air, in the axis' own measure. */
function domain(all: readonly number[], scale: AxisScale): [number, number] {
  const measured = scale === 'log' ? all.filter((value) => value > 0).map(Math.log10) : all;
  const low = measured.reduce((a, b) => Math.min(a, b), Infinity);
  const high = measured.reduce((a, b) => Math.max(a, b), -Infinity);
  const air = 0.04 * (high - low) || 0.5;
  return scale === 'log' ? [10 ** (low - air), 10 ** (high + air)] : [low - air, high + air];
}

const ticks = (scale: AxisScale, range: [number, number]) => (scale === 'log' ? { values: logTicks(...range) } : {});
