/** Some lines of a file of JSON lines, evenly: memory is that of twice as many as are asked for. */
import type { Row, Rows } from './protocol.ts';
import { type Line, linesOf, type Stretch } from './lines.ts';
import { isDeep } from './sound.ts';

/** At most `points` of what is added, evenly from the first, and the last. */
export interface Thinning<T> {
  readonly count: number; // that were added
  add(one: T, bytes?: number): void; // its size, where the sum of them is to be bounded
  all(): T[];
  /** Up to twice as many: each 1st, 2nd, 4th, 8th ... of what was added, so that of two files the rarer are in the other too. */
  nested(): readonly T[];
}

const FULL = 1 << 23; // bytes of what is kept

export function thinning<T>(points: number): Thinning<T> {
  let kept: { readonly one: T; readonly bytes: number }[] = [];
  let held = 0; // bytes
  let stride = 1;
  let count = 0;
  let last: T | undefined;
  return {
    get count() {
      return count;
    },
    add(one, bytes = 0) {
      last = one;
      if (count++ % stride !== 0) return;
      kept.push({ one, bytes });
      held += bytes;
      if (kept.length < 2 * points && held <= FULL) return;
      kept = kept.filter((_, i) => i % 2 === 0);
      held = kept.reduce((sum, { bytes: size }) => sum + size, 0);
      stride *= 2;
    },
    nested: () => kept.map(({ one }) => one),
    all() {
      const all = kept.map(({ one }) => one);
      const some =
        all.length <= points
          ? all
          : Array.from({ length: points }, (_, i) => all[Math.floor((i * all.length) / points)]!);
      if (last === undefined || some.at(-1) === last) return some;
      return [...some.slice(0, some.length < points ? undefined : points - 1), last];
    },
  };
}

export async function rowsOf(path: string, points: number, stretch: Stretch = {}): Promise<Rows> {
  const { some, end } = await readRows(path, points, stretch);
  return { rows: some.all(), of: some.count, end };
}

/** Only lines that are kept are read as rows: of a hundred thousand, a thousand. */
export async function readRows(path: string, points: number, stretch: Stretch = {}) {
  const lines = thinning<Line>(points);
  let end = stretch.from ?? 0;
  for await (const line of linesOf(path, stretch)) {
    end = line.at + line.bytes + 1;
    if (!line.isLong && line.text.includes('"step":')) lines.add(line, line.bytes);
  }
  const rows = (some: readonly Line[]): Row[] => some.flatMap((line) => rowOf(line) ?? []);
  return { some: { count: lines.count, all: () => rows(lines.all()), nested: () => rows(lines.nested()) }, end };
}

/** null: it is none, whatever it is. */
export function rowOf({ text, isLong }: Line): Row | null {
  if (isLong) return null;
  try {
    const row = JSON.parse(text) as Row | null;
    return Number.isSafeInteger(row?.step) && !isDeep(row) ? row : null;
  } catch {
    return null;
  }
}
