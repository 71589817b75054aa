/** A file or folder of the user's: whole or not there, and never in the place of another unless that was asked for. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder } from '../results/make-folder.ts';
import { systemReason } from '../results/system-reason.ts';
import { UserError } from '../user-error.ts';

/** `write` fills a temporary file beside `path`, which then takes its place. */
export function outputFile<T>(path: string, force: boolean, write: (temporary: string) => T): T {
  refuse(path, force);
  if (existsSync(path) && lstatSync(path).isDirectory()) throw new UserError(`Cannot write ${path}: it is a folder`);
  return placed(path, (temporary) => {
    const written = write(temporary);
    const file = openSync(temporary, 'r+');
    fsyncSync(file);
    closeSync(file);
    return written;
  });
}

/** The same of a folder. With `force`, one that holds nothing but files that `isOurs` knows is replaced. */
export function outputFolder<T>(
  path: string,
  force: boolean,
  isOurs: (name: string) => boolean,
  write: (temporary: string) => T,
): T {
  const there = existsSync(path) ? filesIn(path) : [];
  if (there.length > 0) refuse(path, force);
  const foreign = there.find((name) => !isOurs(basename(name)));
  if (foreign !== undefined) {
    throw new UserError(`Cannot replace ${path}: it holds ${foreign}, which no export wrote; name another folder`);
  }
  return placed(path, (temporary) => {
    mkdirSync(temporary);
    const written = write(temporary);
    rmSync(path, { recursive: true, force: true });
    return written;
  });
}

function filesIn(path: string): string[] {
  if (!lstatSync(path).isDirectory())
    throw new UserError(`Cannot write ${path}: a file stands where a folder is needed`);
  const inside = readdirSync(path, { recursive: true, withFileTypes: true });
  return inside.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
}

function refuse(path: string, force: boolean): void {
  if (existsSync(path) && !force) throw new UserError(`Cannot write ${path}: it is there already; --force replaces it`);
}

function placed<T>(path: string, write: (temporary: string) => T): T {
  const whole = resolve(path);
  const temporary = join(dirname(whole), `.${basename(whole)}.${process.pid}.tmp`);
  try {
    makeFolder(dirname(whole));
    const written = write(temporary);
    renameSync(temporary, whole);
    return written;
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary, { recursive: true });
    if (error instanceof UserError || !(error instanceof Error && 'syscall' in error)) throw error;
    throw new UserError(`Cannot write ${path}: ${systemReason(error)}`, { cause: error });
  }
}
