/** The pixels of a heat map, many times a second: of the colour scale 256 shades, which are made once. */
import type { Heat } from './heat-map.tsx';
import { rangeOf, shareIn } from './heat-range.ts';
import { heat } from './palette.ts';

const SHADES = Uint8Array.from({ length: 3 * 256 }, (_, i) => heat(Math.floor(i / 3) / 255)[(i % 3) as 0 | 1 | 2]);

/** Red, green, blue and 255 of every number, row by row; `whole` is the range of all rows. */
export function paint(pixels: Uint8ClampedArray, { rows, isByRow }: Heat, whole: readonly [number, number]): void {
  let at = 0;
  for (const row of rows) {
    const share = shareIn(isByRow ? rangeOf([row]) : whole);
    for (const value of row) {
      const shade = 3 * Math.round(255 * share(value));
      for (let channel = 0; channel < 3; channel++) pixels[at++] = SHADES[shade + channel]!;
      pixels[at++] = 255;
    }
  }
}
