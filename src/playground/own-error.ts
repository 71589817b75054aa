/** The visitor's own lines failed, and on which of them, where that is known. */
import { UserError } from '../user-error.ts';

export class OwnError extends UserError {
  readonly line: number | null; // from 1

  constructor(why: string, line: number | null) {
    super(`Your own lines failed: ${line === null ? '' : `line ${line}: `}${why}`);
    this.line = line;
  }
}
