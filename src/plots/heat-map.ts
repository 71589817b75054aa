import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';

export interface HeatMapCell {
  readonly x: number;
  readonly y: number;
  readonly value: number; // not finite: it diverged
}

export interface HeatMapPanel {
  readonly name: string;
  readonly cells: readonly HeatMapCell[];
}

export interface HeatMap {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly valueTitle: string;
  readonly panels: readonly HeatMapPanel[];
  readonly most?: number; // larger values have its colour
}

const COLUMNS = 3; // panels side by side
const CELL = 30; // px
const GREY = '#bdbdbd';

/** Two axes of steps, colour for the value on a log scale, a grey cell with a cross where it diverged; panels in a grid. */
export function heatMap({ title, xTitle, yTitle, valueTitle, panels, most = Infinity }: HeatMap): TopLevelSpec {
  const cut = panels.map(({ name, cells }) => ({ name, cells: cells.map((cell) => shown(cell, most)) }));
  const values = cut.flatMap(({ cells }) => cells.flatMap(({ value }) => value ?? []));
  if (cut.every(({ cells }) => cells.length === 0)) throw new UserError(`Cannot plot "${title}": there are no cells`);
  const domain = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const scale = { type: 'log', scheme: 'viridis', reverse: true, domain } as const;
  const legend = { title: valueTitle, format: '~g' } as const;
  const color = values.length === 0 ? {} : { color: { field: 'value', type: 'quantitative', scale, legend } as const };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    title,
    columns: COLUMNS,
    concat: cut.map(({ name, cells }) => {
      const x = { field: 'x', type: 'ordinal', sort: steps(cells, 'x'), axis: { title: xTitle } } as const;
      const y = { field: 'y', type: 'ordinal', sort: steps(cells, 'y').reverse(), axis: { title: yTitle } } as const;
      const diverged = { transform: [{ filter: 'datum.diverged' }], encoding: { x, y } };
      return {
        title: name,
        width: { step: CELL },
        height: { step: CELL },
        data: { values: cells },
        layer: [
          { transform: [{ filter: '!datum.diverged' }], mark: { type: 'rect' }, encoding: { x, y, ...color } },
          { ...diverged, mark: { type: 'rect', color: GREY } },
          { ...diverged, mark: { type: 'text', text: '×', fontSize: 16 } },
        ],
      };
    }),
    config: {
      font: 'sans-serif',
      title: { fontSize: 16, anchor: 'start', offset: 14 },
      axis: { labelFontSize: 11, titleFontSize: 12, titleFontWeight: 'normal', titlePadding: 8, labelOverlap: false },
      axisX: { labelAngle: -90 },
      axisY: { labelAngle: 0 },
    },
  };
}

interface Shown {
  readonly x: string;
  readonly y: string;
  readonly value: number | null;
  readonly diverged: boolean;
}

function shown({ x, y, value }: HeatMapCell, most: number): Shown {
  const diverged = !Number.isFinite(value);
  return { x: String(x), y: String(y), value: diverged ? null : Math.min(value, most), diverged };
}

/** What an axis shows, ascending. */
const steps = (cells: readonly Shown[], axis: 'x' | 'y'): string[] =>
  [...new Set(cells.map((cell) => Number(cell[axis])))].sort((a, b) => a - b).map(String);
