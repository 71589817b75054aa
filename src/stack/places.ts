/** Where the layers of a stack stand (src/stack.ts): their units, rows, parameters, and their places in its pre. */
import { places, type Shape } from '../rows.ts';
import { range } from '../sources.ts';
import type { Cell } from '../types.ts';
import { UserError } from '../user-error.ts';

/** How layers read one another, and which of them heads read. */
export interface StackOptions {
  readonly delayed?: boolean; // a layer reads the one below as it was one step ago, not as it is now
  readonly skip?: boolean; // upper layers read x too, behind the outputs of the layer below
  readonly heads?: 'top' | 'all'; // whose outputs heads read
}

/** One layer, from the bottom up. */
export interface StackLayer {
  readonly cell: Cell;
  readonly unit: number; // its first unit
  readonly row: number; // its first row
  readonly level: number; // its first layer of rows
  readonly theta: number; // its first parameter
  readonly place: Int32Array; // [width of its pre] -> place in the stack's pre
  readonly entry: Int32Array; // [its state entries] -> state entry of the stack, padded to the largest b
  readonly copies: number; // first place of its outputs of this very step; -1: nobody reads them
}

export function standLayers(
  cells: readonly Cell[],
  { delayed = false, skip = false }: StackOptions,
): { shape: Required<Shape>; layers: StackLayer[] } {
  if (cells.length === 0) throw new UserError('Cannot stack no cells: give one at least');
  const b = Math.max(...cells.map(({ components }) => components));
  const units = cells.reduce((sum, cell) => sum + cell.units, 0);
  const [{ inputSize: m }] = cells as [Cell];
  const { one, state, intermediate } = places({ inputSize: m, units, components: b });
  const layers: StackLayer[] = [];
  let [unit, row, level, theta, next] = [0, 0, 0, 0, intermediate];
  cells.forEach((cell, l) => {
    const { rows, readout } = cell;
    const below = layers.at(-1);
    const inputs = below ? [...outputs(below, delayed, state), ...(skip ? range(0, m) : [])] : range(0, m);
    check(cell, l, inputs.length, below?.cell.readout.length);
    const entry = Int32Array.from({ length: cell.units * cell.components }, (_, e) => {
      return (unit + Math.floor(e / cell.components)) * b + (e % cell.components);
    });
    const own = rows.width - places(rows).intermediate;
    const place = Int32Array.from([...inputs, one, ...Array.from(entry, (e) => state + e), ...range(next, own)]);
    next += own;
    const isCopied = !delayed && l < cells.length - 1;
    layers.push({ cell, unit, row, level, theta, place, entry, copies: isCopied ? next : -1 });
    if (isCopied) next += readout.length;
    unit += cell.units;
    row += rows.count;
    level += rows.layers;
    theta += cell.params.length;
  });
  return { shape: { inputSize: m, units, components: b, intermediates: next - intermediate }, layers };
}

/** Places in the stack's pre of what the layer above reads. */
function outputs({ cell, entry, copies }: StackLayer, delayed: boolean, state: number): number[] {
  return delayed ? Array.from(cell.readout, (e) => state + entry[e]!) : range(copies, cell.readout.length);
}

function check({ rows, units, inputSize }: Cell, l: number, given: number, below: number | undefined): void {
  if (units === 0) throw new UserError(`Cannot stack layer ${l}: it has no state`);
  if (inputSize !== given) {
    throw new UserError(`Cannot stack layer ${l}: it takes ${inputSize} inputs, and ${given} come to it`);
  }
  // Only what enters through sums has a derivative.
  if (below !== undefined && rows.source.every((source) => source >= below)) {
    throw new UserError(`Cannot stack layer ${l} on another: no sum of it reads its inputs; let it be the lowest`);
  }
}
