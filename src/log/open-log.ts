import { closeSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { destination } from 'pino';
import type { DestinationStream } from 'pino';
import { makeFolder } from '../results/make-folder.ts';
import { cutTornTail } from '../results/torn-tail.ts';
import { systemReason } from '../results/system-reason.ts';
import { UserError } from '../user-error.ts';

export interface LogFile extends DestinationStream {
  close(): void; // a process that runs many agents would run out of files
}

/**
 * Opens a log file to append to, folders included. Unbuffered and synchronous: measured, a buffered destination loses
 * its tail on exit and an asynchronous one nearly everything on SIGTERM.
 */
export function openLog(path: string): LogFile {
  const fail = (error: unknown): never => {
    throw new UserError(`Cannot write the log to ${path}: ${systemReason(error)}`, { cause: error });
  };
  let file: number;
  try {
    makeFolder(dirname(path));
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) cutTornTail(path); // /dev/stdout stays as it is
    file = openSync(path, 'a');
  } catch (error) {
    return fail(error);
  }
  const log = destination({ dest: file, sync: true });
  log.on('error', fail); // emitted inside the call that logs: a full disk ends the run with one line
  return Object.assign(log, { close: () => closeSync(file) });
}
