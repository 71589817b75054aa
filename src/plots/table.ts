import { UserError } from '../user-error.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right'; // left; numbers read best right
}

type Rows = readonly (readonly string[])[]; // [rows][columns]

/** Plain text for a terminal: cells padded to their column, two spaces between columns, a rule under the header. */
export function textTable(columns: readonly Column[], rows: Rows): string {
  const widths = widthsOf(columns, rows, oneLine);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => pad(oneLine(cell), widths[i]!, columns[i]!.align))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(columns.map(({ title }) => title)), rule, ...rows.map(line)].join('\n');
}

/** The same table in Markdown, aligned in its source as well. */
export function markdownTable(columns: readonly Column[], rows: Rows): string {
  // The rule of a right-aligned column is at least `-:`, three dashes are what every renderer takes.
  const widths = widthsOf(columns, rows, escapeMarkdown).map((width) => Math.max(3, width));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => pad(escapeMarkdown(cell), widths[i]!, columns[i]!.align)).join(' | ')} |`;
  const rule = columns.map(({ align }, i) =>
    align === 'right' ? `${'-'.repeat(widths[i]! - 1)}:` : '-'.repeat(widths[i]!),
  );
  return [line(columns.map(({ title }) => title)), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

function widthsOf(columns: readonly Column[], rows: Rows, write: (cell: string) => string): number[] {
  for (const row of rows) {
    if (row.length !== columns.length) {
      throw new UserError(`Cannot make a table: every row needs ${columns.length} cells, got ${row.length}`);
    }
  }
  return columns.map(({ title }, i) => Math.max(...[title, ...rows.map((row) => row[i]!)].map((c) => size(write(c)))));
}

function pad(cell: string, width: number, align: Column['align'] = 'left'): string {
  const air = ' '.repeat(width - size(cell));
  return align === 'right' ? air + cell : cell + air;
}

/** Width in code points; characters that take two columns of a terminal count as one. */
function size(cell: string): number {
  return [...cell].length;
}

function oneLine(cell: string): string {
  return cell.replace(/\s*[\r\n]+\s*/g, ' ');
}

function escapeMarkdown(cell: string): string {
  return oneLine(cell).replace(/\\/g, '\\\\').replace(/\|/g, '\\|');
}
