/** Whole tables as CSV, read line by line as fast as they are taken. */
import { Readable } from 'node:stream';
import { findStudy } from '../export/find-study.ts';
import { flattenRow } from '../export/flatten.ts';
import { metricsTable } from '../export/metrics-table.ts';
import { runsTable } from '../export/runs-table.ts';
import { studyTable } from '../export/study-table.ts';
import { cell, type Table } from '../export/table.ts';
import { csvRecord } from '../export/write-csv.ts';
import { readMeasurements } from '../results/measurements-file.ts';
import type { Trace } from '../results/trace-file.ts';
import type { Inside } from './inside.ts';
import { linesOf } from './lines.ts';
import type { FoundRun, Records } from './records.ts';
import { rowOf } from './rows.ts';

export type TableName = 'metrics' | 'runs' | 'study';

/** null: there is no such table. */
export async function tableOf(
  inside: Inside,
  records: Records,
  experiment: string,
  name: TableName,
): Promise<Table | null> {
  if (name === 'study') return measured(inside, experiment);
  const { runs } = await records.all(experiment);
  const readable: FoundRun[] = [];
  for (const run of runs) if (name === 'runs' || (await hasOwnMetrics(inside, run))) readable.push(run);
  if (readable.length === 0) return null;
  return name === 'runs' ? runsTable(readable) : metricsTable(readable, () => undefined);
}

/** No link to elsewhere in its place. */
async function hasOwnMetrics(inside: Inside, { names }: FoundRun): Promise<boolean> {
  return (await inside.file(...names, 'metrics.jsonl')) !== null;
}

async function measured(inside: Inside, experiment: string): Promise<Table | null> {
  const folder = await inside.path(experiment);
  const found = folder === null ? null : findStudy(folder, experiment);
  const file = found && (await inside.file(experiment, 'measured', `${found.code}.jsonl`));
  return file ? studyTable(experiment, found!.code, readMeasurements(file.path)) : null;
}

const BLOCK = 1 << 15; // characters at a time

export function* csvText({ columns, rows }: Table): Generator<string> {
  let text = csvRecord(columns.map(({ name }) => name));
  for (const row of rows()) {
    text += csvRecord(row);
    if (text.length < BLOCK) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** The lines of a file of JSON lines; the first one says which columns there are. */
export const linesCsv = (path: string, bytes: number): Readable => Readable.from(recordsOf(path, bytes));

async function* recordsOf(path: string, bytes: number): AsyncGenerator<string> {
  let columns: string[] | null = null;
  for await (const line of linesOf(path, { to: bytes })) {
    const row = rowOf(line);
    if (row === null) continue;
    const named = new Map(flattenRow(row));
    if (columns === null) yield csvRecord((columns = [...named.keys()]));
    yield csvRecord(columns.map((name) => plain(named.get(name))));
  }
}

const plain = (value: unknown) => (typeof value === 'number' ? cell(value, 'real') : cell(value, 'text'));

export function* traceCsv({ from, prediction, cumulant, discount, start, value }: Trace): Generator<string> {
  yield csvRecord(['step', 'prediction', 'cumulant', 'discount', 'start', 'value']);
  for (let i = 0; i < prediction.length; i++)
    yield csvRecord([from + i, prediction[i]!, cumulant[i]!, discount[i]!, start[i]!, value?.[i] ?? null]);
}
