import type { Cell } from '../export/table.ts';
import { csvRecord } from '../export/write-csv.ts';

/** A record in which a text that a spreadsheet would take for a formula stays a text. */
export const csvLine = (cells: readonly Cell[]): string => csvRecord(cells.map(calm));

const calm = (value: Cell): Cell =>
  typeof value === 'string' && /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value;
