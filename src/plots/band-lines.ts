import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { type AxisScale, domainOf, numericAxis, scaleFor, share } from './axis-scale.ts';
import { frame, lineStyle } from './frame.ts';
import { placeLabels } from './reference-labels.ts';
import { referenceLayers } from './reference-layers.ts';
import type { ReferenceLine } from './y-domain.ts';

/** A point of a line and its interval, null where it is not known. */
export interface BandPoint {
  readonly x: number;
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface BandSeries {
  readonly name: string;
  readonly points: readonly BandPoint[];
}

export interface BandLines {
  readonly title: string;
  readonly note?: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly BandSeries[];
  readonly references?: readonly ReferenceLine[]; // horizontal
  readonly xScale?: AxisScale; // by the values
  readonly yScale?: AxisScale;
  readonly yDomain?: readonly [number, number]; // by the values
  readonly isStepped?: boolean; // a value holds up to the next point
}

const HEIGHT = 372; // px of the plot

/** A line per series with its band, each on an x of its own, as a Vega-Lite specification. */
export function bandLines(options: BandLines): TopLevelSpec {
  const { title, note, series, references = [] } = options;
  const names = series.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`Cannot plot "${title}": two curves are named "${twice}"`);
  const finite = series.flatMap(({ points }) => points).filter(({ x, mean }) => Number.isFinite(x + mean));
  const xScale = options.xScale ?? scaleFor(finite.map(({ x }) => x));
  const yScale =
    options.yScale ?? scaleFor([...finite, ...references.map(({ value }) => ({ mean: value }))].map((one) => one.mean));
  const fits = (value: number, scale: AxisScale): boolean =>
    Number.isFinite(value) && (scale === 'linear' || value > 0);
  const shown = series.flatMap(({ name, points }) =>
    points.filter(({ x, mean }) => fits(x, xScale) && fits(mean, yScale)).map((point) => ({ name, ...point })),
  );
  if (shown.length === 0) throw new UserError(`Cannot plot "${title}": there are no finite points`);
  const lines = references.filter(({ value }) => fits(value, yScale));
  const edges = shown.flatMap(({ mean, low, high }) => [mean, low ?? mean, high ?? mean]);
  const yDomain = options.yDomain ?? domainOf([...edges, ...lines.map(({ value }) => value)], yScale);
  const xDomain = domainOf(
    shown.map(({ x }) => x),
    xScale,
    shown.length === 1 ? 0 : 0.01,
  );
  const { spec, head, width, height, legend, yTitle } = frame({
    title,
    yTitle: options.yTitle,
    ...(note === undefined ? {} : { note }),
    names,
    height: HEIGHT,
  });
  const { color, strokeDash } = lineStyle(names, legend);
  const x = { field: 'x', type: 'quantitative', ...numericAxis(options.xTitle, xScale, xDomain) } as const;
  const y = { type: 'quantitative', ...numericAxis(yTitle, yScale, yDomain) } as const;
  const interpolate = options.isStepped ? 'step-after' : 'linear';
  const toY = (value: number): number => height * (1 - share(value, yScale, yDomain));
  const drawn = names.map((name) =>
    shown
      .filter((one) => one.name === name)
      .map((one) => [width * share(one.x, xScale, xDomain), toY(one.mean)] as const),
  );
  const isAlone = (name: string): boolean => shown.filter((one) => one.name === name).length === 1;
  return {
    ...spec,
    data: {
      values: shown.map((one) => ({
        ...one,
        low: cut(one.low, yDomain),
        high: cut(one.high, yDomain),
        isAlone: isAlone(one.name),
      })),
    },
    layer: [
      ...head,
      {
        transform: [{ filter: 'datum.low !== null && datum.high !== null' }],
        mark: { type: 'area', opacity: 0.18, interpolate, clip: true },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        mark: { type: 'line', strokeWidth: 2, interpolate, clip: true },
        encoding: { x, y: { ...y, field: 'mean' }, color, strokeDash },
      },
      {
        transform: [{ filter: 'datum.isAlone' }], // a line of one point is none
        mark: { type: 'point', filled: true, size: 50, opacity: 1 },
        encoding: { x, y: { ...y, field: 'mean' }, color },
      },
      ...referenceLayers(placeLabels(lines, toY, { width, height, lines: drawn })),
    ],
  };
}

/** A band ends at the edge of the plot: a log axis has no place for zero. */
function cut(value: number | null, [low, high]: readonly [number, number]): number | null {
  return value === null || !Number.isFinite(value) ? null : Math.max(low, Math.min(high, value));
}
