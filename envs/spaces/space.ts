import type { Rng } from '../rng.ts';

/** The set that observations or actions of type T come from. */
export interface Space<T> {
  readonly kind: string;
  /** Shape of an element; [] for a single number. */
  readonly shape: readonly number[];
  /** Entries of the flat form: the product of `shape`, or n for a Discrete space (one-hot). */
  readonly size: number;
  contains(x: unknown): x is T;
  sample(rng: Rng): T;
  /** Writes the flat form of x into `out` [size]. */
  flatten(x: T, out: Float64Array): void;
  toString(): string;
}
