/**
 * Batches: n elements of a space as one element of another, which is what a vector of environments passes about.
 * Gymnasium's batch_space, iterate, concatenate and create_empty_array, with one difference: a batch of a MultiDiscrete
 * or MultiBinary space is one of the same kind with one more side (Gymnasium: a Box with the same values), so that
 * what `iterate` yields are elements of the single space here, too, where the kind of array tells them apart.
 */
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import { byKind } from './any-space.ts';
import { box, openBounds } from './box.ts';
import { dict } from './dict.ts';
import { multiBinary } from './multi-binary.ts';
import { multiDiscrete } from './multi-discrete.ts';
import { nest, type Nested, productOf } from './nested.ts';
import type { Element, Space } from './space.ts';
import { tuple } from './tuple.ts';

/** The space of n elements side by side; a Tuple of n where they do not stack (Text, Sequence, Graph, OneOf, others). */
export function batchSpace(given: Space<unknown>, n = 1): Space<Element> {
  if (!Number.isSafeInteger(n) || n < 1)
    throw new EnvError(`Cannot make a batch of ${n}: n must be a positive integer`);
  const space = byKind(given);
  switch (space.kind) {
    case 'box': {
      const [low, high] = openBounds(space);
      return box(repeat(low, n), repeat(high, n), [n, ...space.shape], space.dtype);
    }
    case 'discrete': {
      const dtype = space.dtype === 'int64' ? 'int32' : space.dtype;
      return multiDiscrete(new Array<number>(n).fill(space.n), { start: space.start, dtype });
    }
    case 'multi-discrete': {
      const shape = [n, ...space.shape];
      const start = nest(repeat(space.start, n), shape) as Nested;
      return multiDiscrete(nest(repeat(space.nvec, n), shape) as Nested[], { start, dtype: space.dtype });
    }
    case 'multi-binary':
      return multiBinary([n, ...space.shape]);
    case 'tuple':
      return tuple(space.spaces.map((part) => batchSpace(part, n)));
    case 'dict':
      return dict(space.keys.map((key) => [key, batchSpace(space.spaces[key]!, n)] as const));
    default:
      return tuple(new Array<Space<unknown>>(n).fill(given));
  }
}

/** The elements of a batch, one by one: of an element of a batched space. Rows of arrays are views. */
export function* iterate(given: Space<unknown>, items: unknown): Generator<Element> {
  const space = byKind(given);
  switch (space.kind) {
    case 'box':
      yield* rowsOf(items, Float64Array, space, false);
      return;
    case 'multi-discrete':
      yield* rowsOf(items, Int32Array, space, true);
      return;
    case 'multi-binary':
      yield* rowsOf(items, Int8Array, space, true);
      return;
    case 'tuple':
      if (!Array.isArray(items)) throw cannotIterate(given);
      if (!space.spaces.every(({ kind }) => iterable.has(kind))) yield* items as Element[];
      else
        yield* zip(
          space.spaces.map((part, i) => [...iterate(part, items[i])]),
          given,
        );
      return;
    case 'dict': {
      if (typeof items !== 'object' || items === null) throw cannotIterate(given);
      const record = items as Record<string, unknown>;
      const columns = space.keys.map((key) => [...iterate(space.spaces[key]!, record[key])]);
      for (const row of zip(columns, given)) yield Object.fromEntries(space.keys.map((key, i) => [key, row[i]]));
      return;
    }
    default:
      throw cannotIterate(given);
  }
}
const iterable: ReadonlySet<string> = new Set(['box', 'discrete', 'multi-discrete', 'multi-binary', 'tuple', 'dict']);

/** Writes elements of a single space into a batch from `createEmptyArray`, and returns it; what does not stack is listed. */
export function concatenate(given: Space<unknown>, items: Iterable<unknown>, out: unknown): Element {
  const space = byKind(given);
  const all = [...items];
  if (countable.has(space.kind)) all.forEach((x) => checkElement(x, given));
  switch (space.kind) {
    case 'box':
    case 'multi-discrete':
    case 'multi-binary':
      return stack(all as ArrayLike<number>[], out, productOf(space.shape), given);
    case 'discrete':
      return stack(
        all.map((x) => [x as number]),
        out,
        1,
        given,
      );
    case 'tuple':
      return space.spaces.map((part, i) => {
        return concatenate(
          part,
          all.map((x) => (x as readonly unknown[] | null)?.[i]),
          (out as readonly unknown[] | null)?.[i],
        );
      });
    case 'dict':
      return Object.fromEntries(
        space.keys.map((key) => {
          const column = all.map((x) => (x as Record<string, unknown> | null)?.[key]);
          return [key, concatenate(space.spaces[key]!, column, (out as Record<string, unknown> | null)?.[key])];
        }),
      );
    default:
      return all;
  }
}

