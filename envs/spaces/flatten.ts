/** Flat forms: what a network is given. Gymnasium's flatdim, flatten_space, flatten and unflatten. */
import { EnvError } from '../errors.ts';
import { type AnySpace, byKind } from './any-space.ts';
import { stackAll, unstackAll } from './batch.ts';
import { greatest, least } from './bounds.ts';
import { type Box, box, openBounds } from './box.ts';
import { dict } from './dict.ts';
import { type DType, promote } from './dtype.ts';
import { graph, type GraphInstance } from './graph.ts';
import { sequence } from './sequence.ts';
import type { Element, Space } from './space.ts';
import { tuple } from './tuple.ts';

/** Whether an element fits one array of fixed length. */
export function isFlattenable(space: Space<unknown>): boolean {
  return space.isFlattenable;
}

/** Entries of the flat form; an error where there is none. */
export function flatdim(space: Space<unknown>): number {
  if (space.isFlattenable) return space.size;
  throw new EnvError(`Cannot give the flat size of ${space}: it holds a Sequence or a Graph, whose length varies`);
}

/**
 * The flat form of x, as an array. What cannot be flattened is flattened as far as it goes: the parts of a Tuple, the
 * elements of a Sequence, the nodes and edges of a Graph.
 */
export function flatten<T>(space: Space<T>, x: T): Float64Array | Element {
  if (!space.isFlattenable) return mapParts(byKind(space), x, flatten, flattenSpace, (part) => part);
  const out = new Float64Array(space.size);
  space.flatten(x, out);
  return out;
}

/** What `flatten` made, back again. */
export function unflatten<T>(space: Space<T>, flat: ArrayLike<number> | Element): T {
  if (space.isFlattenable) return space.unflatten(flat as ArrayLike<number>);
  return mapParts(byKind(space), flat, unflatten as Change, (part) => part, flattenSpace) as T;
}

type Change = (space: Space<unknown>, x: Element) => Element;
type Via = (space: Space<unknown>) => Space<unknown>;

/** Changes the parts of an element; `to` and `from` say in which space a changed part and a given part lie. */
function mapParts(space: AnySpace, x: unknown, change: Change, to: Via, from: Via): Element {
  const each = (part: Space<unknown>, batch: unknown): Element => {
    const items = unstackAll(from(part), batch).map((item) => change(part, item));
    return stackAll(to(part), items);
  };
  switch (space.kind) {
    case 'tuple':
      return space.spaces.map((part, i) => change(part, (x as Element[])[i]!));
    case 'dict':
      return Object.fromEntries(
        space.keys.map((key) => [key, change(space.spaces[key]!, (x as Record<string, Element>)[key]!)]),
      );
    case 'sequence':
      if (space.stack) return each(space.featureSpace, x);
      return (x as Element[]).map((item) => change(space.featureSpace, item));
    case 'graph': {
      const { nodes, edges, edgeLinks } = x as GraphInstance;
      const isEdged = edges !== null && space.edgeSpace !== null;
      return { nodes: each(space.nodeSpace, nodes), edges: isEdged ? each(space.edgeSpace!, edges) : null, edgeLinks };
    }
    default:
      throw new EnvError(`Cannot flatten an element of ${space}: one of its parts varies in length`);
  }
}

/**
 * The space of the flat forms: a Box, wherever there is one array. A sample of it is seldom the flat form of anything:
 * that of a Discrete space is not one-hot.
 */
export function flattenSpace(given: Space<unknown>): Space<Element> {
  if (given.isFlattenable) return flatBox(given);
  const space = byKind(given);
  switch (space.kind) {
    case 'tuple':
      return tuple(space.spaces.map(flattenSpace));
    case 'dict':
      return dict(space.keys.map((key) => [key, flattenSpace(space.spaces[key]!)] as const));
    case 'sequence':
      return sequence(flattenSpace(space.featureSpace), { stack: space.stack });
    case 'graph':
      return graph(flattenSpace(space.nodeSpace), space.edgeSpace === null ? null : flattenSpace(space.edgeSpace));
    default:
      throw new EnvError(`Cannot flatten ${given}: one of its spaces varies in length`);
  }
}

function flatBox(given: Space<unknown>): Box {
  const space = byKind(given);
  switch (space.kind) {
    case 'box':
      return box(...openBounds(space), [space.size], space.dtype);
    case 'discrete':
    case 'multi-discrete':
    case 'multi-binary':
      return box(0, 1, [space.size], space.dtype);
    case 'text':
      return box(0, space.characters.length, [space.size], 'int32');
    case 'tuple':
      return join(space.spaces.map(flatBox), given);
    case 'dict':
      return join(
        space.keys.map((key) => flatBox(space.spaces[key]!)),
        given,
      );
    case 'one-of':
      return flatChoice(space.spaces.map(flatBox), space.size);
    default:
      throw new EnvError(`Cannot flatten ${given}: its kind is none of this package's`);
  }
}

/** Boxes end to end. */
function join(boxes: readonly Box[], space: Space<unknown>): Box {
  if (boxes.length === 0) throw new EnvError(`Cannot flatten ${space}: it has no parts`);
  const low = boxes.flatMap((part) => [...part.low]);
  const high = boxes.flatMap((part) => [...part.high]);
  return box(low, high, [low.length], boxes.map(({ dtype }) => dtype).reduce(promote));
}

/** The index first, then entries as wide as the widest of all. */
function flatChoice(boxes: readonly Box[], size: number): Box {
  const low = new Float64Array(size).fill(Math.min(...boxes.map((part) => least(part.low))));
  const high = new Float64Array(size).fill(Math.max(...boxes.map((part) => greatest(part.high))));
  low[0] = 0;
  high[0] = boxes.length - 1;
  return box(low, high, [size], choiceType(boxes.map(({ dtype }) => dtype).reduce(promote), boxes.length - 1));
}

/** The dtype must hold the index, too. */
function choiceType(dtype: DType, index: number): DType {
  const held = index <= 255 ? 'uint8' : index <= 65_535 ? 'uint16' : 'uint32';
  const isTooSmall = (dtype === 'bool' && index > 1) || (dtype === 'int8' && index > 127);
  return isTooSmall || (dtype === 'uint8' && index > 255) ? promote(dtype, held) : dtype;
}
