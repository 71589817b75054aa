/** A board as text, `mark(i)` for square i = row * columns + column. */
export function gridText(rows: number, columns: number, mark: (i: number) => string): string {
  const row = (r: number): string => Array.from({ length: columns }, (_, c) => mark(r * columns + c)).join('');
  return Array.from({ length: rows }, (_, r) => row(r)).join('\n');
}
