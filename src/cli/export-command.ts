/** agent-state export: what results/<experiment> holds, as CSV, Parquet or TensorBoard's event files; read from disk only. */
import { basename, join, resolve } from 'node:path';
import { outputFile, outputFolder } from '../export/output.ts';
import { findStudy } from '../export/find-study.ts';
import { metricsTable } from '../export/metrics-table.ts';
import { fileNotes } from '../export/run-columns.ts';
import { runsTable } from '../export/runs-table.ts';
import { studyTable } from '../export/study-table.ts';
import type { Table } from '../export/table.ts';
import { writeCsv } from '../export/write-csv.ts';
import { isEventFile, writeTensorBoard } from '../export/write-tensorboard.ts';
import { readMeasurements } from '../results/measurements-file.ts';
import { indexRuns, type IndexedRun } from '../results/run-index.ts';
import { UserError } from '../user-error.ts';
import { printJson } from './print-json.ts';

export interface ExportOptions {
  readonly csv?: string;
  readonly parquet?: string;
  readonly tensorboard?: string;
  readonly runs?: boolean;
  readonly force?: boolean;
  readonly results: string;
  readonly json?: boolean;
}

type Target = readonly [format: 'csv' | 'parquet' | 'tensorboard', path: string];

export async function exportCommand(experiment: string, options: ExportOptions): Promise<void> {
  const target = targetOf(options);
  const name = basename(experiment).replace(/\.[cm]?(?:[jt]s|json)$/, '');
  const folder = resolve(options.results, name);
  const remarks = new Set<string>();
  const { runs, unreadable } = indexRuns(folder);
  for (const line of unreadable) remarks.add(line);
  const told =
    runs.length > 0
      ? await exportRuns(name, runs, target, options, remarks)
      : await exportStudy(name, folder, target, options, remarks);
  if (options.json) printJson({ experiment: name, format: target[0], path: target[1], ...told, remarks: [...remarks] });
  else console.log(`${target[1]}: ${describe(told)}`);
  for (const line of remarks) console.error(`agent-state: ${line}`);
  if (unreadable.length > 0 || told.leftOut > 0) process.exitCode = 2;
}

interface Told {
  readonly runs: number | null; // null: of a study
  readonly rows: number; // of TensorBoard: events
  readonly columns: readonly string[] | null;
  readonly leftOut: number; // runs that cannot be read
}

async function exportRuns(
  name: string,
  runs: readonly IndexedRun[],
  [format, path]: Target,
  { force = false, runs: perRun = false }: ExportOptions,
  remarks: Set<string>,
): Promise<Told> {
  let leftOut = 0;
  const skip = (line: string): void => {
    if (!remarks.has(line)) leftOut++;
    remarks.add(line);
  };
  if (format === 'tensorboard') {
    if (perRun) throw new UserError('Cannot use --runs with --tensorboard: it shows every run; leave --runs out');
    const { events } = outputFolder(path, force, isEventFile, (at) => writeTensorBoard(at, runs, skip));
    return { runs: runs.length - leftOut, rows: events, columns: null, leftOut };
  }
  const table = perRun ? runsTable(runs) : metricsTable(runs, skip);
  const rows = await writeTable(name, table, [format, path], force);
  return { runs: runs.length - leftOut, rows, columns: table.columns.map((one) => one.name), leftOut };
}

async function exportStudy(
  name: string,
  folder: string,
  [format, path]: Target,
  { force = false, runs: perRun = false, results }: ExportOptions,
  remarks: Set<string>,
): Promise<Told> {
  const found = findStudy(folder, name);
  if (found === null) {
    throw new UserError(
      `Cannot export ${name}: no run of it is in ${join(results, name)}; agent-state run ${name}, or --results`,
    );
  }
  if (perRun || format === 'tensorboard') {
    const flag = perRun ? '--runs' : '--tensorboard';
    throw new UserError(
      `Cannot use ${flag}: ${name} is a study, it holds measurements and no runs; use --csv or --parquet`,
    );
  }
  if (!found.isPresent) remarks.add(`measured by other code than the present one: ${found.path}`);
  const table = studyTable(name, found.code, readMeasurements(found.path));
  const rows = await writeTable(name, table, [format, path], force);
  return { runs: null, rows, columns: table.columns.map((one) => one.name), leftOut: 0 };
}

async function writeTable(name: string, table: Table, [format, path]: Target, force: boolean): Promise<number> {
  if (format === 'csv') return outputFile(path, force, (at) => writeCsv(at, table));
  const { writeParquet } = await import('../export/write-parquet.ts');
  return outputFile(path, force, (at) => writeParquet(at, table, fileNotes(name)));
}

function targetOf(options: ExportOptions): Target {
  const formats = ['csv', 'parquet', 'tensorboard'] as const;
  const asked = formats.flatMap((format): Target[] => {
    const path = options[format];
    return path === undefined ? [] : [[format, path]];
  });
  const [only, ...more] = asked;
  if (only !== undefined && more.length === 0) return only;
  throw new UserError(
    `Cannot export ${only === undefined ? 'nothing' : 'to several places at once'}: name one of --csv <file>, --parquet <file> and --tensorboard <folder>`,
  );
}

function describe({ runs, rows, columns }: Told): string {
  const count = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
  if (columns === null) return `${count(rows, 'event')} of ${count(runs ?? 0, 'run')}`;
  const of = runs === null ? '' : ` of ${count(runs, 'run')}`;
  return `${count(rows, 'row')}${of}, ${count(columns.length, 'column')}`;
}
