import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { type AxisScale, domainOf, numericAxis, scaleFor, share, valueAt } from './axis-scale.ts';
import { frame } from './frame.ts';
import { palette } from './palette.ts';
import { placeNames } from './point-labels.ts';

/** What a method costs a step and how far off it ends, with the interval of its error. */
export interface CostPointWithInterval {
  readonly name: string;
  readonly cost: number;
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly isOwn?: boolean; // to be told from the others: a diamond in another colour
}

export interface ErrorAgainstCost {
  readonly title: string;
  readonly note?: string;
  readonly xTitle: string; // multiply-adds per step, or microseconds per step
  readonly yTitle: string;
  readonly points: readonly CostPointWithInterval[];
  readonly xScale?: AxisScale; // log, unless a cost is zero
  readonly yScale?: AxisScale; // by the values
}

const ROOM = 22; // px of height per name that the plot is to have
const LONGEST = 60; // letters of a name beside its point; the middle of a longer one is left out

/** A named point per method over what a step of it costs, with the interval of its error; names keep off each other. */
export function errorAgainstCost(options: ErrorAgainstCost): TopLevelSpec {
  const { title, note = noteOf(options.points) } = options;
  const known = options.points.filter(({ cost, mean }) => Number.isFinite(cost + mean));
  const xScale = options.xScale ?? (known.every(({ cost }) => cost > 0) ? 'log' : 'linear');
  const edgesOf = ({ mean, low, high }: CostPointWithInterval): number[] => [mean, low ?? mean, high ?? mean];
  const yScale = options.yScale ?? scaleFor(known.map(({ mean }) => mean));
  const points = known.filter(
    ({ cost, mean }) => (xScale === 'linear' || cost > 0) && (yScale === 'linear' || mean > 0),
  );
  if (points.length === 0) throw new UserError(`Cannot plot "${title}": there are no points with a cost and an error`);
  const height = Math.max(372, ROOM * points.length + 60);
  const { spec, head, width, yTitle } = frame({ title, note, names: [], height, yTitle: options.yTitle });
  const around = domainOf(
    points.map(({ cost }) => cost),
    xScale,
    0.08,
  );
  const names = Math.min(150, 6.8 * Math.max(...points.map(({ name }) => name.length))); // px for those at the right
  const xDomain = [around[0], valueAt(1 + names / width, xScale, around)] as const;
  const yDomain = domainOf(points.flatMap(edgesOf), yScale, 0.08);
  const toX = (cost: number): number => width * share(cost, xScale, xDomain);
  const toY = (value: number): number => height * (1 - share(value, yScale, yDomain));
  const bars = points.flatMap(({ cost, low, high }) =>
    low === null || high === null ? [] : [{ x: toX(cost), top: toY(high), bottom: toY(Math.max(low, yDomain[0])) }],
  );
  const places = placeNames(
    points.map(({ name, cost, mean }, i) => ({ name: shortened(name), x: toX(cost), y: toY(mean), i })),
    { width, height, lines: [], bars },
  );
  const values = places.map(({ i, name, left, middle, line }) => {
    const { low, high, isOwn = false, ...point } = points[i]!;
    const hasBar = low !== null && high !== null;
    return {
      ...{ ...point, isOwn, label: name, low: hasBar ? Math.max(low, yDomain[0]) : null, high: hasBar ? high : null },
      ...{ nameX: valueAt(left / width, xScale, xDomain), nameY: valueAt(1 - middle / height, yScale, yDomain) },
      ...(line === null
        ? { lineX: null, lineY: null }
        : { lineX: valueAt(line.x / width, xScale, xDomain), lineY: valueAt(1 - line.y / height, yScale, yDomain) }),
    };
  });
  const x = { type: 'quantitative', ...numericAxis(options.xTitle, xScale, xDomain) } as const;
  const y = { type: 'quantitative', ...numericAxis(yTitle, yScale, yDomain) } as const;
  const own = { field: 'isOwn', type: 'nominal', legend: null } as const;
  const color = { ...own, scale: { domain: [false, true], range: [palette[0], palette[1]] } } as const;
  const shape = { ...own, scale: { domain: [false, true], range: ['circle', 'diamond'] } } as const;
  const at = { x: { ...x, field: 'cost' }, y: { ...y, field: 'mean' } } as const;
  const label = { type: 'text', align: 'left', baseline: 'middle', fontSize: 11 } as const;
  const text = { x: { ...x, field: 'nameX' }, y: { ...y, field: 'nameY' }, text: { field: 'label' } } as const;
  return {
    ...spec,
    data: { values },
    layer: [
      ...head,
      {
        transform: [{ filter: 'datum.lineX !== null' }],
        mark: { type: 'rule', strokeWidth: 0.8, color: '#999999' },
        encoding: { ...at, x2: { field: 'lineX' }, y2: { field: 'lineY' } },
      },
      {
        transform: [{ filter: 'datum.low !== null' }],
        mark: { type: 'rule', strokeWidth: 1.6, opacity: 0.7 }, // of methods that cost the same they lie on each other
        encoding: { x: at.x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      { mark: { type: 'point', filled: true, size: 80, opacity: 1 }, encoding: { ...at, color, shape } },
      { mark: { ...label, color: 'white', stroke: 'white', strokeWidth: 3, strokeJoin: 'round' }, encoding: text },
      { mark: label, encoding: { ...text, color } },
    ],
  };
}

/** How many methods are missing, and why. */
function noteOf(points: readonly CostPointWithInterval[]): string {
  const left = points.filter(({ cost, mean }) => !Number.isFinite(cost + mean)).map(({ name }) => name);
  const bars = points.some(({ low }) => low !== null) ? ['bars: 95 % bootstrap interval'] : [];
  return [...bars, ...(left.length === 0 ? [] : [`without a finite error: ${left.join(', ')}`])].join('; ');
}

function shortened(name: string): string {
  const letters = [...name];
  if (letters.length <= LONGEST) return name;
  const half = (LONGEST - 1) / 2;
  return `${letters.slice(0, Math.ceil(half)).join('')}…${letters.slice(-Math.floor(half)).join('')}`;
}
