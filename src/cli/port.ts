/** --port as a number. */
import { UserError } from '../user-error.ts';

export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
  throw new UserError(`Cannot use --port ${text}: it is a number from 0, any that is free, to 65535`);
}