/** Room for n elements, zero: not always in the batched space. null for a kind of your own. */
export function createEmptyArray(given: Space<unknown>, n = 1): Element | null {
  const space = byKind(given);
  switch (space.kind) {
    case 'box':
      return new Float64Array(n * space.size);
    case 'discrete':
      return new Int32Array(n);
    case 'multi-discrete':
      return new Int32Array(n * space.nvec.length);
    case 'multi-binary':
      return new Int8Array(n * space.size);
    case 'tuple':
      return space.spaces.map((part) => createEmptyArray(part, n));
    case 'dict':
      return Object.fromEntries(space.keys.map((key) => [key, createEmptyArray(space.spaces[key]!, n)]));
    case 'text':
      return Array.from({ length: n }, () => [...space.characters].sort()[0]!.repeat(space.minLength));
    case 'sequence':
      return Array.from({ length: n }, () => (space.stack ? createEmptyArray(space.featureSpace, 1) : []));
    case 'graph':
      return Array.from({ length: n }, () => emptyGraph(space.nodeSpace, space.edgeSpace));
    case 'one-of':
      return Array.from({ length: n }, () => []);
    default:
      return null;
  }
}

/** Elements of a single space as one batch, however many. */
export function stackAll(space: Space<unknown>, items: readonly unknown[]): Element {
  return concatenate(space, items, createEmptyArray(space, items.length));
}

/** Elements of a single space out of one batch, however many. */
export function unstackAll(space: Space<unknown>, batch: unknown): Element[] {
  return [...iterate(batchSpace(space), batch)];
}

/** A number of another space would pass for one of this; the bounds of a Box are left to whoever looks for them. */
const countable: ReadonlySet<string> = new Set(['discrete', 'multi-discrete', 'multi-binary']);

function checkElement(x: unknown, space: Space<unknown>): void {
  if (!space.contains(x)) throw new EnvError(`Cannot concatenate ${describe(x)}: it is not in ${space}`);
}

type Numbers = Float64Array | Int32Array | Int8Array;
interface ArrayKind<A extends Numbers> {
  new (length: number): A;
}

function* rowsOf<A extends Numbers>(
  items: unknown,
  kind: ArrayKind<A>,
  space: Space<unknown>,
  scalars: boolean,
): Generator<Numbers | number> {
  const row = productOf(space.shape.slice(1));
  if (!(items instanceof kind) || space.shape.length === 0 || items.length % row !== 0) throw cannotIterate(space);
  if (scalars && space.shape.length === 1) yield* items;
  else for (let at = 0; at < items.length; at += row) yield items.subarray(at, at + row);
}

function zip(columns: readonly Element[][], space: Space<unknown>): Element[][] {
  const length = columns[0]?.length ?? 0;
  if (columns.some((column) => column.length !== length)) throw cannotIterate(space);
  return Array.from({ length }, (_, row) => columns.map((column) => column[row]!));
}

function stack(
  items: readonly (ArrayLike<number> | null)[],
  out: unknown,
  row: number,
  space: Space<unknown>,
): Element {
  const fits = ArrayBuffer.isView(out) && (out as Numbers).length === items.length * row;
  if (!fits || items.some((item) => item?.length !== row)) {
    throw new EnvError(`Cannot concatenate ${items.length} elements of ${space}: rows of ${row} must fill the array`);
  }
  items.forEach((item, i) => (out as Numbers).set(item!, i * row));
  return out;
}

function repeat<A extends Float64Array | Int32Array>(values: A, n: number): A {
  const out = new (values.constructor as ArrayKind<A>)(values.length * n);
  for (let i = 0; i < n; i++) out.set(values, i * values.length);
  return out;
}

function emptyGraph(nodeSpace: Space<unknown>, edgeSpace: Space<unknown> | null): Element {
  const edges = edgeSpace === null ? null : createEmptyArray(edgeSpace, 1);
  return { nodes: createEmptyArray(nodeSpace, 1), edges, edgeLinks: edgeSpace === null ? null : new Int32Array(2) };
}

function cannotIterate(space: Space<unknown>): EnvError {
  return new EnvError(`Cannot iterate over ${space}: a batch of its own kind is needed, see batchSpace`);
}
