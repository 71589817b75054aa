import type { Part } from './types.ts';

/** Names a part's three types once, so that its file can default-export it without casts. */
export function definePart<Options, Needs, Made>(part: Part<Options, Needs, Made>): Part<Options, Needs, Made> {
  return part;
}
