/**
 * An error whose message is meant for a person at a terminal: one line naming the act, the value, and what would do
 * (`Cannot create column cell: columns must be a positive integer, got 0`). The command line prints it without a stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}
