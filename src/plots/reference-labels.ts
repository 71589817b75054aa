import type { ReferenceLine } from './y-domain.ts';

/** What the labels must find room in, all in pixels of the plot, y downwards. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly (readonly (readonly [number, number])[])[]; // [series][points][x, y]
}

export interface PlacedLabel {
  readonly name: string;
  readonly value: number;
  readonly right: number; // px, right end of the text
  readonly above: boolean; // on the line or under it
}

const LABEL_HEIGHT = 15; // px, of an 11 px font with air
const CHARACTER_WIDTH = 6.4; // px, of the same font on average
const STRIDE = 20; // px between the places that are tried

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * A place along its line for the name of each reference: of all places, above and under the line, the one that meets the
 * fewest curves, other reference lines and earlier labels; of equals the rightmost, above. Greedy, top line first.
 */
export function placeLabels(
  references: readonly ReferenceLine[],
  toPixel: (value: number) => number,
  { width, height, lines }: Drawn,
): PlacedLabel[] {
  const taken: Box[] = [];
  const rules = references.map(({ value }) => toPixel(value));
  const cost = (box: Box, own: number): number => {
    if (box.left < 0 || box.top < 0 || box.bottom > height) return 1e6;
    const labels = taken.filter((t) => t.left < box.right && box.left < t.right && overlaps(t, box.top, box.bottom));
    const crossed = rules.filter((y) => y !== own && overlaps(box, y, y)).length;
    return 1000 * labels.length + 10 * crossed + lines.reduce((sum, line) => sum + crossings(line, box), 0);
  };
  return [...references]
    .sort((a, b) => toPixel(a.value) - toPixel(b.value))
    .map(({ name, value }) => {
      const y = toPixel(value);
      const length = CHARACTER_WIDTH * name.length;
      let best = { cost: Infinity, right: width, above: true, box: { left: 0, right: 0, top: 0, bottom: 0 } };
      for (let right = width - 4; right - length >= 0 || right === width - 4; right -= STRIDE) {
        for (const above of [true, false]) {
          const top = above ? y - LABEL_HEIGHT : y + 1;
          const box = { left: right - length, right, top, bottom: top + LABEL_HEIGHT - 1 };
          const here = cost(box, y);
          if (here < best.cost) best = { cost: here, right, above, box };
        }
      }
      taken.push(best.box);
      return { name, value, right: best.right, above: best.above };
    });
}

/** How many pieces of a polyline pass through the box. */
function crossings(line: Drawn['lines'][number], box: Box): number {
  let count = 0;
  for (let i = 1; i < line.length; i++) {
    const [x0, y0] = line[i - 1]!;
    const [x1, y1] = line[i]!;
    const from = Math.max(x0, box.left);
    const to = Math.min(x1, box.right);
    if (from > to) continue;
    const at = (x: number): number => (x1 === x0 ? y0 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0));
    if (overlaps(box, Math.min(at(from), at(to)), Math.max(at(from), at(to)))) count++;
  }
  return count;
}

function overlaps(box: Box, top: number, bottom: number): boolean {
  return top < box.bottom && bottom > box.top;
}
