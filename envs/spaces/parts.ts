/** Spaces made of spaces: what they are made of is looked at. */
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import type { Space } from './space.ts';

/** By its methods: kinds of your own are spaces too. */
export function checkSpace(name: string, space: unknown): Space<unknown> {
  const methods = ['contains', 'sample', 'flatten', 'unflatten'];
  const isSpace = typeof space === 'object' && space !== null && methods.every((method) => method in space);
  if (isSpace) return space as Space<unknown>;
  throw new EnvError(`Cannot make a ${name}: it is made of spaces, got ${describe(space)}`);
}

export function checkSpaces(name: string, spaces: unknown): Space<unknown>[] {
  if (!Array.isArray(spaces))
    throw new EnvError(`Cannot make a ${name}: a list of spaces is needed, got ${describe(spaces)}`);
  return spaces.map((space) => checkSpace(name, space));
}
