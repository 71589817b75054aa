/**
 * Which weights a net has, where that is a choice (Rows: `sources` of a group). theta has one place per weight at the start:
 * a weight that goes leaves its place free, one that comes takes a free place. Per group there are up to two matrices,
 * [rows x sources] of the input and of s_{t-1}. The constant and a unit's weight on itself are no choice (see snap.ts).
 */
import type { Cell, ParamGroup, Rows } from './types.ts';
import { UserError } from './user-error.ts';

/** In place of an index into theta: there is no such weight; there is one, for good. */
export const ABSENT = -1;
export const FIXED = -2;

/** A weight of a matrix is known by its number in it, row by row. */
export interface Matrix {
  readonly name: string; // e.g. update.input
  readonly firstRow: number;
  readonly rows: number;
  readonly sources: Int32Array; // [columns] index into pre
  readonly slot: Int32Array; // [rows x columns] index into theta, ABSENT or FIXED
}

export interface Topology {
  readonly matrices: readonly Matrix[];
  /** Per place in theta: row times width plus source of its weight, or -1. What everything else follows from. [p] */
  readonly place: Float64Array;
  drop(matrix: Matrix, number: number): number; // the place it leaves
  grow(matrix: Matrix, number: number, slot: number): void;
  restore(place: Float64Array): void;
  rows(): Rows; // made anew, the weights of a row by source
}

export function createTopology(cell: Cell, act: string): Topology {
  const first = cell.rows;
  if (!cell.restructure) throw isFixed(act);
  const { width } = first;
  const place = new Float64Array(cell.params.length).fill(-1);
  for (let r = 0; r < first.count; r++) {
    for (let e = first.start[r]!; e < first.start[r + 1]!; e++)
      place[first.param?.[e] ?? e] = r * width + first.source[e]!;
  }
  const matrices = first.groups.flatMap((group) => matricesOf(first, group));
  const columns = matrices.map(({ sources }) => {
    const column = new Int32Array(width).fill(-1);
    sources.forEach((source, j) => (column[source] = j));
    return column;
  });
  let revision = first.revision;
  const settle = (): void => {
    for (const matrix of matrices) clear(first, matrix);
    place.forEach((at, slot) => {
      const [r, source] = [Math.floor(at / width), at % width];
      matrices.forEach((matrix, m) => {
        if (at < 0 || r < matrix.firstRow || r >= matrix.firstRow + matrix.rows || columns[m]![source]! < 0) return;
        const number = (r - matrix.firstRow) * matrix.sources.length + columns[m]![source]!;
        if (matrix.slot[number] !== FIXED) matrix.slot[number] = slot;
      });
    });
  };
  settle();
  return {
    matrices,
    place,
    drop({ slot }, number) {
      const free = slot[number]!;
      slot[number] = ABSENT;
      place[free] = -1;
      return free;
    },
    grow({ slot, sources, firstRow }, number, free) {
      slot[number] = free;
      const r = firstRow + Math.floor(number / sources.length);
      place[free] = r * width + sources[number % sources.length]!;
    },
    restore(from) {
      place.set(from);
      settle();
    },
    rows: () => rowsOf(first, place, ++revision),
  };
}

function matricesOf({ inputSize: m }: Rows, { name, start, end, sources }: ParamGroup): Matrix[] {
  if (!sources) return [];
  const of = (kind: string, some: Int32Array): Matrix[] => {
    if (some.length === 0) return [];
    const slot = new Int32Array((end - start) * some.length);
    return [{ name: `${name}.${kind}`, firstRow: start, rows: end - start, sources: some, slot }];
  };
  return [
    ...of(
      'input',
      sources.filter((source) => source < m),
    ),
    ...of(
      'recurrent',
      sources.filter((source) => source > m),
    ),
  ];
}

/** No weight but those on the own unit, for good. */
function clear({ inputSize: m, components: b, dest, destStart }: Rows, matrix: Matrix): void {
  const { sources, slot, firstRow, rows } = matrix;
  for (let i = 0; i < rows; i++) {
    const unit = dest[destStart[firstRow + i]!]!;
    sources.forEach((source, j) => {
      const isOwn = source > m && Math.floor((source - m - 1) / b) === unit;
      slot[i * sources.length + j] = isOwn ? FIXED : ABSENT;
    });
  }
}

function rowsOf(first: Rows, place: Float64Array, revision: number): Rows {
  const { count, width } = first;
  const param = Int32Array.from(place.keys())
    .filter((slot) => place[slot]! >= 0)
    .sort((a, b) => place[a]! - place[b]!);
  const start = new Int32Array(count + 1);
  for (const slot of param) start[Math.floor(place[slot]! / width) + 1]!++;
  for (let r = 0; r < count; r++) start[r + 1]! += start[r]!;
  return { ...first, start, source: param.map((slot) => place[slot]! % width), param, revision };
}

function isFixed(act: string): UserError {
  return new UserError(
    `Cannot ${act}: which weights this cell has is part of its maths, or fixed; take tanh, ctrnn, gru or lstm`,
  );
}
