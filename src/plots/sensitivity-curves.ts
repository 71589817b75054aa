import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { type AxisScale, domainOf, numericAxis, scaleFor, share, valueAt } from './axis-scale.ts';
import { divergedRows, ROW_HEIGHT, smallestGap } from './diverged-rows.ts';
import { frame, lineStyle } from './frame.ts';
import { placeLabels } from './reference-labels.ts';
import { referenceLayers } from './reference-layers.ts';
import type { ReferenceLine } from './y-domain.ts';

/** One value of the hyperparameter: the mean over the seeds that did not diverge, and its interval. */
export interface SensitivityPoint {
  readonly x: number;
  readonly mean: number; // NaN: all diverged, or none is to be shown
  readonly low: number | null;
  readonly high: number | null;
  readonly seeds: number;
  readonly diverged: number; // of them
}

export interface SensitivitySeries {
  readonly name: string;
  readonly points: readonly SensitivityPoint[];
  readonly chosen?: number; // the default, or the best: its point gets a ring
}

export interface SensitivityCurves {
  readonly title: string;
  readonly note?: string; // says what the marks are, unless given
  readonly xTitle: string; // the hyperparameter
  readonly yTitle: string;
  readonly series: readonly SensitivitySeries[];
  readonly references?: readonly ReferenceLine[]; // horizontal
  readonly xScale?: AxisScale; // by the values
  readonly yScale?: AxisScale;
}

const HEIGHT = 372; // px of the plot
const DODGE = 5; // px between methods at one value, at most

/**
 * Error against a hyperparameter: a line per method with the interval at each value, hollow where some of its seeds
 * diverged and so are not in the mean, and above the plot a row per method that diverged with a cross at each such value
 * and how many it were. Values without a place on the axis are counted in the note.
 */
export function sensitivityCurves(options: SensitivityCurves): TopLevelSpec {
  const { title, series, references = [] } = options;
  const names = series.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`Cannot plot "${title}": two lines are named "${twice}"`);
  const all = series.flatMap(({ points }) => points);
  const means = all.map(({ mean }) => mean).filter(Number.isFinite);
  const xScale = options.xScale ?? scaleFor(all.map(({ x }) => x).filter((x) => x !== 0)); // zero means off
  const yScale = options.yScale ?? scaleFor([...means, ...references.map(({ value }) => value)]);
  const onX = (x: number): boolean => xScale === 'linear' || x > 0;
  const onY = (y: number): boolean => Number.isFinite(y) && (yScale === 'linear' || y > 0);
  const placed = all.filter(({ x }) => onX(x));
  if (placed.length === 0) throw new UserError(`Cannot plot "${title}": there are no points on the ${xScale} axis`);

  const lines = references.filter(({ value }) => onY(value));
  const edges = placed
    .filter(({ mean }) => onY(mean))
    .flatMap(({ mean, low, high }) => [mean, low ?? mean, high ?? mean]);
  const yDomain = domainOf([...edges, ...lines.map(({ value }) => value)], yScale);
  const xDomain = domainOf(
    placed.map(({ x }) => x),
    xScale,
  );
  const diverging = series.filter(({ points }) => points.some(({ x, diverged }) => diverged > 0 && onX(x)));
  const note = options.note ?? noteOf(series, all.length - placed.length);
  const top = diverging.length === 0 ? 0 : ROW_HEIGHT * diverging.length + 8;
  const { spec, head, width, height, legend, yTitle } = frame({
    title,
    note,
    names,
    height: HEIGHT,
    top,
    yTitle: options.yTitle,
  });
  const toX = (x: number): number => width * share(x, xScale, xDomain);
  const toY = (y: number): number => height * (1 - share(y, yScale, yDomain));
  const gap = smallestGap(placed.map(({ x }) => toX(x)));
  const dodge = Math.min(DODGE, (0.6 * gap) / Math.max(1, names.length));
  const values = series.flatMap(({ name, points, chosen }, i) =>
    [...points]
      .filter(({ x, mean }) => onX(x) && onY(mean))
      .sort((a, b) => a.x - b.x)
      .map(({ x, mean, low, high, seeds, diverged }) => ({
        ...{ name, x, mean, seeds, diverged, isChosen: x === chosen },
        at: valueAt((toX(x) + dodge * (i - (names.length - 1) / 2)) / width, xScale, xDomain),
        low: low === null || high === null ? null : Math.max(low, yDomain[0]),
        high: low === null || high === null ? null : high,
      })),
  );
  const { color, strokeDash } = lineStyle(names, legend);
  const x = { field: 'at', type: 'quantitative', ...numericAxis(options.xTitle, xScale, xDomain) } as const;
  const y = { type: 'quantitative', ...numericAxis(yTitle, yScale, yDomain) } as const;
  const mean = { ...y, field: 'mean' } as const;
  const drawn = names.map((name) =>
    values.filter((one) => one.name === name).map((one) => [toX(one.at), toY(one.mean)] as const),
  );
  return {
    ...spec,
    data: { values },
    layer: [
      ...head,
      { mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y: mean, color, strokeDash } },
      {
        transform: [{ filter: 'datum.low !== null' }],
        mark: { type: 'rule', strokeWidth: 1.4 },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      ...[true, false].map((isWhole) => ({
        transform: [{ filter: isWhole ? 'datum.diverged === 0' : 'datum.diverged > 0' }],
        mark: { type: 'point' as const, filled: isWhole, size: 34, opacity: 1, ...(isWhole ? {} : { fill: 'white' }) },
        encoding: { x, y: mean, color },
      })),
      {
        transform: [{ filter: 'datum.isChosen' }],
        mark: { type: 'point', filled: false, size: 190, strokeWidth: 1.8, opacity: 1 },
        encoding: { x, y: mean, color },
      },
      ...referenceLayers(placeLabels(lines, toY, { width, height, lines: drawn })),
      ...divergedRows(names, diverging, (one) => (onX(one) ? toX(one) : null), gap),
    ],
  };
}

/** What the marks mean that are there. */
function noteOf(series: readonly SensitivitySeries[], left: number): string {
  const points = series.flatMap((one) => one.points);
  const counts = [...new Set(points.map(({ seeds }) => seeds))];
  const parts = [
    `${counts.length === 1 ? `${counts[0]} seed${counts[0] === 1 ? '' : 's'}` : `${Math.min(...counts)} to ${Math.max(...counts)} seeds`} a point`,
  ];
  if (points.some(({ low }) => low !== null)) parts.push('bars: 95 % bootstrap interval');
  if (series.some(({ chosen, points: own }) => own.some(({ x }) => x === chosen))) parts.push('ring: the value in use');
  if (points.some(({ diverged }) => diverged > 0)) parts.push('×: seeds that diverged, of all');
  if (points.some(({ mean, diverged }) => diverged > 0 && Number.isFinite(mean)))
    parts.push('hollow: mean of the others');
  if (left > 0) parts.push(`${left} point${left === 1 ? '' : 's'} at 0 without a place on this axis`);
  return parts.join('; ');
}
