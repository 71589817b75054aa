/** Where the names of points go so that none lies on another: greedy, from the topmost point down. */

export interface Point {
  readonly x: number; // px, y downwards
  readonly y: number;
  readonly name: string;
}

export interface PlacedName extends Point {
  readonly left: number; // px, where the text begins
  readonly middle: number; // px, of its height
  readonly line: { readonly x: number; readonly y: number } | null; // where a line from the point to a far name ends
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const LETTER = 6.8; // px, of an 11 px font on average
const HEIGHT = 13; // px of a line of it
const RADIUS = 6; // px kept free around a point
const GAP = 9; // px between a point and its name
const STEP = 7; // px between heights that are tried
const TRIES = 24; // heights

/** Whatever else a point holds comes back with its place. */
export type Placed<P extends Point> = P & PlacedName;

interface Room {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly number[]; // heights of lines across, which names are to keep off
  readonly bars?: readonly { readonly x: number; readonly top: number; readonly bottom: number }[]; // upright ones too
}

export function placeNames<P extends Point>(
  points: readonly P[],
  { width, height, lines, bars = [] }: Room,
): Placed<P>[] {
  const taken: Box[] = points.map(({ x, y }) => around(x, y)); // and every name that has its place
  const cost = (point: Point, box: Box): number => {
    const isOutside = box.left < 0 || box.right > width || box.top < 0 || box.bottom > height;
    const met = taken.filter((other) => overlap(box, other)).length;
    const crossed =
      lines.filter((y) => box.top < y && y < box.bottom).length +
      bars.filter(({ x, top, bottom }) => overlap(box, { left: x - 2, right: x + 2, top, bottom })).length;
    const passed = taken.filter((other) => passes(point, lineTo(point, box), other)).length;
    return 1000 * met + (isOutside ? 500 : 0) + 40 * crossed + 60 * passed;
  };
  return [...points]
    .sort((a, b) => a.y - b.y || a.x - b.x)
    .map((point) => {
      const best = candidates(point)
        .map((place) => ({ ...place, cost: cost(point, place.box) + place.distance }))
        .reduce((a, b) => (b.cost < a.cost ? b : a));
      taken.push(best.box);
      return { ...point, left: best.box.left, middle: best.box.top + HEIGHT / 2, line: lineTo(point, best.box) };
    });
}

/** The nearest place at the edge of a name, where that is not beside the point anyway. */
function lineTo({ x, y }: Point, { left, right, top, bottom }: Box): PlacedName['line'] {
  const end = { x: Math.max(left - 2, Math.min(right + 2, x)), y: Math.max(top, Math.min(bottom, y)) };
  return Math.hypot(end.x - x, end.y - y) > GAP ? end : null;
}

/** Does the line from a point to its name lead through this box, which is not the point's own? */
function passes({ x, y }: Point, end: PlacedName['line'], box: Box): boolean {
  if (end === null || overlap(box, { left: x, right: x, top: y, bottom: y })) return false;
  return Array.from({ length: 9 }, (_, i) => (i + 1) / 10).some((share) => {
    const [px, py] = [x + share * (end.x - x), y + share * (end.y - y)];
    return overlap(box, { left: px, right: px, top: py, bottom: py });
  });
}

const around = (x: number, y: number): Box => ({
  left: x - RADIUS,
  right: x + RADIUS,
  top: y - RADIUS,
  bottom: y + RADIUS,
});

/** To the right, to the left and in the middle, at the point's height and ever farther above and below. */
function candidates({ x, y, name }: Point): { box: Box; distance: number }[] {
  const length = LETTER * name.length;
  const shifts = Array.from({ length: TRIES }, (_, i) => STEP * Math.ceil(i / 2) * (i % 2 === 0 ? 1 : -1));
  return shifts.flatMap((shift) => {
    const [top, bottom] = [y + shift - HEIGHT / 2, y + shift + HEIGHT / 2];
    const from = (left: number, distance: number) => ({ box: { left, right: left + length, top, bottom }, distance });
    const far = Math.abs(shift);
    return [from(x + GAP, far), from(x - GAP - length, far + 1), from(x - length / 2, far + 2)]; // of equals the first
  });
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
