import type { Layers } from './reference-layers.ts';

/** A field that holds pixels of the plot. */
export const pixel = (field: string) => ({ field, type: 'quantitative', scale: null }) as const;

/** Words at a place in pixels; negative ones lie beside or above the plot. */
export function text(words: string, x: number, y: number, style: object): Layers[number] {
  const mark = { type: 'text' as const, text: words, fontSize: 11, baseline: 'middle' as const, ...style };
  return { data: { values: [{}] }, mark, encoding: { x: { value: x }, y: { value: y } } };
}
