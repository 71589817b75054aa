/** The results folder and nothing else: names become a path only where that path, followed to its end, lies in it. */
import { realpathSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { systemReason } from '../results/system-reason.ts';
import { UserError } from '../user-error.ts';

export interface Inside {
  readonly root: string;
  /** null: there is nothing, or it lies elsewhere. */
  path(...names: readonly string[]): Promise<string | null>;
  file(...names: readonly string[]): Promise<FoundFile | null>;
}

export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  readonly changed: number; // milliseconds since 1970
  readonly inode: number; // another one: another file in its place
}

/** A name of one file or folder: nothing hidden, no separator, no `..`, nothing that is not seen. */
export const isName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._ -]{0,254}$/.test(name);

export function openInside(results: string): Inside {
  let root: string;
  try {
    root = realpathSync(results);
  } catch (error) {
    throw new UserError(`Cannot show ${results}: ${systemReason(error)}; name a results folder`, { cause: error });
  }
  const path = async (...names: readonly string[]): Promise<string | null> => {
    if (!names.every(isName)) return null;
    try {
      const found = await realpath(join(root, ...names));
      return found.startsWith(root.endsWith(sep) ? root : root + sep) ? found : null;
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  };
  return {
    root,
    path,
    async file(...names) {
      const found = await path(...names);
      const known = found === null ? null : await stat(found);
      return known?.isFile() ? { path: found!, bytes: known.size, changed: known.mtimeMs, inode: known.ino } : null;
    },
  };
}

/** As somebody would write it. */
export const shownFolder = (root: string): string => join(basename(dirname(root)), basename(root));

export function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'EACCES';
}
