import { EnvError } from '../errors.ts';
import { byKind } from '../spaces/any-space.ts';
import type { Space } from '../spaces.ts';

/**
 * Gymnasium's create_zero_array, in flat form: 0 where a Box allows it, else the bound next to it; the first value of a
 * Discrete space, which is one-hot.
 */
export function zeroFlat(given: Space<unknown>): Float64Array {
  const space = byKind(given);
  switch (space.kind) {
    case 'box':
      return space.low.map((low, i) => Math.min(space.high[i]!, Math.max(low, 0)));
    case 'discrete':
      return firstHot([space.n]);
    case 'multi-discrete':
      return firstHot(space.nvec);
    case 'multi-binary':
      return new Float64Array(space.size);
    case 'tuple':
      return join(space.spaces.map((part) => zeroFlat(part)));
    case 'dict':
      return join(space.keys.map((key) => zeroFlat(space.spaces[key])));
    default:
      throw new EnvError(`Cannot say what nothing looks like in ${given}`);
  }
}

function firstHot(counts: ArrayLike<number>): Float64Array {
  return join(Array.from(counts, (n) => Float64Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0))));
}

function join(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}
