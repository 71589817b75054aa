/** One row per measurement of a study: its setting, its seed, what was measured, and where learning diverged. */
import type { Measurement } from '../results/measurements-file.ts';
import { foundColumns, unlessTaken } from './found-columns.ts';
import { cell, type Column, type Table } from './table.ts';

export function studyTable(study: string, code: string, measured: readonly Measurement[]): Table {
  const settings = foundColumns();
  const measures = foundColumns();
  for (const { setting, values } of measured) {
    for (const [name, value] of Object.entries(setting)) settings.see(name, value);
    for (const [name, value] of Object.entries(values ?? {})) measures.see(name, value);
  }
  const [keys, numbers] = [settings.all(), measures.all()];
  const fixed = new Set(['study', 'seed', 'diverged', 'code']);
  const begin = keys.map(({ name, type }) => ({ name: unlessTaken(name, fixed, 'config'), type }));
  const taken = new Set([...fixed, ...begin.map(({ name }) => name)]);
  const columns: Column[] = [
    { name: 'study', type: 'text' },
    ...begin,
    { name: 'seed', type: 'whole' },
    ...numbers.map(({ name, type }) => ({ name: unlessTaken(name, taken, 'measure'), type })),
    { name: 'diverged', type: 'text' },
    { name: 'code', type: 'text' },
  ];
  return {
    columns,
    *rows() {
      for (const { setting, seed, values, diverged } of measured) {
        const of = keys.map(({ name, type }) => cell(setting[name], type));
        const found = numbers.map(({ name, type }) => cell(values?.[name], type));
        yield [study, ...of, seed, ...found, diverged, code];
      }
    },
  };
}
