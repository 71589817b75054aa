/** What the pictures of experiments have in common: 900 px wide, room for title and legend, the same fonts. */
import { dashes, palette } from './palette.ts';
import type { Layers } from './reference-layers.ts';

export const PICTURE_WIDTH = 900; // px
export const LETTER = 6.9; // px, of a 12 px font, generously
const TITLE_LETTER = 10.2; // px, of the bold 16 px of a title
const AXIS_LETTER = 7; // px, of the 13 px of an axis' title
const NOTE_LETTER = 6.4; // px, of 12 px in a long text
const KEY = 46; // px of a legend's stroke and the air around it
const ROW = 18; // px of a legend's line
const LONGEST_BESIDE = 32; // letters: longer names stand below the plot

export interface FrameNeeds {
  readonly title: string;
  readonly note?: string; // a second, smaller line: how to read it
  readonly names: readonly string[]; // in the legend
  readonly height: number; // px of the plot
  readonly top?: number; // px kept free above the plot
  readonly left?: number; // px for the axis
  readonly headX?: number; // px, where title and note begin: 0 is the left edge of the plot
  readonly yTitle?: string; // set in lines as long as the plot is high
}

/** Everything of a specification but its marks, and the size of the plot: legends and titles find their room here. */
export function frame({
  title,
  note = '',
  names,
  height,
  top = 0,
  left: axis = 96,
  yTitle = '',
  headX = 0,
}: FrameNeeds) {
  const yLines = wrapped(yTitle, height, AXIS_LETTER);
  const left = axis + 15 * (yLines.length - 1);
  const longest = names.reduce((most, name) => Math.max(most, [...name].length), 0);
  const isBeside = names.length > 0 && longest <= LONGEST_BESIDE && names.length * ROW <= height;
  const right = isBeside ? KEY + 14 + LETTER * longest : 28;
  const width = PICTURE_WIDTH - left - right;
  const columns = Math.max(1, Math.min(4, Math.floor(width / (KEY + LETTER * longest))));
  const below = isBeside || names.length === 0 ? 0 : 22 + ROW * Math.ceil(names.length / columns);
  const room = width + right - headX;
  const titles = wrapped(title, room, TITLE_LETTER);
  const notes = note === '' ? [] : wrapped(note, room, NOTE_LETTER);
  const head = 20 * titles.length + 16 * notes.length + 22;
  return {
    width,
    height,
    yTitle: yLines,
    head: headLayers(titles, notes, head + top, headX),
    legend: {
      title: null,
      symbolOpacity: 1,
      labelLimit: 800,
      ...(isBeside ? { orient: 'right' } : { orient: 'bottom', columns, direction: 'horizontal', offset: 10 }),
    } as const,
    spec: {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      width,
      height,
      padding: { left, right, top: head + top, bottom: 58 + below },
      autosize: { type: 'none' },
      background: 'white',
      config: pictureConfig,
    } as const,
  };
}

/**
 * Title and note as texts at fixed places: Vega would set a title above everything, the axis' title among it, whose
 * length it only guesses.
 */
function headLayers(titles: readonly string[], notes: readonly string[], top: number, x: number): Layers {
  const line = (text: readonly string[], y: number, style: object) => ({
    data: { values: [{}] },
    mark: { type: 'text' as const, align: 'left' as const, baseline: 'top' as const, text: [...text], ...style },
    encoding: { x: { value: x }, y: { value: y } },
  });
  const title = line(titles, 8 - top, { fontSize: 16, fontWeight: 'bold', lineHeight: 20 });
  const note = line(notes, 10 - top + 20 * titles.length, { fontSize: 12, lineHeight: 16, color: '#444444' });
  return notes.length === 0 ? [title] : [title, note];
}

export const pictureConfig = {
  font: 'sans-serif',
  view: { stroke: null },
  axis: { labelFontSize: 12, titleFontSize: 13, titleFontWeight: 'normal', gridColor: '#e8e8e8', titlePadding: 10 },
  legend: { labelFontSize: 12 },
} as const;

/** Colour by name, then the colours again with the next dash, for `frame`'s legend. */
export function lineStyle(names: readonly string[], legend: object) {
  const stroke = { ...legend, symbolType: 'stroke', symbolStrokeWidth: 3, symbolSize: 300 } as const;
  const range = names.map((_, i) => palette[i % palette.length]!);
  const strokes = names.map((_, i) => [...dashes[Math.floor(i / palette.length) % dashes.length]!]);
  const field = { field: 'name', type: 'nominal', legend: stroke } as const;
  return {
    color: { ...field, scale: { domain: [...names], range } },
    strokeDash: { ...field, scale: { domain: [...names], range: strokes } },
  } as const;
}

/** Lines of a text that is so wide; a word longer than a line is left whole. */
export function wrapped(text: string, width: number, letter: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = `${lines.at(-1)!} ${word}`.trim();
    if (line.length * letter <= width || lines.at(-1) === '') lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}
