/**
 * A T-maze in text: the corridor of `length` squares with an arm up and one down at its end, the agent `mark` at (x, y)
 * (x from 0; y = 1 is the upper arm), the good arm as *.
 */
export function drawMaze(length: number, goalUp: boolean, x: number, y: number, mark: string): string {
  const arm = (up: boolean): string => ' '.repeat(length - 1) + (up === goalUp ? '*' : '.');
  const rows = [arm(true), '.'.repeat(length), arm(false)].map((row) => [...row]);
  rows[1 - y]![x] = mark;
  return rows.map((row) => row.join('')).join('\n');
}
