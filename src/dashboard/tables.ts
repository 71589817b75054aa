/** Whole tables as CSV, read line by line as fast as they are taken. */
import { Readable } from 'node:stream';
import { flattenRow } from '../export/flatten.ts';
import { runsTable } from '../export/runs-table.ts';
import { studyTable } from '../export/study-table.ts';
import { cell, type Table } from '../export/table.ts';
import { readMeasurements } from '../results/measurements-file.ts';
import type { Trace } from '../results/trace-file.ts';
import { csvLine } from './csv-line.ts';
import type { Inside } from './inside.ts';
import { linesOf } from './lines.ts';
import { measuredFile } from './measured-file.ts';
import { metricsCsv } from './metrics-csv.ts';
import type { Records } from './records.ts';
import { rowOf } from './rows.ts';

export type TableName = 'metrics' | 'runs' | 'study';

/** Its text; null: there is no such table. */
export async function tableOf(
  inside: Inside,
  records: Records,
  experiment: string,
  name: TableName,
): Promise<Readable | null> {
  if (name === 'study') return measured(inside, experiment);
  const { runs } = await records.all(experiment);
  if (name === 'metrics') return metricsCsv(inside, runs);
  return runs.length === 0 ? null : Readable.from(csvText(runsTable(runs)));
}

async function measured(inside: Inside, experiment: string): Promise<Readable | null> {
  const file = await measuredFile(inside, experiment);
  return file && Readable.from(csvText(studyTable(experiment, file.code, readMeasurements(file.path))));
}

function* csvText({ columns, rows }: Table): Generator<string> {
  yield csvLine(columns.map(({ name }) => name));
  for (const row of rows()) yield csvLine(row);
}

/** The lines of a file of JSON lines; the first one says which columns there are. */
export const linesCsv = (path: string, bytes: number): Readable => Readable.from(recordsOf(path, bytes));

async function* recordsOf(path: string, bytes: number): AsyncGenerator<string> {
  let columns: string[] | null = null;
  for await (const line of linesOf(path, { to: bytes })) {
    const row = rowOf(line);
    if (row === null) continue;
    const named = new Map(flattenRow(row));
    if (columns === null) yield csvLine((columns = [...named.keys()]));
    yield csvLine(columns.map((name) => plain(named.get(name))));
  }
}

const plain = (value: unknown) => (typeof value === 'number' ? cell(value, 'real') : cell(value, 'text'));

export function* traceCsv({ from, prediction, cumulant, discount, start, value }: Trace): Generator<string> {
  yield csvLine(['step', 'prediction', 'cumulant', 'discount', 'start', 'value']);
  for (let i = 0; i < prediction.length; i++)
    yield csvLine([from + i, prediction[i]!, cumulant[i]!, discount[i]!, start[i]!, value?.[i] ?? null]);
}
