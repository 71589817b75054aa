import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../user-error.ts';
import { systemReason } from './system-reason.ts';

/** Of this process. In containers that share a file system process ids are alike. */
const OWN = randomUUID().slice(0, 8);

/**
 * Writes a whole file so that every reader, at any time and after any crash, finds either the old bytes or the new
 * ones: a temporary file in the same folder (a rename never crosses file systems), fsync, rename, fsync of the folder.
 * One process at a time writes a given file; a name of its own keeps two that do so anyway from mixing their bytes.
 * `durable: false` leaves the disk to the system: a killed process loses nothing, a power cut may leave an empty file.
 */
export function atomicWrite(path: string, data: string | Uint8Array, { durable = true } = {}): void {
  const temporary = join(dirname(path), `.${basename(path)}.${OWN}.tmp`);
  try {
    const file = openSync(temporary, 'w');
    try {
      writeFileSync(file, data);
      if (durable) fsyncSync(file); // before the rename: a file system may order them the other way round
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UserError(`Cannot write ${path}: ${systemReason(error)}`, { cause: error });
  }
  if (durable) syncFolder(dirname(path));
}

/** Makes the rename itself survive a power cut; a system that cannot sync a folder (Windows) does without. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // The new bytes are in place; only their order against later writes is left to the system.
  }
}
