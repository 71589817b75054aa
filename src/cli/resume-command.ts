/** agent-state resume <folder>: from run.json and the latest checkpoint to the end of the run. */
import { dirname } from 'node:path';
import { openRunFolder } from '../results/run-folder.ts';
import { readRunRecord } from '../results/run-record.ts';
import { runPool } from '../run/pool.ts';
import type { Setting } from '../run/setting.ts';
import type { RunJob } from '../run/start-run.ts';
import { UserError } from '../user-error.ts';
import { printOutcome } from './outcome.ts';
import { createProgress } from './progress.ts';

export async function resumeCommand(path: string, { json = false }: { json?: boolean }): Promise<void> {
  const folder = openRunFolder(path);
  const { status, seed, config, experiment } = readRunRecord(folder.record);
  if (status === 'done' || status === 'diverged') {
    throw new UserError(`Cannot resume ${path}: this run is ${status}; agent-state run starts it anew`);
  }
  const results = dirname(dirname(dirname(folder.path)));
  const job: RunJob = { experiment, setting: config as unknown as Setting, seed, results, resume: true };
  const progress = createProgress([job], process.stderr, json);
  const { outcomes, stopped } = await runPool([job], progress);
  progress.end();
  // A table of one run belongs beside that run: the experiment's own summary covers runs that this command has not seen.
  await printOutcome({ name: experiment, experiment: null, folder: folder.path, outcomes, stopped, json });
}
