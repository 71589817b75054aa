/** run.json of all runs of an experiment; what has not changed since it was read last is not read again. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRunRecord, type RunRecord } from '../results/run-record.ts';
import { isExpected } from '../user-error.ts';
import { type FoundFile, type Inside, isAbsent, isName } from './inside.ts';
import { isDeep, LARGEST } from './sound.ts';

export interface FoundRun {
  readonly folder: string;
  readonly names: readonly [experiment: string, setting: string, seed: string]; // of its folders, which may have moved
  readonly record: RunRecord;
}

export interface FoundRuns {
  readonly runs: readonly FoundRun[]; // by setting, then seed
  readonly unreadable: readonly string[];
}

export interface Records {
  all(experiment: string): Promise<FoundRuns>;
  /** null: there is no such run, or its run.json cannot be read. */
  one(experiment: string, setting: string, seed: string): Promise<FoundRun | null>;
}

interface Known {
  readonly stamp: string;
  readonly record: RunRecord | null;
  readonly problem: string | null;
}

const HASH = /^[0-9a-f]{10}$/;
const ASIDE = /\.old-\d+$/; // a run that was moved aside
const MOST = 20_000; // records that are remembered

export function recordReader(inside: Inside): Records {
  const known = new Map<string, Known>();
  const read = async (...names: string[]): Promise<(Known & { readonly folder: string }) | null> => {
    const file = await inside.file(...names, 'run.json');
    if (file === null) return null;
    const stamp = `${file.changed} ${file.bytes}`;
    const before = known.get(file.path);
    const now = before?.stamp === stamp ? before : { stamp, ...attempt(file) };
    if (known.size >= MOST) known.clear();
    known.set(file.path, now);
    return { ...now, folder: join(inside.root, ...names) };
  };
  return {
    async all(experiment) {
      const runs: FoundRun[] = [];
      const unreadable: string[] = [];
      for (const hash of (await foldersIn(inside, experiment)).filter((name) => HASH.test(name)).sort()) {
        for (const seed of (await foldersIn(inside, experiment, hash)).sort(bySeed)) {
          const found = ASIDE.test(seed) ? null : await read(experiment, hash, seed);
          if (found?.record) runs.push({ folder: found.folder, names: [experiment, hash, seed], record: found.record });
          else if (found?.problem) unreadable.push(found.problem);
        }
      }
      return { runs, unreadable };
    },
    async one(experiment, setting, seed) {
      if (!HASH.test(setting) || ASIDE.test(seed)) return null;
      const found = await read(experiment, setting, seed);
      return found?.record ? { folder: found.folder, names: [experiment, setting, seed], record: found.record } : null;
    },
  };
}

function attempt({ path, bytes }: FoundFile): Omit<Known, 'stamp'> {
  const problem = (why: string) => ({ record: null, problem: `Cannot read ${path}: ${why}` });
  if (bytes > LARGEST.record) return problem(`it is longer than ${LARGEST.record} bytes`);
  try {
    const record = readRunRecord(path);
    return isDeep(record) ? problem('lists and objects lie too deep in it') : { record, problem: null };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { record: null, problem: error.message };
  }
}

/** Names of folders, links left out. */
export async function foldersIn(inside: Inside, ...names: string[]): Promise<string[]> {
  const path = names.length === 0 ? inside.root : await inside.path(...names);
  if (path === null) return [];
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && isName(entry.name)).map(({ name }) => name);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

export async function changedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isAbsent(error)) return 0;
    throw error;
  }
}

/** Numbers by size, words after them. */
const bySeed = (a: string, b: string): number => Number(a) - Number(b) || (a < b ? -1 : 1);
