import { UserError } from '../user-error.ts';

/** Two vectors that are to be compared entry by entry must have one length. */
export function requireSameLength(act: string, a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length) {
    throw new UserError(`Cannot take the ${act}: the vectors must have one length, got ${a.length} and ${b.length}`);
  }
}
