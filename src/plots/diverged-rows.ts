import { dashes, palette } from './palette.ts';
import type { Layers } from './reference-layers.ts';

/** A method and how many of its seeds diverged at each value. */
export interface DivergingSeries {
  readonly name: string;
  readonly chosen?: number;
  readonly points: readonly { readonly x: number; readonly seeds: number; readonly diverged: number }[];
}

export const ROW_HEIGHT = 15; // px

/**
 * Above a plot, a row per method: a cross over every value at which seeds diverged, and how many of them where the text
 * has room. At the left the stroke of the legend, as crosses have no dashes.
 */
export function divergedRows(
  names: readonly string[],
  diverging: readonly DivergingSeries[],
  toX: (x: number) => number | null, // px
  gap: number, // px between values
): Layers {
  if (diverging.length === 0) return [];
  const rowOf = (i: number): number => -8 - ROW_HEIGHT * (diverging.length - 1 - i) - ROW_HEIGHT / 2;
  const layers = diverging.flatMap(({ name, points, chosen }, i): Layers => {
    const index = names.indexOf(name);
    const color = palette[index % palette.length]!;
    const strokeDash = [...dashes[Math.floor(index / palette.length) % dashes.length]!];
    const y = { value: rowOf(i) };
    const crosses = points.flatMap(({ x, diverged, seeds }): Layers => {
      const px = toX(x);
      if (px === null || diverged === 0) return [];
      const text = `${diverged}/${seeds}`;
      const fits = 12 + 6 * text.length <= gap;
      const one = { data: { values: [{ name, x, diverged, seeds }] } };
      const mark = { type: 'text', baseline: 'middle', color } as const;
      return [
        { ...one, mark: { ...mark, text: '×', fontSize: 15, fontWeight: 'bold' }, encoding: { x: { value: px }, y } },
        ...(x === chosen
          ? [
              {
                ...one,
                mark: { type: 'point', shape: 'circle', size: 150, color, opacity: 1 } as const,
                encoding: { x: { value: px }, y },
              },
            ]
          : []),
        ...(fits
          ? [
              {
                ...one,
                mark: { ...mark, text, align: 'left', fontSize: 10 } as const,
                encoding: { x: { value: px + (x === chosen ? 9 : 6) }, y },
              },
            ]
          : []),
      ];
    });
    return [
      {
        data: { values: [{ name }] },
        mark: { type: 'rule', color, strokeDash, strokeWidth: 3 },
        encoding: { x: { value: -30 }, x2: { value: -12 }, y },
      },
      ...crosses,
    ];
  });
  const label = {
    type: 'text',
    text: 'diverged',
    align: 'right',
    baseline: 'middle',
    fontSize: 11,
    color: '#444444',
  } as const;
  return [{ data: { values: [{}] }, mark: label, encoding: { x: { value: -36 }, y: { value: rowOf(0) } } }, ...layers];
}

/** Between neighbours that are not the same, px. */
export function smallestGap(xs: readonly number[]): number {
  const sorted = [...xs].sort((a, b) => a - b);
  return sorted.reduce(
    (least, x, i) => (i > 0 && x - sorted[i - 1]! > 0.5 ? Math.min(least, x - sorted[i - 1]!) : least),
    200,
  );
}
