import type { Action } from './env.ts';
import { EnvError } from './errors.ts';
import { asJson } from './guard.ts';
import type { Space } from './spaces.ts';

/** The line for an action outside the space. */
export function illegalAction<Act extends Action>(id: string, action: Act, space: Space<Act>): EnvError {
  return new EnvError(`Cannot step ${id}: the action ${show(action)} is not in ${space}`);
}

/** Numbers as they are, typed arrays as lists, everything else as JSON. */
function show(action: Action): string {
  if (typeof action === 'number') return String(action);
  return ArrayBuffer.isView(action) ? `[${String(action).replaceAll(',', ', ')}]` : asJson(action);
}
