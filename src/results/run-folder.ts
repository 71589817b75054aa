import { accessSync, constants, existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import { makeFolder } from './make-folder.ts';
import { settingHash } from './setting-hash.ts';
import { systemReason } from './system-reason.ts';

/** Where everything of one run lies: `results/<experiment>/<setting hash>/<seed>/`. All paths are absolute. */
export interface RunFolder {
  readonly path: string;
  readonly experiment: string;
  readonly hash: string;
  readonly seed: string;
  readonly record: string; // run.json
  readonly metrics: string; // metrics.jsonl, the same bytes for the same seed
  readonly stepSizes: string; // step-sizes.jsonl, where the rule moves them; the same bytes for the same seed
  readonly trace: string; // trace.json, the last steps of a run that is done; the same bytes for the same seed
  readonly alignment: string; // alignment.jsonl, where estimators ran beside it; the same bytes for the same seed
  readonly timing: string; // timing.jsonl, wall-clock and CPU figures
  readonly log: string; // log.ndjson, events
  readonly checkpoint: string; // checkpoint/
}

export interface RunPlace {
  readonly results: string; // the results folder
  readonly experiment: string;
  readonly setting: unknown; // resolved configuration without the seed
  readonly seed: string | number;
}

/** Names the folder of a run; nothing is read or made. `existsSync(folder.record)` says whether the run ever started. */
export function locateRun({ results, experiment, setting, seed }: RunPlace): RunFolder {
  requireName('experiment', experiment);
  requireName('seed', String(seed));
  return folderAt(resolve(results, experiment, settingHash(setting), String(seed)));
}

/** Makes the folder of a run, and is content with one that is there. */
export function createRunFolder(place: RunPlace): RunFolder {
  const folder = locateRun(place);
  try {
    makeFolder(folder.checkpoint);
    accessSync(folder.path, constants.W_OK | constants.X_OK); // a folder that was there may not take files
  } catch (error) {
    throw new UserError(`Cannot write results to ${place.results}: ${systemReason(error)}; pass --results <folder>`, {
      cause: error,
    });
  }
  return folder;
}

/** Opens a run that was started before. */
export function openRunFolder(path: string): RunFolder {
  const folder = folderAt(resolve(path));
  if (!existsSync(folder.record)) {
    throw new UserError(
      `Cannot open run ${path}: there is no run.json in it; pass a folder like results/<experiment>/<hash>/<seed>`,
    );
  }
  return folder;
}

export function folderAt(path: string): RunFolder {
  return {
    path,
    experiment: basename(dirname(dirname(path))),
    hash: basename(dirname(path)),
    seed: basename(path),
    record: join(path, 'run.json'),
    metrics: join(path, 'metrics.jsonl'),
    stepSizes: join(path, 'step-sizes.jsonl'),
    trace: join(path, 'trace.json'),
    alignment: join(path, 'alignment.jsonl'),
    timing: join(path, 'timing.jsonl'),
    log: join(path, 'log.ndjson'),
    checkpoint: join(path, 'checkpoint'),
  };
}

/** A name becomes one folder: no separators, no `..`, nothing hidden. */
function requireName(what: string, name: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    throw new UserError(
      `Cannot name a results folder after ${what} "${name}": use letters, digits, dots, dashes and underscores`,
    );
  }
}
