import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

const PIECE = 4096; // bytes

/**
 * Cuts a last line without its end, which a full disk or a power cut has torn, off a file of lines: what is appended
 * next would become part of it. A file that is not there stays so.
 */
export function cutTornTail(path: string): void {
  let file: number;
  try {
    file = openSync(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    const whole = endOfLines(file, size);
    if (whole < size) ftruncateSync(file, whole);
  } finally {
    closeSync(file);
  }
}

/** Bytes up to the last line feed. */
function endOfLines(file: number, size: number): number {
  const piece = Buffer.alloc(PIECE);
  for (let end = size; end > 0; end -= PIECE) {
    const from = Math.max(0, end - PIECE);
    const read = readSync(file, piece, 0, end - from, from);
    const last = piece.subarray(0, read).lastIndexOf(10);
    if (last >= 0) return from + last + 1;
  }
  return 0;
}
