/** --log-level and --log-every, of every command that runs agents. Commander alone is loaded with this file. */
import { type Command, Option } from 'commander';
import { checkLevel } from '../log/levels.ts';
import type { LogOptions } from '../run/run-job.ts';
import { wholeNumber } from './numbers.ts';

export interface LogFlags {
  readonly logLevel?: string;
  readonly logEvery?: string;
}

export const addLogOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--log-level <level>', 'of log.ndjson; its lines are then shown on stderr too (default: info)'),
    )
    .addOption(new Option('--log-every <n>', 'a metrics record in the log every n steps (default: none)'));

/**
 * What a job needs, to be spread into it, and whether lines on stderr take the place of the progress shown there.
 */
export function logOptions({ logLevel, logEvery }: LogFlags): {
  readonly job: { log?: LogOptions };
  readonly quiet: boolean;
} {
  const level = logLevel === undefined ? {} : { level: checkLevel(logLevel, 'Cannot use --log-level') };
  const every = logEvery === undefined ? {} : { every: wholeNumber('--log-every', logEvery) };
  const log = { ...level, ...every };
  return { job: Object.keys(log).length === 0 ? {} : { log }, quiet: logLevel !== undefined };
}
