/** A run's folder as it is to be begun, by the process that holds its lease. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { provenance } from '../results/provenance.ts';
import { createRunFolder, type RunFolder } from '../results/run-folder.ts';
import {
  type BesideRecord,
  isFinished,
  readRunRecord,
  type RunRecord,
  updateRunRecord,
  writeRunRecord,
} from '../results/run-record.ts';
import { isExpected, UserError } from '../user-error.ts';
import { codeOf } from './code-of.ts';
import type { RunResult } from './result.ts';
import { resultOfRecord } from './result-of-record.ts';
import { canGoOn, isWhole } from './run-files.ts';
import type { RunJob } from './run-job.ts';

export interface Claimed {
  readonly folder: RunFolder;
  readonly resume: boolean; // from its checkpoint, if it got as far as one
  readonly beside: BesideRecord | null;
}

/** Of a run that is to be done only where it is missing, or gone on with; null where there is still something to do. */
export function finishedResult({ missing = false, resume }: RunJob, { record, path }: RunFolder): RunResult | null {
  const known = missing || resume !== undefined ? readable(record) : null;
  if (known === null) return null;
  return isFinished(known.status) && isWhole(known, path) ? resultOfRecord(known, path) : null;
}

/** What can be gone on with is, where that is asked for. */
export function claimFolder(job: RunJob, folder: RunFolder): Claimed {
  if (job.resume !== undefined) checkSound(job, folder);
  if (job.resume !== undefined || (job.missing && isCutShort(job, folder))) {
    const change = { status: 'running', reason: null, endedAt: null, pid: process.pid } as const;
    return { folder, resume: true, beside: updateRunRecord(folder.record, change).beside };
  }
  const fresh = freshFolder(job, folder);
  writeRunRecord(fresh.record, newRecord(job, fresh));
  return { folder: fresh, resume: false, beside: job.beside ?? null };
}

/** By the same code, which alone ends with the bytes of an uninterrupted run; a damaged one begins anew. */
function isCutShort({ setting }: RunJob, folder: RunFolder): boolean {
  const known = readable(folder.record);
  return (
    known !== null && !isFinished(known.status) && known.code === codeOf(setting) && isSound(folder, setting.every)
  );
}

/** What cannot be read at all is told of, and noted in run.json, when the run goes on. */
function checkSound({ setting }: RunJob, folder: RunFolder): void {
  try {
    if (canGoOn(folder, setting.every)) return;
  } catch (error) {
    if (!isExpected(error)) throw error;
    return;
  }
  throw new UserError(
    `Cannot resume ${folder.path}: lines that its checkpoint counts on are gone from metrics.jsonl or step-sizes.jsonl; agent-state run starts it anew`,
  );
}

function isSound(folder: RunFolder, every: number): boolean {
  try {
    return canGoOn(folder, every);
  } catch (error) {
    if (!isExpected(error)) throw error;
    return false; // its checkpoint or its metrics cannot be read
  }
}

/** A finished run is replaced, it can be had again; one that was cut short or is damaged is moved aside, never deleted. */
function freshFolder(job: RunJob, folder: RunFolder): RunFolder {
  if (!existsSync(folder.record)) return folder;
  const known = job.missing ? readable(folder.record) : readRunRecord(folder.record);
  let n = 1;
  while (existsSync(`${folder.path}.old-${n}`)) n++;
  const aside = `${folder.path}.old-${n}`;
  renameSync(folder.path, aside); // first: killed while it is removed, half of it would be taken for a run
  if (known !== null && isFinished(known.status)) rmSync(aside, { recursive: true });
  return createRunFolder(job);
}

/** null: there is none, or none that can be read. */
function readable(path: string): RunRecord | null {
  try {
    return existsSync(path) ? readRunRecord(path) : null;
  } catch (error) {
    if (!isExpected(error)) throw error;
    return null;
  }
}

function newRecord(job: RunJob, folder: RunFolder): RunRecord {
  return {
    format: 1,
    experiment: job.experiment,
    setting: folder.hash,
    seed: job.seed,
    config: { ...job.setting },
    ...provenance(),
    ...(job.argv === undefined ? {} : { argv: [...job.argv] }), // a worker's own tells nothing
    pid: process.pid,
    code: codeOf(job.setting),
    path: null,
    beside: job.beside ?? null,
    status: 'running',
    reason: null,
    startedAt: new Date().toISOString(),
    endedAt: null,
    scores: null,
    end: null,
    files: null,
  };
}
