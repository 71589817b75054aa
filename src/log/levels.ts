/** What a log takes: its level and whatever is above. Importing it does not load pino. */
import { UserError } from '../user-error.ts';

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** `said` names where the level was given: `Cannot log at level`, `Cannot use --log-level`. */
export function checkLevel(level: string, said = 'Cannot log at level'): LogLevel {
  const found = LEVELS.find((name) => name === level.toLowerCase());
  if (!found) throw new UserError(`${said} "${level}": the levels are ${LEVELS.join(', ')}`);
  return found;
}
