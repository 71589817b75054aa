/**
 * A run that writes to a fast disk of its own node. Its folder under the results is copied there first, and back at
 * every checkpoint and at the end. The copy under the results is a valid run after every single file of it:
 *
 *   1. metrics, logs, details   rows beyond the checkpoint are cut off when a run goes on
 *   2. the checkpoint           never without the rows up to its step
 *   3. run.json                 `done` never without all that it stands for
 *
 * each of them replaced at once (atomicWrite). The lease lies under the results and stays there.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { atomicWrite } from './atomic-write.ts';
import { makeFolder } from './make-folder.ts';
import { folderAt, type RunFolder } from './run-folder.ts';
import { settingHash } from './setting-hash.ts';
import { systemReason } from './system-reason.ts';
import { UserError } from '../user-error.ts';

export interface Scratch {
  readonly folder: RunFolder; // where the run is to write
  /** Brings what is there to the results. */
  save(): void;
  /** Takes the copy on the node away. */
  release(): void;
}

/** `folder` under the results stands already, with its run.json; without `scratch` it is written to directly. */
export function onScratch(folder: RunFolder, scratch: string | undefined): Scratch {
  if (scratch === undefined) return { folder, save: () => undefined, release: () => undefined };
  // Runs of two results folders may be the same but for that.
  const there = folderAt(join(scratch, settingHash(folder.path), folder.experiment, folder.hash, folder.seed));
  try {
    rmSync(there.path, { recursive: true, force: true }); // of an earlier turn on this node: the results know better
    makeFolder(there.checkpoint);
  } catch (error) {
    throw new UserError(`Cannot write to the scratch folder ${scratch}: ${systemReason(error)}`, { cause: error });
  }
  copyRun(folder, there);
  return {
    folder: there,
    save: () => copyRun(there, folder),
    release: () => rmSync(there.path, { recursive: true, force: true }),
  };
}

function copyRun(from: RunFolder, to: RunFolder): void {
  for (const path of inOrder(from)) {
    const target = join(to.path, path);
    const bytes = readFileSync(join(from.path, path));
    if (isCopy(bytes, target)) continue;
    makeFolder(dirname(target));
    atomicWrite(target, bytes);
  }
}

/** Files of a run as they are to be copied, relative to its folder; temporary ones begin with a dot. */
function inOrder(folder: RunFolder): string[] {
  const name = (path: string): string => relative(folder.path, path);
  const all = readdirSync(folder.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !basename(entry.name).startsWith('.'))
    .map((entry) => name(join(entry.parentPath, entry.name)))
    .sort();
  const place = (path: string): number =>
    path === name(folder.record) ? 2 : path.startsWith(name(folder.checkpoint)) ? 1 : 0;
  return all.sort((a, b) => place(a) - place(b));
}

const isCopy = (bytes: Buffer, path: string): boolean => existsSync(path) && bytes.equals(readFileSync(path));
