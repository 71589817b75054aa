/**
 * One row per line of metrics.jsonl, run by run, as `agent-state export` has them. The files are read twice, line by line:
 * for the columns, then for the rows.
 */
import { Readable } from 'node:stream';
import { flattenRow } from '../export/flatten.ts';
import { foundColumns, unlessTaken } from '../export/found-columns.ts';
import { runColumns } from '../export/run-columns.ts';
import { cell } from '../export/table.ts';
import { csvLine } from './csv-line.ts';
import type { FoundFile, Inside } from './inside.ts';
import { linesOf } from './lines.ts';
import type { FoundRun } from './records.ts';
import { rowOf } from './rows.ts';
import { LARGEST } from './sound.ts';

const MOST = 1000; // columns of metrics; what comes later has none

interface Metrics {
  readonly run: FoundRun;
  readonly file: FoundFile;
}

/** null: no run has any. A file that is too long to be shown is left out. */
export async function metricsCsv(inside: Inside, runs: readonly FoundRun[]): Promise<Readable | null> {
  const all: Metrics[] = [];
  for (const run of runs) {
    const file = await inside.file(...run.names, 'metrics.jsonl');
    if (file !== null && file.bytes <= LARGEST.rows) all.push({ run, file });
  }
  return all.length === 0 ? null : Readable.from(records(all));
}

async function* records(all: readonly Metrics[]): AsyncGenerator<string> {
  const metrics = await columnsOf(all);
  const each = runColumns(all.map(({ run }) => run));
  const own = each.columns.map(({ name }) => name);
  const taken = new Set([...own, 'step']);
  yield csvLine([...own, 'step', ...metrics.map(({ name }) => unlessTaken(name, taken, 'metric'))]);
  for (const { run, file } of all) {
    const begin = each.of(run);
    for await (const row of rowsIn(file)) {
      const values = new Map(flattenRow(row));
      yield csvLine([...begin, row.step, ...metrics.map(({ name, type }) => cell(values.get(name), type))]);
    }
  }
}

async function columnsOf(all: readonly Metrics[]) {
  const found = foundColumns();
  const names = new Set<string>();
  for (const { file } of all) {
    for await (const row of rowsIn(file)) {
      for (const [name, value] of flattenRow(row)) {
        if (names.size < MOST) names.add(name);
        if (names.has(name)) found.see(name, value);
      }
    }
  }
  return found.all().filter(({ name }) => name !== 'step');
}

async function* rowsIn({ path, bytes }: FoundFile) {
  for await (const line of linesOf(path, { to: bytes })) {
    const row = rowOf(line);
    if (row !== null) yield row;
  }
}
