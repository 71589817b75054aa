import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { batchSpace, iterate, stackAll, unstackAll } from './batch.ts';
import { isArrayLike, listFromJson } from './nested.ts';
import { checkSpace } from './parts.ts';
import type { Element, SampleOptions, Space } from './space.ts';
import { partsOf, type Steering, steering, steerPart } from './steer.ts';

/** A length (null: geometric; a list: one of these), and what steers each element. */
export type SequenceSteering = readonly [length: number | ArrayLike<number> | null, element: unknown];

/** Any number of elements of one space, as an array or, stacked, as a batch. Without a flat form. */
export interface Sequence<E = unknown> extends Space<E> {
  readonly kind: 'sequence';
  /** Of one member. */
  readonly featureSpace: Space<unknown>;
  /** Whether members are one array, [length x ...], in place of a list. */
  readonly stack: boolean;
  sample(rng: Rng, how?: SampleOptions<SequenceSteering>): E;
}

/** Sequence(space). A sample's length is geometric with parameter 1/4, so 1 at least and 4 on average. */
export function sequence<T>(featureSpace: Space<T>, options?: { readonly stack?: false }): Sequence<readonly T[]>;
/** Stacked: elements are batches, as `concatenate` makes them. */
export function sequence(featureSpace: Space<unknown>, options: { readonly stack?: boolean }): Sequence<Element>;
export function sequence(featureSpace: Space<unknown>, { stack = false } = {}): Sequence<Element> {
  checkSpace('Sequence', featureSpace);
  const text = `Sequence(${featureSpace}, stack=${stack})`;
  const stackedSpace = stack ? batchSpace(featureSpace) : null;
  const pack = (items: readonly unknown[]): Element => (stack ? stackAll(featureSpace, items) : items);
  const unpack = (x: unknown): readonly unknown[] => (stack ? unstackAll(featureSpace, x) : (x as readonly unknown[]));
  return {
    kind: 'sequence',
    shape: [],
    size: 0,
    dtype: null,
    isFlattenable: false,
    featureSpace,
    stack,
    contains(x): x is Element {
      const items = stackedSpace === null ? listOrNull(x) : itemsOrNull(stackedSpace, x);
      return items !== null && items.every((item) => featureSpace.contains(item));
    },
    sample(rng, how) {
      const steer = steering(rng, how, text);
      const [length, by] = steer === null ? [null, null] : partsOf(steer, 2, text);
      const part = steer === null ? undefined : steerPart(steer, by);
      return pack(Array.from({ length: drawLength(rng, length, steer, text) }, () => featureSpace.sample(rng, part)));
    },
    flatten() {
      throw new EnvError(`Cannot flatten an element of ${text} into one array: its length varies`);
    },
    unflatten() {
      throw new EnvError(`Cannot unflatten one array into ${text}: the length of its elements varies`);
    },
    toJsonable: (samples) => samples.map((x) => featureSpace.toJsonable(unpack(x))),
    fromJsonable: (json) => listFromJson(json).map((x) => pack(featureSpace.fromJsonable(x))),
    equals: (other) => isSequence(other) && other.stack === stack && other.featureSpace.equals(featureSpace),
    toJSON: () => ({ kind: 'sequence', space: featureSpace.toJSON(), stack }),
    toString: () => text,
  };
}

function isSequence(space: Space<unknown>): space is Sequence {
  return space.kind === 'sequence';
}

function drawLength(rng: Rng, length: unknown, steer: Steering | null, text: string): number {
  if ((length ?? null) === null) return 1 + Math.floor(Math.log(1 - rng.uniform()) / Math.log(0.75));
  if (isLength(length)) return length;
  if (isArrayLike(length) && length.length > 0 && Array.from(length).every(isLength)) {
    return length[rng.integer(0, length.length - 1)] as number;
  }
  throw new EnvError(
    `Cannot sample ${text}: the length in its ${steer?.by} must be an integer >= 0, or a list of them`,
  );
}

function isLength(x: unknown): x is number {
  return Number.isSafeInteger(x) && (x as number) >= 0;
}

function listOrNull(x: unknown): readonly unknown[] | null {
  return Array.isArray(x) ? x : null;
}

/** What a batch holds; null where x is no batch of this space. */
export function itemsOrNull(batched: Space<unknown>, x: unknown): Element[] | null {
  try {
    return [...iterate(batched, x)];
  } catch (error) {
    if (error instanceof EnvError) return null;
    throw error;
  }
}
