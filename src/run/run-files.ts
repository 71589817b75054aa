/** The files of a run that must agree byte for byte, and whether all of them are there. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readCheckpoint } from '../checkpoint.ts';
import { type MetricsRow, readMetrics } from '../results/metrics-file.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { RunRecord } from '../results/run-record.ts';
import type { RunState } from './prepare.ts';
import { checkpointPath } from './run-one.ts';

export const RUN_FILES = [
  'metrics.jsonl',
  'step-sizes.jsonl',
  'alignment.jsonl',
  'trace.json',
  'checkpoint/state.ckpt',
] as const;

/** Bytes of those that there are. */
export function fileSizes(path: string): Record<string, number> {
  const sizes = RUN_FILES.map((name) => [name, sizeOf(join(path, name))] as const);
  return Object.fromEntries(sizes.filter((entry): entry is [(typeof entry)[0], number] => entry[1] !== null));
}

/** As long as they were when the run ended: somebody else, or a failing disk, may have cut them. */
export function isWhole({ files }: RunRecord, path: string): boolean {
  return RUN_FILES.every((name) => files?.[name] === undefined || isOfSize(join(path, name), files[name]));
}

function isOfSize(path: string, bytes: number): boolean {
  try {
    return sizeOf(path) === bytes;
  } catch {
    return false; // links in a circle
  }
}

/**
 * Its metrics and step sizes, of which there is a line in every `every` steps, reach as far as its checkpoint: what is lost
 * of them could not be had again from there.
 */
export function canGoOn(folder: RunFolder, every: number): boolean {
  const path = checkpointPath(folder);
  if (sizeOf(path) === null) return true; // from the beginning
  const { step: saved, state } = readCheckpoint(path);
  const { lastRow } = state as RunState;
  const due = Math.floor(saved / every) * every;
  const isThere = ({ step }: MetricsRow): boolean => step >= due && step <= saved;
  if (due > 0 && sizeOf(folder.stepSizes) !== null && !readMetrics(folder.stepSizes).some(isThere)) return false;
  return lastRow === 0 || readMetrics(folder.metrics).some(({ step }) => step === lastRow);
}

const sizeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.size ?? null;
