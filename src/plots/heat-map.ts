import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { type HeatCell, markCells, type ShownCell, type Wanted } from './heat-cells.ts';
import { PICTURE_WIDTH, wrapped } from './frame.ts';
import { tickExpression } from './tick-label.ts';

export type HeatMapCell = HeatCell;

export interface HeatMapPanel {
  readonly name: string;
  readonly cells: readonly HeatMapCell[];
}

export interface HeatMap {
  readonly title: string;
  readonly note?: string; // says what the marks are, unless given
  readonly xTitle: string;
  readonly yTitle: string;
  readonly valueTitle: string;
  readonly panels: readonly HeatMapPanel[];
  readonly most?: number; // larger values have its colour
  readonly best?: Wanted; // which values are good: they are bright, the best of a panel has a frame
}

const CELL = { good: 22, most: 40, least: 5 }; // px
const BESIDE = { axis: 86, legend: 140 }; // px
// Without a canvas Vega takes a letter for 0.8 of the font's size: lines are broken by that, for it sets the width.
const COLUMNS = 3; // panels side by side at most
const GREY = '#bdbdbd';

/**
 * Two axes of steps, a panel each for what else is varied, colour for the value, on a log scale where all are positive.
 * Cells in which a seed diverged are grey with a cross, or with how many did; the best cell of a panel has a frame.
 */
export function heatMap({
  title,
  xTitle,
  yTitle,
  valueTitle,
  panels,
  most = Infinity,
  best = 'least',
  ...rest
}: HeatMap): TopLevelSpec {
  const marked = panels.map(({ name, cells }) => ({ name, ...markCells(cells, most, best) }));
  if (marked.every(({ cells }) => cells.length === 0))
    throw new UserError(`Cannot plot "${title}": there are no cells`);
  const across = Math.max(...marked.map(({ xs }) => xs.length));
  const down = Math.max(...marked.map(({ ys }) => ys.length));
  const { columns, cell } = layout(panels.length, across);
  const all = marked.flatMap(({ cells }) => cells);
  const color = colorOf(all, valueTitle, best);
  const note = rest.note ?? noteOf(all, best);
  const isFlat = cell >= 9 * Math.max(...marked.flatMap(({ xs }) => xs.map((label) => label.length)));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    title: {
      text: wrapped(title, PICTURE_WIDTH - 40, 0.8 * 16),
      fontSize: 16,
      ...(note === '' ? {} : { subtitle: wrapped(note, PICTURE_WIDTH - 40, 0.8 * 12) }),
    },
    columns,
    concat: marked.map(({ name, cells, xs, ys }) => ({
      title: wrapped(name, Math.max(140, cell * across), 0.8 * 13),
      width: cell * xs.length,
      height: Math.min(CELL.most, Math.max(cell, 14)) * ys.length,
      data: { values: cells },
      layer: layers(xs, ys, xTitle, yTitle, cell, color),
    })),
    config: {
      font: 'sans-serif',
      view: { stroke: '#dddddd' },
      title: {
        fontSize: 13,
        anchor: 'start',
        offset: 8,
        subtitleFontSize: 12,
        subtitleColor: '#444444',
        subtitlePadding: 6,
      },
      axis: { labelFontSize: 11, titleFontSize: 12, titleFontWeight: 'normal', titlePadding: 8, grid: false },
      axisX: { labelAngle: isFlat ? 0 : -90, labelOverlap: cell < 13 },
      axisY: { labelAngle: 0, labelOverlap: down > 40 },
      legend: { titleFontSize: 12, titleFontWeight: 'normal', labelFontSize: 11, titleLimit: 320, gradientLength: 160 },
    },
  };
}

function layers(xs: string[], ys: string[], xTitle: string, yTitle: string, cell: number, color: object) {
  const x = { field: 'x', type: 'ordinal' as const, scale: { domain: xs }, axis: { title: xTitle } };
  const y = { field: 'y', type: 'ordinal' as const, scale: { domain: [...ys].reverse() }, axis: { title: yTitle } };
  const diverged = { transform: [{ filter: 'datum.diverged' }] };
  const words = cell >= 34 ? 'count' : 'cross';
  const rect = { type: 'rect' as const, ...(cell < 10 ? {} : { stroke: 'white', strokeWidth: 0.5 }) };
  return [
    { transform: [{ filter: '!datum.diverged' }], mark: rect, encoding: { x, y, ...color } },
    { ...diverged, mark: { ...rect, color: GREY }, encoding: { x, y } },
    {
      ...diverged,
      mark: { type: 'text' as const, fontSize: words === 'count' ? 10 : Math.min(16, 1.4 * cell) },
      encoding: { x, y, text: { field: words, type: 'nominal' as const } },
    },
    {
      transform: [{ filter: 'datum.isBest' }],
      mark: { type: 'rect' as const, filled: false, stroke: 'black', strokeWidth: 2.5 },
      encoding: { x, y },
    },
  ];
}

/** As many panels side by side as leave cells of a good size. */
function layout(panels: number, across: number): { columns: number; cell: number } {
  const sizeWith = (columns: number): number => ((PICTURE_WIDTH - BESIDE.legend) / columns - BESIDE.axis) / across;
  const most = Math.min(COLUMNS, panels);
  const columns = Array.from({ length: most }, (_, i) => most - i).find((count) => sizeWith(count) >= CELL.good) ?? 1;
  return { columns, cell: Math.floor(Math.max(CELL.least, Math.min(CELL.most, sizeWith(columns)))) };
}

function colorOf(cells: readonly ShownCell[], valueTitle: string, best: Wanted): object {
  const values = cells.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return {};
  const [low, high] = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const isLog = low > 0;
  const air = low < high ? 0 : isLog ? 0.1 * low : 0.5; // of one value alone a scale would have no length
  const domain = [low - air, high + air];
  const scale = {
    type: isLog ? ('log' as const) : ('linear' as const),
    scheme: 'viridis' as const,
    reverse: best === 'least',
    domain,
  };
  const legend = { title: wrapped(valueTitle, 130, 0.8 * 12), labelExpr: tickExpression };
  return { color: { field: 'value', type: 'quantitative', scale, legend } };
}

function noteOf(cells: readonly ShownCell[], best: Wanted): string {
  const parts = cells.some(({ diverged }) => diverged) ? ['grey, ×: seeds diverged'] : [];
  const framed = cells.some(({ isBest }) => isBest)
    ? [`frame: the ${best === 'least' ? 'lowest' : 'highest'} of a panel`]
    : [];
  const cut = cells.some(({ isCut }) => isCut) ? ['the last colour: that much or more'] : [];
  return [...parts, ...framed, ...cut].join('; ');
}
