/** One row per run: which it is, how it ended, what it scored and cost, and the code it ran. */
import type { IndexedRun } from '../results/run-index.ts';
import { flatten } from './flatten.ts';
import { foundColumns, unlessTaken } from './found-columns.ts';
import { runColumns } from './run-columns.ts';
import { cell, type Column, type Table } from './table.ts';

const ENDS: readonly Column[] = [
  { name: 'steps', type: 'whole' },
  { name: 'diverged', type: 'text' }, // the array that held a NaN or infinity
  { name: 'seconds', type: 'real' },
  { name: 'nsPerStep', type: 'real' },
  { name: 'parameters', type: 'whole' },
  { name: 'macsPerStep', type: 'real' },
  { name: 'code', type: 'text' },
  { name: 'commit', type: 'text' },
];

export function runsTable(runs: readonly IndexedRun[]): Table {
  const found = foundColumns();
  const scoresOf = ({ record }: IndexedRun) => (record.scores === null ? [] : flatten(record.scores));
  for (const run of runs) for (const [name, value] of scoresOf(run)) found.see(name, value);
  const each = runColumns(runs);
  const scores = found.all();
  const taken = new Set([...each.columns, ...ENDS].map(({ name }) => name));
  const named = scores.map(({ name, type }) => ({ name: unlessTaken(name, taken, 'score'), type }));
  return {
    columns: [...each.columns, ...named, ...ENDS],
    *rows() {
      for (const run of runs) {
        const { end, code, git } = run.record;
        const values = new Map(scoresOf(run));
        const told: Record<string, unknown> = { ...end, code, commit: git?.commit };
        yield [
          ...each.of(run),
          ...scores.map(({ name, type }) => cell(values.get(name), type)),
          ...ENDS.map(({ name, type }) => cell(told[name], type)),
        ];
      }
    },
  };
}
