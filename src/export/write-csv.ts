/**
 * Comma-separated values after RFC 4180: a header, CRLF after every record, quotes around what holds a comma, a quote or a
 * line break, a quote doubled. UTF-8. An empty field: nothing known, or not finite. Numbers are written so that reading
 * them gives the same bits.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Cell, Table } from './table.ts';

const BLOCK = 1 << 16; // characters between two writes

/** The number of rows. */
export function writeCsv(path: string, { columns, rows }: Table): number {
  const file = openSync(path, 'w');
  try {
    let text = csvRecord(columns.map(({ name }) => name));
    let count = 0;
    for (const row of rows()) {
      text += csvRecord(row);
      count++;
      if (text.length < BLOCK) continue;
      writeAll(file, text);
      text = '';
    }
    writeAll(file, text);
    return count;
  } finally {
    closeSync(file);
  }
}

export const csvRecord = (cells: readonly Cell[]): string => `${cells.map(field).join(',')}\r\n`;

function field(value: Cell): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The system may take less than it was given. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
