/** All runs below a folder, from their run.json. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';
import { readRunRecord, type RunRecord } from './run-record.ts';

export interface IndexedRun {
  readonly folder: string; // absolute where `experiment` is
  readonly record: RunRecord;
}

export interface RunIndex {
  readonly runs: readonly IndexedRun[]; // by setting hash, then seed
  readonly unreadable: readonly string[]; // one line per run.json that is none
}

const HASH = /^[0-9a-f]{10}$/;

/** `experiment` is a folder like results/<experiment>; runs that were moved aside (<seed>.old-1) are left out. */
export function indexRuns(experiment: string): RunIndex {
  const runs: IndexedRun[] = [];
  const unreadable: string[] = [];
  for (const hash of foldersIn(experiment).filter((name) => HASH.test(name))) {
    for (const seed of foldersIn(join(experiment, hash)).sort(bySeed)) {
      const folder = join(experiment, hash, seed);
      if (/\.old-\d+$/.test(seed) || !existsSync(join(folder, 'run.json'))) continue;
      try {
        runs.push({ folder, record: readRunRecord(join(folder, 'run.json')) });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        unreadable.push(error.message);
      }
    }
  }
  return { runs, unreadable };
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  const inside = readdirSync(path, { withFileTypes: true });
  return inside
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Numbers by size, words after them. */
const bySeed = (a: string, b: string): number => Number(a) - Number(b) || (a < b ? -1 : 1);
