import { CommanderError } from 'commander';
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
    if (!isExpected(error)) throw error;
    console.error(`agent-state: ${error.message}`);
    process.exitCode = 2;
  }
}
