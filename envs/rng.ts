import { asJson } from './guard.ts';
import { EnvError } from './errors.ts';
import { suggest } from './nearest.ts';
import { fastRng } from './rng/fast.ts';
import { Generator } from './rng/generator.ts';
import { RandomState } from './rng/random-state.ts';
import type { Seed } from './rng/seed-sequence.ts';

/**
 * A stream of random numbers. Always injected, never shared: a child stream is derived from the parent's seed
 * by name, `createRng(`${seed}/env`)`, so that adding a consumer never shifts the numbers of another.
 */
export interface Rng {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Draws every entry as `uniform` does, in order: a returned fraction may land on the heap, these never do. */
  fill(x: Float64Array): void;
  /** Uniform over the integers lo, lo+1, ..., hi (both included). */
  integer(lo: number, hi: number): number;
  /** Standard normal. */
  normal(): number;
  /** Puts the entries in random order, in place. */
  shuffle(x: { length: number; [i: number]: number }): void;
  /** k different ones of 0, 1, ..., n - 1, in random order. */
  choose(n: number, k: number): number[];
  /** JSON value from which `restore` continues bit by bit. */
  save(): unknown;
  /** Back to where `save` was called; what another kind of stream saved is refused. */
  restore(saved: unknown): void;
}

/**
 * `fast`: seedrandom's xor128, the default, whose seed is any text. `numpy`: NumPy's default_rng(seed), which is
 * Gymnasium's np_random(seed). `mt19937`: NumPy's legacy RandomState(seed). The latter two draw NumPy's very numbers.
 */
export type RngKind = keyof typeof kinds;

const kinds = { fast: (seed: Seed) => fastRng(String(seed)), numpy: numpyRng, mt19937: mt19937Rng };
/** Kinds of random streams: our own fast one, and two of NumPy's, bit for bit. */
export const rngKinds = Object.keys(kinds) as RngKind[];

/** The seed is a non-negative integer, beyond 2^53 as a bigint or as digits; of the fast kind any text. */
export function createRng(seed: Seed, kind: RngKind = 'fast'): Rng {
  checkRngKind(kind);
  return kinds[kind](seed);
}

export function isRngKind(kind: unknown): kind is RngKind {
  return rngKinds.includes(kind as RngKind);
}

/** One clear line for a kind that is none. */
export function checkRngKind(kind: unknown): asserts kind is RngKind {
  if (isRngKind(kind)) return;
  throw new EnvError(`Cannot create an Rng of kind ${asJson(kind)}: ${suggest(String(kind), rngKinds)}`);
}

function numpyRng(seed: Seed): Rng {
  const generator = new Generator(seed);
  return {
    uniform: () => generator.random(),
    // Not by way of a function that is handed over: a closure per call, and every number on the heap.
    fill: (x) => {
      for (let i = 0; i < x.length; i++) x[i] = generator.random();
    },
    integer: (lo, hi) => generator.integers(lo, hi + 1),
    normal: () => generator.standardNormal(),
    shuffle: (x) => generator.shuffle(x),
    choose: (n, k) => generator.choose(n, k),
    save: () => generator.save(),
    restore: (saved) => generator.restore(saved),
  };
}

function mt19937Rng(seed: Seed): Rng {
  const state = new RandomState(seed);
  return {
    uniform: () => state.rand(),
    fill: (x) => {
      for (let i = 0; i < x.length; i++) x[i] = state.rand();
    },
    integer: (lo, hi) => state.randint(lo, hi + 1),
    normal: () => state.randn(),
    shuffle: (x) => state.shuffle(x),
    choose: (n, k) => state.choose(n, k),
    save: () => state.save(),
    restore: (saved) => state.restore(saved),
  };
}
