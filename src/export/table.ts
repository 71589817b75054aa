/** Rows on their way to a file: columns are known before the first row, rows come one at a time. */
export type Cell = string | number | boolean | null;

/** text, whole and real numbers, true or false. A cell of null says nothing is known; numbers are finite. */
export type ColumnType = 'text' | 'real' | 'whole' | 'truth';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

export interface Table {
  readonly columns: readonly Column[];
  rows(): Iterable<readonly Cell[]>; // cells in the order of the columns
}

/** The value as the column's type takes it: words where a column holds more than one kind, null for what is not finite. */
export function cell(value: unknown, type: ColumnType): Cell {
  if (value === null || value === undefined) return null;
  if (type === 'text') return typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'truth') return typeof value === 'boolean' ? value : null;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
