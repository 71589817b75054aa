import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { type AxisScale, numericAxis } from './axis-scale.ts';
import { divergedRows, type DivergingSeries, ROW_HEIGHT, smallestGap } from './diverged-rows.ts';
import { frame, lineStyle } from './frame.ts';
import { referenceLayers } from './reference-layers.ts';
import type { ReferenceLine } from './y-domain.ts';

/** One method over an axis. */
export interface ErrorBarSeries {
  readonly name: string;
  readonly points: readonly ErrorBarPoint[];
}

export interface ErrorBarPoint {
  readonly x: number;
  readonly mean: number;
  readonly error: number; // NaN: not known, no bar
  readonly n?: number; // seeds
  readonly diverged?: number; // of them: there is no mean then, and a cross above the plot instead
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
  readonly note?: string; // says what the bars are, unless given
}

const HEIGHT = 372; // px of the plot

/**
 * A line with bars of one standard error per series, and marked points beside them, as a Vega-Lite specification. Above the
 * plot a row per series of which seeds diverged, with a cross at each such value.
 */
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
  const diverging = divergingOf(series, (x) => fits(x, 0));
  const crossed = diverging.flatMap(({ points }) => points.map(({ x }) => x));
  const xDomain = domain([...[...values, ...shown].map(({ x }) => x), ...crossed], xScale);
  const edges = values.flatMap(({ low, high, mean }) => [mean, low ?? mean, Math.min(high ?? mean, most)]);
  const level = references.filter(({ value }) => fits(1, value));
  const yDomain = domain([...edges, ...[...shown, ...level].map(({ value }) => value)], yScale);
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  const bars = values.some(({ low }) => low !== null) ? 'bars: one standard error up and down' : '';
  const crosses = diverging.length > 0 ? '×: seeds diverged' : '';
  const { spec, head, width, legend, yTitle } = frame({
    title,
    note: [options.note ?? bars, crosses].filter(Boolean).join('; '),
    names: [...names, ...kinds],
    height: HEIGHT,
    top: diverging.length === 0 ? 0 : ROW_HEIGHT * diverging.length + 8,
    yTitle: options.yTitle,
  });
  const { color, strokeDash } = lineStyle(names, legend);
  const toX = (at: number): number => width * share(at, xScale, xDomain);
  const places = [...new Set([...values.map((one) => one.x), ...crossed])].map(toX);
  const x = { type: 'quantitative', field: 'x', ...numericAxis(options.xTitle, xScale, xDomain) } as const;
  const up = { type: 'quantitative', ...numericAxis(yTitle, yScale, yDomain) } as const;
  const yOf = (field: string) => ({ ...up, field });
  return {
    ...spec,
    data: { values },
    layer: [
      ...head,
      {
        mark: { type: 'line', strokeWidth: 2, clip: true },
        encoding: {
          x,
          y: yOf('mean'),
          color,
          strokeDash,
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
                  legend: { ...(legend as object), symbolSize: 110 },
                },
              },
            },
          ] as const)),
      ...referenceLayers(level.map((line) => ({ ...line, right: width - 4, above: true }))),
      ...divergedRows(names, diverging, toX, smallestGap(places)),
    ],
  };
}

function divergingOf(series: readonly ErrorBarSeries[], isOnX: (x: number) => boolean): DivergingSeries[] {
  return series.flatMap(({ name, points }) => {
    const lost = points.flatMap(({ x, n = 0, diverged = 0 }) =>
      diverged > 0 && isOnX(x) ? { x, seeds: n, diverged } : [],
    );
    return lost.length === 0 ? [] : [{ name, points: lost }];
  });
}

function share(at: number, scale: AxisScale, [from, to]: readonly [number, number]): number {
  const by = scale === 'log' ? Math.log10 : (value: number): number => value;
  return (by(at) - by(from)) / (by(to) - by(from));
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
