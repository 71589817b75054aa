/**
 * Rows side by side: W consecutive rows of a group share a record, and their entries share lines (assembly/quad.ts).
 * What an entry reads decides how: a run that is the same for all W rows, W neighbours, or W values anywhere. Rows of
 * unequal length are padded with entries that read 0.
 */
import type { Rows } from '../types.ts';
import type { PreLayout } from './pre-layout.ts';

export interface Quad {
  readonly rows: readonly (number | null)[]; // [W] null = padding
  readonly slot: number; // of its first row
  readonly run: number; // entries
  readonly runAt: number; // byte offset in pre
  readonly vectors: readonly number[]; // byte offsets in pre
  readonly gathers: readonly number[]; // W byte offsets each
  readonly firstLine: number;
  readonly lines: number;
}

export interface Quads {
  readonly all: readonly Quad[];
  readonly layerStart: readonly number[]; // [layers + 1] first quad
  readonly shareStart: readonly number[]; // [threads + 1] first quad
  readonly slots: number;
  readonly lines: number;
  readonly slotOf: Int32Array; // [rows]
  readonly lineOf: Int32Array; // [entries]
  readonly laneOf: Int32Array; // [entries]
}

/** Rows as far as they are laid out: of a cell, or of what else is a weighted sum. */
export type SumRows = Pick<Rows, 'count' | 'layers' | 'layer' | 'start' | 'source' | 'groups'>;
/** Where sources lie. */
export type SourcePlaces = Pick<PreLayout, 'offset' | 'zeroAt'>;

/** `shares` threads get neighbouring units each, and their records and lines one behind the other. */
export function layOutQuads(rows: SumRows, pre: SourcePlaces, lanes: number, shares = 1): Quads {
  const slotOf = new Int32Array(rows.count);
  const lineOf = new Int32Array(rows.source.length);
  const laneOf = new Int32Array(rows.source.length);
  const all: Quad[] = [];
  const layerStart = [0];
  const shareStart = [0];
  const firstSlot: number[] = []; // of every group
  let slots = 0;
  for (const { start, end } of rows.groups) {
    firstSlot.push(slots);
    slots += Math.ceil((end - start) / lanes) * lanes;
  }
  let line = 0;
  const add = (group: number, first: number): void => {
    const { start, end } = rows.groups[group]!;
    const slot = firstSlot[group]! + first - start;
    const members = Array.from({ length: lanes }, (_, l) => (first + l < end ? first + l : null));
    const order = arrange(rows, pre, members, lanes);
    members.forEach((r, lane) => {
      if (r === null) return;
      slotOf[r] = slot + lane;
      order.places.forEach((entries, i) => {
        const entry = entries[lane] ?? null;
        if (entry === null) return;
        lineOf[entry] = line + i;
        laneOf[entry] = lane;
      });
    });
    all.push({ rows: members, slot, ...order.reads, firstLine: line, lines: order.places.length });
    line += order.places.length;
  };
  for (let share = 0; share < shares; share++) {
    rows.groups.forEach(({ start, end }, group) => {
      while (layerStart.length <= rows.layer[start]!) layerStart.push(all.length);
      const [first, last] = shareOf(end - start, lanes, share, shares);
      for (let r = start + first; r < start + last; r += lanes) add(group, r);
    });
    shareStart.push(all.length);
  }
  while (layerStart.length <= rows.layers) layerStart.push(all.length);
  return { all, layerStart, shareStart, slots, lines: line, slotOf, lineOf, laneOf };
}

/** Which of `count` units belong to one of `shares` threads: whole vectors, as even as can be. */
export function shareOf(count: number, lanes: number, share: number, shares: number): [first: number, end: number] {
  const cut = (i: number): number => Math.min(count, Math.round(Math.ceil(count / lanes) * (i / shares)) * lanes);
  return [cut(share), cut(share + 1)];
}

type Entries = readonly (number | null)[]; // one per lane

/** Which entries share a line, in the order run, vectors, gathers. */
function arrange(rows: SumRows, pre: SourcePlaces, members: Entries, lanes: number) {
  const size = 16 / lanes;
  const length = Math.max(0, ...members.map((r) => (r === null ? 0 : rows.start[r + 1]! - rows.start[r]!)));
  const places = Array.from({ length }, (_, i): Entries => {
    return members.map((r) => (r !== null && rows.start[r]! + i < rows.start[r + 1]! ? rows.start[r]! + i : null));
  });
  const offsets = places.map((entries) => entries.map((e) => (e === null ? null : pre.offset(rows.source[e]!))));
  const isFull = (i: number): boolean => places[i]!.every((e, lane) => e !== null || members[lane] === null);
  const steps = (i: number, by: number): boolean =>
    isFull(i) && offsets[i]!.every((offset, lane) => offset === null || offset === offsets[i]![0]! + lane * by);
  const broadcasts = places.map((_, i) => steps(i, 0));
  const [first, run] = longestRun(broadcasts, offsets, size);
  const others = places.map((_, i) => i).filter((i) => i < first || i >= first + run);
  const vectors = others.filter((i) => steps(i, size));
  const gathers = others.filter((i) => !steps(i, size));
  const inRun = Array.from({ length: run }, (_, i) => first + i);
  return {
    places: [...inRun, ...vectors, ...gathers].map((i) => places[i]!),
    reads: {
      run,
      runAt: run === 0 ? pre.zeroAt : offsets[first]![0]!,
      vectors: vectors.map((i) => offsets[i]![0]!),
      gathers: gathers.flatMap((i) => offsets[i]!.map((offset) => offset ?? pre.zeroAt)),
    },
  };
}

/** The longest stretch of entries that all rows read alike, one after the other in pre. */
function longestRun(
  broadcasts: readonly boolean[],
  offsets: readonly Entries[],
  size: number,
): [first: number, length: number] {
  let best: [number, number] = [0, 0];
  let first = 0;
  for (let i = 0; i < broadcasts.length; i++) {
    const goesOn = i > first && broadcasts[i - 1]! && offsets[i]![0] === offsets[i - 1]![0]! + size;
    if (!goesOn) first = i;
    if (broadcasts[i] && i + 1 - first > best[1]) best = [first, i + 1 - first];
  }
  return best;
}
