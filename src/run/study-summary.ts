/** What a study found: summary.md, summary.json, and a picture per figure, written before anything is shown. */
import { join } from 'node:path';
import type { Expected, Study, StudyTable } from '../experiment/study.ts';
import { type Column, markdownTable, textTable } from '../plots/table.ts';
import { atomicWrite } from '../results/atomic-write.ts';
import { makeFolder } from '../results/make-folder.ts';
import type { Measurement } from '../results/measurements-file.ts';
import { drawFigures } from './study-figures.ts';
import { bestRows, deviation, type Estimate, estimate, expectedOf, rowsOf, type StudyRow } from './study-rows.ts';
import { varyingKeys } from './study-rows.ts';

export interface StudySummaryNeeds {
  readonly name: string;
  readonly study: Study;
  readonly folder: string;
  readonly measured: readonly Measurement[]; // in the order of the sweep
}

export interface StudySummary {
  readonly text: string; // the tables
  readonly json: object; // summary.json
  readonly pictures: readonly string[];
}

export async function writeStudySummary({ name, study, folder, measured }: StudySummaryNeeds): Promise<StudySummary> {
  makeFolder(folder);
  const measures = Object.keys(study.measures);
  const rows = rowsOf(measured, measures);
  const tables = (study.tables ?? [{ title: study.title }]).flatMap((table) => tabulate(table, study, rows));
  const json = {
    study: name,
    question: study.question,
    cite: study.cite,
    tables: tables.map(({ title, lines }) => ({ title, rows: lines.map(plain) })),
    settings: rows.map(({ setting, samples }) => ({
      setting,
      measures: Object.fromEntries(Object.entries(samples).map(([key, values]) => [key, finite(estimate(values))])),
    })),
  };
  atomicWrite(join(folder, 'summary.json'), `${JSON.stringify(json, null, 1)}\n`);
  const titled = tables.map(({ title, columns, cells }) => `## ${title}\n\n${markdownTable(columns, cells)}\n`);
  const sources = sourcesOf(tables.flatMap(({ lines }) => lines));
  atomicWrite(join(folder, 'summary.md'), [`# ${study.question}\n`, ...titled, ...sources].join('\n'));
  const pictures = await drawFigures(study, rows, folder);
  const shown = tables.map(({ title, columns, cells }) => `${title}\n\n${textTable(columns, cells)}`);
  return { text: [...shown, sources.join('').trimEnd()].join('\n\n').trimEnd(), json, pictures };
}

/** One measure of one row beside what is expected of it. */
export interface Line {
  readonly row: StudyRow;
  readonly measure: string;
  readonly estimate: Estimate;
  readonly published: Expected | undefined;
  readonly noted: Expected | undefined;
}

export interface Tabulated {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly cells: readonly (readonly string[])[];
  readonly lines: readonly Line[];
}

/** Nothing where no row belongs to it. */
export function tabulate(
  { title, where = () => true, best, measures }: StudyTable,
  study: Study,
  all: readonly StudyRow[],
) {
  const known = measures ?? Object.keys(study.measures);
  const some = all.filter(({ setting, samples }) => where(setting) && known.some((measure) => samples[measure]));
  const rows = best === undefined ? some : bestRows(some, best, known[0]!);
  const keys = varyingKeys(rows);
  const lines = rows.flatMap((row) =>
    known
      .filter((measure) => row.samples[measure])
      .map((measure): Line => {
        const expected = expectedOf(row, keys, measure, study.expected ?? []);
        const of = (kind: Expected['kind']) => expected.find((one) => one.kind === kind);
        const figure = estimate(row.samples[measure]);
        return { row, measure, estimate: figure, published: of('published'), noted: of('noted') };
      }),
  );
  if (lines.length === 0) return [];
  const columns = columnsOf(keys, best, lines, known.length > 1);
  const cells = lines.map((line) => columns.map(({ cell }) => cell(line)));
  return [{ title, columns, cells, lines } satisfies Tabulated];
}

