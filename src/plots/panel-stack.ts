/** Panels under each other that share their width and the x axis, under a title, a note and a legend. */
import type { TopLevelSpec } from 'vega-lite';
import { PICTURE_WIDTH, pictureConfig, wrapped } from './frame.ts';
import { text } from './pixel-layers.ts';
import type { Layers } from './reference-layers.ts';

export interface LegendItem {
  readonly name: string;
  readonly mark: object; // how it is drawn in 24 x 12 px
}

export interface Panel {
  readonly height: number; // px
  readonly layer: Layers;
  readonly title?: string; // above it
}

const AXIS = 76; // px for numbers and title at the left
const EDGE = 14; // px of padding
const RIGHT = 28; // px at the right, for half a tick label
const BOTTOM = 52; // px for the x axis
const SPACING = 24; // px between panels
export const PANEL_WIDTH = PICTURE_WIDTH - AXIS - EDGE - RIGHT;

/** `x` axes are drawn by the panels: by the last one as a rule. */
export function panelStack(
  { title, note, legend }: { title: string; note: string; legend: readonly LegendItem[] },
  panels: readonly Panel[],
): TopLevelSpec {
  const titles = wrapped(title, PICTURE_WIDTH - 2 * EDGE, 10.2);
  const notes = note === '' ? [] : wrapped(note, PICTURE_WIDTH - 2 * EDGE, 6.5);
  const rows = legendRows(legend);
  const top = 20 * titles.length + 16 * notes.length;
  const height = top + 20 * rows.length + 6;
  const total = height + panels.reduce((sum, panel) => sum + SPACING + panel.height, 0);
  const head: Layers = [
    ...titles.map((line, i) => text(line, -AXIS, 20 * i + 8, { align: 'left', fontSize: 16, fontWeight: 'bold' })),
    ...notes.map((line, i) =>
      text(line, -AXIS, 20 * titles.length + 16 * i + 8, { align: 'left', fontSize: 12, color: '#444444' }),
    ),
    ...rows.flatMap((row, i) => row.flatMap(({ item, x }) => legendEntry(item, x - AXIS, top + 20 * i + 14))),
  ];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    // Left to itself Vega takes the bounds of all that is drawn, and guesses those of texts; it adds up no heights.
    autosize: { type: 'none' },
    padding: { left: AXIS + EDGE, right: RIGHT, top: EDGE, bottom: total + BOTTOM },
    spacing: SPACING,
    bounds: 'flush',
    vconcat: [
      { width: PANEL_WIDTH, height, view: { stroke: null }, layer: head },
      ...panels.map(({ layer, height: own, title: name }) => ({
        width: PANEL_WIDTH,
        height: own,
        layer:
          name === undefined
            ? layer
            : [...layer, text(name, 0, -9, { align: 'left', fontSize: 13, fontWeight: 'bold' })],
      })),
    ],
    config: {
      ...pictureConfig,
      axisY: { minExtent: AXIS - 24, maxExtent: AXIS - 24, titlePadding: 4 },
    },
  };
}

const AXIS_LETTER = 7.4; // px, of 13 px

/** The title of an upright axis where it has room beside the panel, else words for the note. */
export function besidePanel(title: string, height: number): { axis: string | null; note: string[] } {
  return title.length * AXIS_LETTER <= height ? { axis: title, note: [] } : { axis: null, note: [`upwards: ${title}`] };
}

/** As many to a line as there is room for. */
function legendRows(items: readonly LegendItem[]): { item: LegendItem; x: number }[][] {
  const rows: { item: LegendItem; x: number }[][] = [];
  let x = Infinity;
  for (const item of items) {
    const width = 50 + 7 * item.name.length;
    if (x + width > PICTURE_WIDTH - 2 * EDGE) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ item, x });
    x += width;
  }
  return rows;
}

function legendEntry({ name, mark }: LegendItem, x: number, y: number): Layers {
  const isArea = 'type' in mark && mark.type === 'rect';
  const encoding = isArea
    ? { x: { value: x }, x2: { value: x + 24 }, y: { value: y - 6 }, y2: { value: y + 6 } }
    : { x: { value: x }, x2: { value: x + 24 }, y: { value: y } };
  const words = text(name, x + 30, y, { align: 'left', fontSize: 12 });
  return [{ data: { values: [{}] }, mark: mark as { type: 'rule' }, encoding }, words];
}
