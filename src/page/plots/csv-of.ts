/** A chart's numbers: one row per x, one column per line, and its band's two beside it (RFC 4180). */
import type { Chart } from './chart.ts';

export function csvOf({ x, xTitle, lines }: Chart): string {
  const columns = lines.flatMap(({ label, y, low, high }) => [
    { name: label, values: y },
    ...(low ? [{ name: `${label}, low`, values: low }] : []),
    ...(high ? [{ name: `${label}, high`, values: high }] : []),
  ]);
  const head = [xTitle, ...columns.map(({ name }) => name)].map(quoted).join(',');
  const rows = x.map((at, i) => [at, ...columns.map(({ values }) => values[i] ?? '')].join(','));
  return [head, ...rows, ''].join('\r\n');
}

/** A text that a spreadsheet would take for a formula stays a text. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
