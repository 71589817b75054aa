/**
 * An error whose message is meant for a person at a terminal: one line naming the act, the value, and what would do
 * (`Cannot create column cell: columns must be a positive integer, got 0`). The command line prints it without a stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Errors whose message is written for people. By name: a user's file may have loaded a copy of its own of either. */
export function isExpected(error: unknown): error is Error {
  return error instanceof Error && (error.name === 'UserError' || error.name === 'EnvError');
}

/** What code of the user's own threw, in one line; the stack stays with its cause. */
export function oneLine(act: string, error: unknown): Error {
  if (isExpected(error)) return error;
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return new UserError(`Cannot ${act}: ${line}`, { cause: error });
}
