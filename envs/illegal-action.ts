import type { Action } from './env.ts';
import { EnvError } from './errors.ts';
import type { Space } from './spaces.ts';

/** The line for an action outside the space. */
export function illegalAction<Act extends Action>(id: string, action: Act, space: Space<Act>): EnvError {
  const given = typeof action === 'number' ? String(action) : `[${action.join(', ')}]`;
  return new EnvError(`Cannot step ${id}: the action ${given} is not in ${space}`);
}
