import type { Rng } from '../rng.ts';
import type { DType } from './dtype.ts';

/** What a space may hold: a number, a text, a typed array, or arrays and records of these. */
export type Element = number | string | object;

/** Steers a sample: what may be drawn (`mask`), or how likely (`probability`). Each kind of space names its form. */
export interface SampleOptions<Mask = unknown, Probability = Mask> {
  /** Which values may be drawn, in the form that the space asks for; not together with `probability`. */
  readonly mask?: Mask | null | undefined;
  /** How probable each value is, in the form that the space asks for. */
  readonly probability?: Probability | null | undefined;
}

/** A space in words that JSON carries; `spaceFromJSON` makes the space again. */
export interface SpaceJSON {
  /** Which of the kinds of space it is. */
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** The set that observations or actions of type T come from. */
export interface Space<T> {
  /** Which of the kinds of space it is; other members say the rest. */
  readonly kind: string;
  /** Shape of an element that is one array; [] for a single number, and where Gymnasium's shape is None. */
  readonly shape: readonly number[];
  /**
   * Entries of the flat form: the product of `shape`, n for a Discrete space (one-hot), the sum of the parts of a Tuple.
   * 0 where elements have no flat form (`isFlattenable` is false).
   */
  readonly size: number;
  /** What the numbers of an element are; null where Gymnasium's is None or str. */
  readonly dtype: DType | null;
  /** False where elements vary in length: Sequence, Graph, and whatever holds one. */
  readonly isFlattenable: boolean;
  /** Whether x is an element, type and shape included. */
  contains(x: unknown): x is T;
  /** `how` masks or weighs what may be drawn; giving both is an error. */
  sample(rng: Rng, how?: SampleOptions): T;
  /** Writes the flat form of x into `out` [size]. */
  flatten(x: T, out: Float64Array): void;
  /** The element whose flat form this is. */
  unflatten(flat: ArrayLike<number>): T;
  /** A batch of elements as JSON, in Gymnasium's layout: a Tuple and a Dict give one column per part. */
  toJsonable(samples: readonly T[]): unknown;
  /** The inverse of `toJsonable`. */
  fromJsonable(json: unknown): T[];
  /** Gymnasium's ==. */
  equals(other: Space<unknown>): boolean;
  /** The space itself as JSON; `spaceFromJSON` makes it again. */
  toJSON(): SpaceJSON;
  /** The form that Gymnasium prints. */
  toString(): string;
}

/** Gymnasium's ==: same kind and parameters, the bounds of a Box to 1e-5, a Dict's keys in any order. */
export function sameSpace(a: Space<unknown>, b: Space<unknown>): boolean {
  return a.equals(b);
}
