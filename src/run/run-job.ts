import { resolve } from 'node:path';
import type { BesideRecord } from '../results/run-record.ts';
import { locateRun } from '../results/run-folder.ts';
import type { Setting } from './setting.ts';

/** What is logged of a run, and how often; log.ndjson always, and with a level stderr too. */
export interface LogOptions {
  readonly level?: string; // else LOG_LEVEL, else info
  readonly every?: number; // steps between two metrics records; none unless said
}

/** One run to be done: everything that its process needs to know. */
export interface RunJob {
  readonly experiment: string;
  readonly setting: Setting;
  readonly seed: string | number;
  readonly label?: string; // what tells its setting from the others of a sweep
  readonly results: string; // the results folder
  readonly resume?: string; // the folder of a run to go on with, wherever it lies by now
  readonly missing?: boolean; // not run again where it is finished, gone on with where it was cut short
  readonly dead?: string; // the holder of its lease that was seen dead: it takes longer than a process may live
  readonly checkpointEvery?: number;
  readonly beside?: BesideRecord; // of a run that begins; one that goes on has it in run.json
  readonly log?: LogOptions;
  readonly argv?: readonly string[]; // of the command that was given; else this process's own
  readonly scratch?: string; // a disk of this machine to write to first (src/results/scratch.ts)
}

/** Exit code of a process whose lease another one took, or somebody removed: its run is no longer its own. */
export const FOLLOWED = 75;

/** Where a job's run lies or will lie. */
export const folderOf = (job: RunJob): string => (job.resume === undefined ? locateRun(job).path : resolve(job.resume));
