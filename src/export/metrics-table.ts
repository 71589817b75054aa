/** One row per line of metrics.jsonl, run by run. The files are read twice: for the columns, then for the rows. */
import { join } from 'node:path';
import { type MetricsRow, readMetrics } from '../results/metrics-file.ts';
import type { IndexedRun } from '../results/run-index.ts';
import { UserError } from '../user-error.ts';
import { flattenRow } from './flatten.ts';
import { foundColumns, unlessTaken } from './found-columns.ts';
import { runColumns } from './run-columns.ts';
import { cell, type Table } from './table.ts';

/** `skip` is told of a run whose metrics cannot be read; the others go on. */
export function metricsTable(runs: readonly IndexedRun[], skip: (line: string) => void): Table {
  const found = foundColumns();
  const readable = runs.filter((run) => {
    const rows = rowsOf(run, skip);
    for (const row of rows ?? []) for (const [name, value] of flattenRow(row)) found.see(name, value);
    return rows !== null;
  });
  const each = runColumns(runs);
  const metrics = found.all().filter(({ name }) => name !== 'step');
  const taken = new Set([...each.columns.map(({ name }) => name), 'step']);
  return {
    columns: [
      ...each.columns,
      { name: 'step', type: 'whole' },
      ...metrics.map(({ name, type }) => ({ name: unlessTaken(name, taken, 'metric'), type })),
    ],
    *rows() {
      for (const run of readable) {
        const begin = each.of(run);
        for (const row of rowsOf(run, skip) ?? []) {
          const values = new Map(flattenRow(row));
          yield [...begin, row.step, ...metrics.map(({ name, type }) => cell(values.get(name), type))];
        }
      }
    },
  };
}

function rowsOf({ folder }: IndexedRun, skip: (line: string) => void): MetricsRow[] | null {
  try {
    return readMetrics(join(folder, 'metrics.jsonl'));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    skip(error.message);
    return null;
  }
}
