import type { Box } from './box.ts';
import type { Dict } from './dict.ts';
import type { Discrete } from './discrete.ts';
import type { Graph } from './graph.ts';
import type { MultiBinary } from './multi-binary.ts';
import type { MultiDiscrete } from './multi-discrete.ts';
import type { OneOf } from './one-of.ts';
import type { Sequence } from './sequence.ts';
import type { Space } from './space.ts';
import type { Text } from './text.ts';
import type { Tuple } from './tuple.ts';

/** The ten kinds of this package. */
export type AnySpace = Box | Discrete | MultiDiscrete | MultiBinary | Tuple | Dict | Text | Sequence | Graph | OneOf;

/** For a switch over kinds; one that is none of the ten falls through to its default. */
export function byKind(space: Space<unknown>): AnySpace {
  return space as AnySpace;
}
