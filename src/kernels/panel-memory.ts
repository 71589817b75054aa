/** Blocks of influence in compiled memory: the records that assembly/panels.ts reads. */
import { blockFinder, dynamicsPattern, valueTerms } from '../dynamics-structure.ts';
import { panelShapes, type PanelShape } from '../panel-shapes.ts';
import type { Cell } from '../types.ts';
import type { DirectMemory } from './direct-memory.ts';
import type { MemoryPlan } from './memory-plan.ts';
import type { PreLayout } from './pre-layout.ts';
import type { RowMemory } from './row-memory.ts';

export interface PanelMemory {
  readonly globals: Readonly<Record<string, number>>;
  readonly entries: number; // of the reference path's `influence`
  /** The address of one of them now: a panel's two blocks change places, `u32` reads where they are. */
  at(i: number, u32: (address: number) => number): number;
  /** The same panels once more, of another lane. */
  another(): Pick<PanelMemory, 'globals' | 'at'>;
}

/** Where a panel's numbers lie: the reference path has them row by row, without padding. */
interface Place {
  readonly first: number; // of its numbers
  readonly end: number;
  readonly rows: number;
  readonly bytes: number; // of a row
  readonly columnAt: readonly number[];
}

const PANEL = 52; // bytes of a record

export function panelMemory(
  cell: Cell,
  kept: readonly Int32Array[],
  plan: MemoryPlan,
  pre: PreLayout,
  rows: RowMemory,
  directs: DirectMemory,
  size: number,
): PanelMemory {
  const b = cell.components;
  const kp = rows.globals['kp']!;
  const pattern = dynamicsPattern(cell.rows);
  const records: number[][] = []; // without the blocks
  const places: Place[] = [];
  const errorAt = (entry: number): number => ((entry % b) * kp + Math.floor(entry / b)) * size;
  const sink = plan.take(16);
  for (const shape of panelShapes(cell.rows, kept)) {
    const { columnAt, columns } = paddedColumns(cell, shape, size);
    const bytes = columns.length * size;
    const made = { shape, columnAt, size };
    const targets = targetsOf(made, plan);
    const immediates = immediatesOf(made, cell, rows.gainAt);
    const read = new Set(cell.readout);
    const pulls = [...shape.kept].flatMap((entry, i) => (read.has(entry) ? [i * TILE, errorAt(entry)] : []));
    const span = (numbers: readonly number[]): [number, number] => {
      const at = plan.table(numbers);
      return [at, at + 4 * numbers.length];
    };
    const record = [bytes, ...span(targets), ...span(immediates)];
    record.push(plan.table(columns.map((i) => (i === null ? pre.zeroAt : pre.offset(shape.source[i]!)))));
    record.push(plan.table([1, 0, ...span(pulls)]), 0);
    record.push(plan.table(columns.map((i) => (i === null ? sink : rows.thetaAt(shape.param[i]!) + 32))));
    record.push(plan.take(bytes), shape.kept.length);
    records.push(record);
    const first = places.at(-1)?.end ?? 0;
    const end = first + shape.kept.length * shape.param.length;
    places.push({ first, end, rows: shape.kept.length, bytes, columnAt });
  }
  const blocks = (): ReturnType<PanelMemory['another']> => {
    const whole = records.flatMap((record, p) => {
      const bytes = places[p]!.rows * places[p]!.bytes;
      return [plan.take(bytes), plan.take(bytes), ...record];
    });
    const panels = plan.table(whole);
    return { globals: { panels, panelsEnd: panels + 4 * whole.length }, at: finder(places, panels) };
  };
  const own = blocks();
  const valuesBytes = pattern.column.length * b * b * size;
  const terms = valueTable(cell, rows, size);
  const direct = directTable(cell, directs, size);
  const valuesAt = plan.table(terms);
  const directAt = plan.table(direct);
  return {
    globals: {
      ...own.globals,
      values: plan.take(valuesBytes),
      valuesBytes,
      valueTerms: valuesAt,
      valueTermsEnd: valuesAt + 4 * terms.length,
      directTerms: directAt,
      directTermsEnd: directAt + 4 * direct.length,
    },
    entries: places.at(-1)?.end ?? 0,
    at: own.at,
    another: blocks,
  };
}

