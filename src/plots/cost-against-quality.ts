import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { logTicks } from './log-ticks.ts';
import { palette, referenceColor } from './palette.ts';
import { placeNames } from './point-labels.ts';

/** One method: what it costs and how good it is. */
export interface CostPoint {
  readonly name: string;
  readonly cost: number; // positive
  readonly quality: number;
  readonly isOwn: boolean; // the one in use
}

export interface CostAgainstQuality {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly points: readonly CostPoint[];
  readonly best: number; // the best quality there is, a dashed line
}

const SIZE = { width: 900, height: 480 }; // px of the whole picture
const MARGIN = { left: 88, top: 48, bottom: 60, right: 36 };
const WIDTH = SIZE.width - MARGIN.left - MARGIN.right;
const HEIGHT = SIZE.height - MARGIN.top - MARGIN.bottom;

/** Named points over a logarithmic cost, as a Vega-Lite specification with its data inside. */
export function costAgainstQuality({ title, xTitle, yTitle, points, best }: CostAgainstQuality): TopLevelSpec {
  if (points.length === 0) throw new UserError(`Cannot plot "${title}": there are no points`);
  const costs = withAir(points.map(({ cost }) => Math.log10(cost)));
  const qualities = withAir([best, ...points.map(({ quality }) => quality)], 0.16); // names above the best
  const domain = costs.map((exponent) => 10 ** exponent) as [number, number];
  const x = { type: 'quantitative', scale: { type: 'log', domain, nice: false } } as const;
  const y = { type: 'quantitative', scale: { domain: qualities, nice: false, zero: false } } as const;
  const own = { field: 'isOwn', type: 'nominal', legend: null } as const;
  const color = { ...own, scale: { domain: [false, true], range: [palette[0], palette[1]] } } as const;
  const shape = { ...own, scale: { domain: [false, true], range: ['circle', 'diamond'] } } as const;
  const xAxis = { title: xTitle, format: '~s', values: logTicks(...domain) };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: WIDTH,
    height: HEIGHT,
    padding: MARGIN,
    autosize: { type: 'none' },
    background: 'white',
    title,
    data: { values: named(points, costs, qualities, best).sort((a, b) => Number(a.isOwn) - Number(b.isOwn)) }, // on top
    layer: [
      {
        data: { values: [{ quality: best }] },
        mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.2, color: referenceColor },
        encoding: { y: { ...y, field: 'quality' }, x: { value: 0 }, x2: { value: 'width' } },
      },
      {
        transform: [{ filter: 'datum.lineCost !== null' }],
        mark: { type: 'rule', strokeWidth: 0.8, color: '#999999' },
        encoding: {
          x: { ...x, field: 'cost' },
          y: { ...y, field: 'quality' },
          x2: { field: 'lineCost' },
          y2: { field: 'lineQuality' },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 80, opacity: 1 },
        encoding: {
          x: { ...x, field: 'cost', axis: xAxis },
          y: { ...y, field: 'quality', axis: { title: yTitle, format: '~g', values: ticksUpTo(best, qualities[0]) } },
          color,
          shape,
        },
      },
      {
        mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: 11 },
        encoding: {
          x: { ...x, field: 'nameCost' },
          y: { ...y, field: 'nameQuality' },
          text: { field: 'name' },
          color,
        },
      },
    ],
    config: {
      font: 'sans-serif',
      view: { stroke: null },
      title: { fontSize: 16, anchor: 'start', frame: 'group', offset: 14 },
      axis: { labelFontSize: 12, titleFontSize: 13, titleFontWeight: 'normal', gridColor: '#e8e8e8', titlePadding: 10 },
    },
  };
}

type Domain = readonly [low: number, high: number];

/** The points with places for their names, in the units of the axes. */
function named(points: readonly CostPoint[], costs: Domain, qualities: Domain, best: number) {
  const xOf = (cost: number): number => (WIDTH * (Math.log10(cost) - costs[0])) / (costs[1] - costs[0]);
  const yOf = (quality: number): number => (HEIGHT * (qualities[1] - quality)) / (qualities[1] - qualities[0]);
  const pixels = points.map(({ name, cost, quality }) => ({ name, x: xOf(cost), y: yOf(quality) }));
  const room = { width: WIDTH, height: HEIGHT, lines: [yOf(best)] };
  const costAt = (px: number): number => 10 ** (costs[0] + (px * (costs[1] - costs[0])) / WIDTH);
  const qualityAt = (px: number): number => qualities[1] - (px * (qualities[1] - qualities[0])) / HEIGHT;
  return placeNames(pixels, room).map(({ name, left, middle, line }) => ({
    ...points.find((point) => point.name === name)!,
    nameCost: costAt(left),
    nameQuality: qualityAt(middle),
    lineCost: line && costAt(line.x),
    lineQuality: line && qualityAt(line.y),
  }));
}

/** Round values at even steps, none above the best: there is nothing there but names. */
function ticksUpTo(best: number, low: number): number[] {
  const rough = (best - low) / 8;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((digit) => digit * power >= rough) ?? 10);
  const last = Math.floor(best / step + 1e-9);
  const count = last - Math.ceil(low / step) + 1;
  return Array.from({ length: count }, (_, i) => Number(((last - i) * step).toPrecision(12))).reverse();
}

/** From the least to the most, and some air, shares of the range. */
function withAir(values: readonly number[], above = 0.06): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const range = high - low || 1;
  return [low - 0.06 * range, high + above * range];
}
