import { CommanderError } from 'commander';
import { systemReason } from '../results/system-reason.ts';
import { isExpected } from '../user-error.ts';

/** Runs a command; a mistake of the user's ends in one clear line and exit code 2, never in a stack trace. */
export async function guard(act: () => Promise<unknown>): Promise<void> {
  // `agent-state list cells | head` closes our output early: that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    await act();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2; // commander has already printed its line
      return;
    }
    const line = isExpected(error) ? error.message : refused(error);
    if (line === null) throw error;
    console.error(`agent-state: ${line}`);
    process.exitCode = 2;
  }
}

/** What the system did not let us do with a file; null: something else went wrong. */
function refused(error: unknown): string | null {
  const { path, syscall } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (path === undefined || syscall === undefined) return null;
  return `Cannot use ${path}: ${systemReason(error)}`;
}