/** Numbers are asked for in order: the panel of the last one is nearly always that of the next. */
function finder(places: readonly Place[], panels: number): PanelMemory['at'] {
  let p = 0;
  return (i, u32) => {
    if (i < places[p]!.first) p = 0;
    while (i >= places[p]!.end) p++;
    const { first, rows, bytes, columnAt } = places[p]!;
    const row = Math.floor((i - first) / columnAt.length);
    const at = columnAt[(i - first) % columnAt.length]!;
    return u32(panels + PANEL * p) + tiled(bytes, rows, row, at);
  };
}

const TILE = 128; // bytes of a row in one tile

/** Byte offset of a number in a tiled panel: assembly/panels.ts. */
function tiled(bytes: number, rows: number, row: number, at: number): number {
  const before = at - (at % TILE);
  return before * rows + row * Math.min(bytes - before, TILE) + (at - before);
}

/** Columns row by row, every row padded to whole vectors. */
function paddedColumns({ rows }: Cell, shape: PanelShape, size: number) {
  const lanes = 16 / size;
  const columnAt: number[] = []; // byte offset of column i
  const columns: (number | null)[] = [];
  let i = 0;
  for (const r of shape.members) {
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++, i++) {
      columnAt.push(columns.length * size);
      columns.push(i);
    }
    while (columns.length % lanes !== 0) columns.push(null);
  }
  return { columnAt, columns };
}

interface Made {
  readonly shape: PanelShape;
  readonly columnAt: readonly number[];
  readonly size: number;
}

/** Targets, two at a time where neighbours read the same rows. */
function targetsOf({ shape, size }: Made, plan: MemoryPlan): number[] {
  const { hopStart, hopFrom, hopValue, kept } = shape;
  const targets: number[] = [];
  const hopsOf = (i: number) => Array.from({ length: hopStart[i + 1]! - hopStart[i]! }, (_, h) => hopStart[i]! + h);
  for (let i = 0; i < kept.length; i++) {
    const hops = hopsOf(i);
    const after = i + 1 < kept.length ? hopsOf(i + 1) : [];
    const isPair = hops.length === after.length && hops.every((h, k) => hopFrom[h] === hopFrom[after[k]!]);
    const table = hops.flatMap((h, k) => {
      const values = isPair ? [hopValue[h]! * size, hopValue[after[k]!]! * size] : [hopValue[h]! * size];
      return [hopFrom[h]! * TILE, ...values];
    });
    const at = plan.table(table);
    targets.push(isPair ? 2 : 1, i, at, at + 4 * table.length);
    if (isPair) i++;
  }
  return targets;
}

function immediatesOf({ shape, columnAt, size }: Made, cell: Cell, gainAt: RowMemory['gainAt']): number[] {
  const b = cell.components;
  const out: number[] = [];
  for (let i = 0; i < shape.immediate.length; i += 4) {
    const [local, gain, first, columns] = shape.immediate.subarray(i, i + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    const from = columnAt[first]!;
    const padded = Math.ceil((columns * size) / 16) * 16;
    out.push(local, gainAt(Math.floor(gain / b), gain % b), from, padded);
  }
  return out;
}

/** [gain, address of theta, value], the products that D is the sum of. */
function valueTable({ rows }: Cell, { gainAt, thetaAt }: RowMemory, size: number): number[] {
  const b = rows.components;
  const { dest, param, slot } = valueTerms(rows, dynamicsPattern(rows));
  const out: number[] = [];
  for (let i = 0; i < dest.length; i++) {
    for (let c = 0; c < b; c++) {
      if (!rows.live[dest[i]! * b + c]) continue;
      out.push(gainAt(dest[i]!, c), thetaAt(param[i]!), (slot[i]! + c * b) * size);
    }
  }
  return out;
}

/** [direct, value] */
function directTable({ rows, components: b }: Cell, { blocks }: DirectMemory, size: number): number[] {
  const blockOf = blockFinder(dynamicsPattern(rows));
  const out: number[] = [];
  for (const { to, from, at } of blocks) {
    const block = blockOf(to, from) * b * b;
    for (let c = 0; c < b * b; c++) out.push(at(c), (block + c) * size);
  }
  return out;
}
