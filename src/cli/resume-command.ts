/** agent-state resume <folder>: from run.json and the latest checkpoint to the end of the run. */
import { dirname } from 'node:path';
import { openRunFolder } from '../results/run-folder.ts';
import { readRunRecord } from '../results/run-record.ts';
import type { RunJob } from '../run/run-job.ts';
import { resolveSetting } from '../run/setting.ts';
import { UserError } from '../user-error.ts';
import { type LogFlags, logOptions } from './log-options.ts';
import { printOutcome } from './outcome.ts';
import { createProgress } from './progress.ts';
import { runAtTerminal } from './run-at-terminal.ts';

interface ResumeOptions extends LogFlags {
  readonly json?: boolean;
}

export async function resumeCommand(path: string, options: ResumeOptions): Promise<void> {
  const { json = false } = options;
  const log = logOptions(options);
  const folder = openRunFolder(path);
  const { status, seed, config, experiment } = readRunRecord(folder.record);
  if (status === 'done' || status === 'diverged') {
    throw new UserError(`Cannot resume ${path}: this run is ${status}; agent-state run starts it anew`);
  }
  const setting = await resolveSetting(config); // nothing is left to default: this checks what was read
  const job: RunJob = { experiment, setting, seed, results: folder.path, resume: folder.path, ...log.job };
  const progress = createProgress([job], process.stderr, json || log.quiet);
  const { outcomes, stopped } = await runAtTerminal([job], progress, { takesKeys: !json && !log.quiet });
  // A table of one run belongs beside that run: the experiment's own summary covers runs that this command has not seen.
  await printOutcome({
    name: experiment,
    experiment: null,
    folder: folder.path,
    runs: dirname(dirname(folder.path)),
    outcomes,
    stopped,
    json,
  });
}
