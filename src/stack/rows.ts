/**
 * The rows of a stack (src/stack.ts). A row of a lower layer moves its own units and, within the step, every unit above
 * that its outputs reach.
 */
import { buildRows, type GroupSpec, type Shape } from '../rows.ts';
import { range } from '../sources.ts';
import type { Rows } from '../types.ts';
import { type Above, eachDirectRow, lookUp } from './links.ts';
import type { StackLayer } from './places.ts';
import { liveOf, type StackTables, tableMacs, tablesOf } from './tables.ts';

export function stackRows(shape: Shape, layers: readonly StackLayer[]): { rows: Rows; tables: StackTables[] } {
  const above = lookUp(layers);
  const columns = directColumns(layers, above);
  const groups = layers.flatMap((layer, l) => groupsOf(layer, l, above[l]!));
  const built = buildRows(shape, groups, { columns: (unit) => [...columns[unit]!].filter((v) => v !== unit) });
  const wired: Rows = { ...built, param: paramOf(layers) };
  const tables = layers.map((_, l) => tablesOf(layers, l, above, wired));
  const stack = structure(layers, above, tables);
  return { rows: { ...wired, ...liveOf(layers, tables, wired, stack.linkUnit.length), stack }, tables };
}

function groupsOf({ cell: { rows }, level, place }: StackLayer, l: number, { dest }: Above): GroupSpec[] {
  return rows.groups.map(({ name, start, end }) => ({
    name: `${l}.${name}`,
    rows: range(start, end - start).map((r) => ({
      layer: level + rows.layer[r]!,
      sources: Array.from(rows.source.subarray(rows.start[r], rows.start[r + 1]), (source) => place[source]!),
      destinations: dest[r]!,
    })),
  }));
}

/** Units that a unit reads at fixed sums: in its own layer, then below, where a lower unit that moves it reads them. */
function directColumns(layers: readonly StackLayer[], above: readonly Above[]): Set<number>[] {
  const columns = layers.flatMap(({ cell: { rows }, unit }) =>
    range(0, rows.units).map((v) => {
      const own = rows.direct.column.subarray(rows.direct.start[v], rows.direct.start[v + 1]);
      return new Set(Array.from(own, (column) => unit + column));
    }),
  );
  layers.forEach(({ cell, unit }, l) => {
    above[l]!.links.forEach((links, j) => {
      eachDirectRow(cell.rows, cell.readout[j]!, (s) => {
        for (const u of links.keys()) columns[u]!.add(unit + cell.rows.direct.column[s]!);
      });
    });
  });
  return columns;
}

function paramOf(layers: readonly StackLayer[]): Int32Array | null {
  if (layers.every(({ cell }) => cell.rows.param === null)) return null;
  return Int32Array.from(
    layers.flatMap(({ cell: { rows }, theta }) => Array.from(rows.source, (_, e) => theta + (rows.param?.[e] ?? e))),
  );
}

function structure(
  layers: readonly StackLayer[],
  above: readonly Above[],
  tables: readonly StackTables[],
): NonNullable<Rows['stack']> {
  const b = Math.max(...layers.map(({ cell }) => cell.components));
  const linkUnit: number[] = [];
  const linkEntry: number[] = [];
  above.forEach(({ links }, l) => {
    links.forEach((units, j) => {
      units.forEach((link, unit) => {
        linkUnit[link] = unit;
        linkEntry[link] = layers[l]!.entry[layers[l]!.cell.readout[j]!]!;
      });
    });
  });
  const copied = layers.flatMap(({ cell, copies }) => (copies < 0 ? [] : range(copies, cell.readout.length)));
  return {
    layerOfUnit: Int32Array.from(layers.flatMap(({ cell }, l) => range(0, cell.units).map(() => l))),
    copies: Int32Array.from(copied),
    linkUnit: Int32Array.from(linkUnit),
    linkEntry: Int32Array.from(linkEntry),
    macs: layers.reduce((sum, { cell }, l) => {
      return sum + tableMacs(tables[l]!, cell.components, b) + (cell.rows.stack?.macs ?? 0);
    }, 0),
  };
}