type Cells = Column & { readonly cell: (line: Line) => string };

/** A column for what varies, and none that would stay empty. */
function columnsOf(keys: readonly string[], best: string | undefined, lines: readonly Line[], many: boolean): Cells[] {
  const right = { align: 'right' } as const;
  const text = (value: string | number | undefined): string => String(value ?? '-');
  const isNumber = (key: string): boolean => lines.every(({ row }) => typeof row.setting[key] !== 'string');
  const any = (kind: 'published' | 'noted'): boolean => lines.some((line) => line[kind]);
  const figure = (one: Expected | undefined): string =>
    one === undefined ? '' : short(one.value) + (one.error === undefined ? '' : ` ± ${one.error}`);
  return [
    ...keys.map((key) => ({
      title: key,
      ...(isNumber(key) ? right : {}),
      cell: ({ row }: Line) => text(row.setting[key]),
    })),
    ...(best === undefined ? [] : [{ title: `best ${best}`, ...right, cell: ({ row }: Line) => text(row.at[best]) }]),
    ...(many ? [{ title: 'measure', cell: ({ measure }: Line) => measure }] : []),
    { title: many ? 'mean' : (lines[0]?.measure ?? 'mean'), ...right, cell: ({ estimate: { mean } }) => short(mean) },
    { title: 's.e.', ...right, cell: ({ estimate }) => spread(estimate) },
    {
      title: 'n',
      ...right,
      cell: ({ estimate: { n, diverged } }) => (diverged ? `${n} (${diverged} diverged)` : `${n}`),
    },
    ...(any('published') ? [{ title: 'published', ...right, cell: ({ published }: Line) => figure(published) }] : []),
    ...(any('noted') ? [{ title: 'noted', ...right, cell: ({ noted }: Line) => figure(noted) }] : []),
    ...(any('published') || any('noted') ? [{ title: 'difference', ...right, cell: difference }] : []),
  ];
}

/** What summing alone leaves of equal numbers is no spread. */
function spread({ mean, error }: Estimate): string {
  if (Number.isNaN(error)) return '-';
  return error < 1e-9 * Math.abs(mean) ? '0' : error.toPrecision(2);
}

/** In standard errors, of the more exact of the two figures; in per cent where chance has no part. */
function difference({ estimate: figure, noted, published }: Line): string {
  const expected = noted ?? published;
  if (expected === undefined) return '';
  const off = figure.mean - expected.value;
  if (figure.error < 1e-9 * Math.abs(figure.mean) && !expected.error) return percent(off / expected.value);
  const value = deviation(figure, expected);
  return Number.isFinite(value) ? `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(1)} s.e.` : '-';
}

export function sourcesOf(lines: readonly Line[]): string[] {
  const of = (kind: 'published' | 'noted'): string[] => {
    const sources = [...new Set(lines.flatMap((line) => line[kind]?.source ?? []))];
    return sources.length === 0 ? [] : [`${kind}: ${sources.join('; ')}\n`];
  };
  return [...of('published'), ...of('noted')];
}

function plain({ row, measure, estimate: figure, published, noted }: Line) {
  const of = (one: Expected | undefined) => one && { value: one.value, error: one.error ?? null, source: one.source };
  return { ...row.setting, ...row.at, measure, ...finite(figure), published: of(published), noted: of(noted) };
}

const finite = ({ mean, error, n, diverged }: Estimate) => ({
  mean: Number.isFinite(mean) ? mean : null,
  error: Number.isFinite(error) ? error : null,
  n,
  diverged,
});

/** 0.00 %, +1.25 % */
const percent = (share: number): string =>
  `${share > 5e-5 ? '+' : ''}${(100 * share).toFixed(2).replace('-0.00', '0.00')} %`;

const short = (value: number): string => (Number.isNaN(value) ? '-' : String(Number(value.toPrecision(4))));
