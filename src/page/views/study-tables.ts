/** The tables of a study's summary.json (src/run/study-summary.ts), which is read as what anybody may have written. */
import { showNumber } from '../parts/show.ts';
import { LOST } from '../plots/chart.ts';

export interface StudyTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

type Cells = Readonly<Record<string, unknown>>;

const isCells = (value: unknown): value is Cells =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function questionOf(summary: unknown): string | null {
  const question = isCells(summary) ? summary['question'] : null;
  return typeof question === 'string' ? question : null;
}

export function tablesOf(summary: unknown): StudyTable[] {
  const tables = isCells(summary) ? summary['tables'] : null;
  if (!Array.isArray(tables)) return [];
  return tables.filter(isCells).flatMap(({ title, rows }): StudyTable[] => {
    const own = Array.isArray(rows) ? rows.filter(isCells) : [];
    if (own.length === 0) return [];
    const names = [...new Set(own.flatMap((row) => Object.keys(row)))].filter((name) => isTold(name, own));
    const measures = new Set(own.map(({ measure }) => measure));
    const [measure] = [...measures];
    const titleOf = (name: string): string =>
      name === 'mean' && measures.size === 1 && typeof measure === 'string' ? measure : (TITLES[name] ?? name);
    return [
      {
        title: typeof title === 'string' ? title : '',
        columns: names.map(titleOf),
        rows: own.map((row) => names.map((name) => cellOf(row, name))),
      },
    ];
  });
}

const TITLES: Readonly<Record<string, string>> = { error: 's.e.', n: 'seeds', noted: 'noted elsewhere' };
const ALWAYS: readonly string[] = ['mean', 'error', 'n'];

/** What is the same in all rows tells nothing of them. */
const isTold = (name: string, rows: readonly Cells[]): boolean =>
  ALWAYS.includes(name) || new Set(rows.map((row) => JSON.stringify(row[name] ?? null))).size > 1;

function cellOf(row: Cells, name: string): string {
  const value = row[name];
  if (name === 'mean' && value === null && Number(row['diverged']) > 0) return `${LOST} diverged`;
  if (isCells(value) && 'value' in value) return withError(value);
  if (typeof value === 'number') return showNumber(value);
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

/** A figure from elsewhere. */
function withError({ value, error }: Cells): string {
  const told = typeof value === 'number' ? showNumber(value) : JSON.stringify(value);
  return typeof error === 'number' ? `${told} ± ${showNumber(error)}` : told;
}
