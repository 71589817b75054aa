import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/**
 * The first `most` bytes of a file as text. In a folder that somebody else has filled there may be something else in its
 * place: a pipe is not waited for, and a device, which may have no end, is not read.
 */
export function readHead(path: string, most: number): string {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // Windows knows no such flag
  try {
    const kind = fstatSync(file);
    if (!kind.isFile() && !kind.isDirectory()) throw new Error('it is no file'); // a folder says so itself
    const bytes = Buffer.alloc(most);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, most, 0));
  } finally {
    closeSync(file);
  }
}
