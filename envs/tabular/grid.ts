/** Grid worlds whose state is row * columns + column. */
export interface Size {
  readonly rows: number;
  readonly columns: number;
}
/** [rows down, columns to the right] */
export type Direction = readonly [down: number, right: number];

/** The cell one step further; whoever walks into the edge stays. */
export function neighbour({ rows, columns }: Size, state: number, [down, right]: Direction): number {
  const row = Math.floor(state / columns) + down;
  const column = (state % columns) + right;
  return row < 0 || row >= rows || column < 0 || column >= columns ? state : row * columns + column;
}

/** The grid as text, a cell per letter, the agent's in brackets. */
export function drawGrid(lines: readonly string[], agent: number): string {
  const columns = lines[0]!.length;
  const cell = (letter: string, state: number): string => (state === agent ? `[${letter}]` : ` ${letter} `);
  return lines.map((line, row) => [...line].map((letter, c) => cell(letter, row * columns + c)).join('')).join('\n');
}
