/** Spaces: what observations and actions look like. One file per space under spaces/. */
export type { AnySpace } from './spaces/any-space.ts';
export { batchSpace, concatenate, createEmptyArray, iterate } from './spaces/batch.ts';
export { box, type Box } from './spaces/box.ts';
export { dict, type Dict } from './spaces/dict.ts';
export { discrete, type Discrete } from './spaces/discrete.ts';
export { type DType, dtypes } from './spaces/dtype.ts';
export { flatdim, flatten, flattenSpace, isFlattenable, unflatten } from './spaces/flatten.ts';
export { graph, type Graph, type GraphInstance, type GraphSampleOptions } from './spaces/graph.ts';
export { spaceFromJSON } from './spaces/json.ts';
export { multiBinary, type MultiBinary } from './spaces/multi-binary.ts';
export { multiDiscrete, type MultiDiscrete, type MultiDiscreteOptions } from './spaces/multi-discrete.ts';
export { oneOf, type OneOf } from './spaces/one-of.ts';
export { sequence, type Sequence, type SequenceSteering } from './spaces/sequence.ts';
export { sameSpace, type Element, type SampleOptions, type Space, type SpaceJSON } from './spaces/space.ts';
export { text, type Text, type TextOptions, type TextSteering } from './spaces/text.ts';
export { tuple, type Tuple } from './spaces/tuple.ts';
