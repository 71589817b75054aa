import seedrandom from 'seedrandom';
import { EnvError } from './errors.ts';

/**
 * A stream of random numbers. Always injected, never shared: a child stream is derived from the parent's seed
 * by name, `createRng(`${seed}/env`)`, so that adding a consumer never shifts the numbers of another.
 */
export interface Rng {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform over the integers lo, lo+1, ..., hi (both included). */
  integer(lo: number, hi: number): number;
  /** Standard normal (Box-Muller, one value per call, so that the state is the generator's alone). */
  normal(): number;
  /** JSON value from which `restore` continues bit by bit. */
  save(): unknown;
  restore(saved: unknown): void;
}

interface StatefulPrng {
  double(): number;
  state(): unknown;
}

/** seedrandom's xor128 (Marsaglia 2003), 53-bit doubles. The seed is hashed as a string: 1 and '1' agree. */
export function createRng(seed: string | number): Rng {
  // The empty string leaves the generator in its all-zero state, in which it would search for a number for ever.
  if (seed === '') throw new EnvError('Cannot create an Rng: the seed is empty; give a number or some text');
  let prng = start(String(seed), true);
  const uniform = (): number => prng.double();
  return {
    uniform,
    integer: (lo, hi) => lo + Math.floor(uniform() * (hi - lo + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    save: () => prng.state(),
    restore: (saved) => {
      if (!isState(saved)) throw new EnvError('Cannot restore an Rng: what was saved is not the state of one');
      prng = start('', saved);
    },
  };
}

function start(seed: string, state: unknown): StatefulPrng {
  // `true` asks for a generator that can be saved, a saved state for one that continues it.
  return seedrandom.xor128(seed, { state: state as true });
}

/** Four 32-bit words, not all zero. */
function isState(saved: unknown): boolean {
  if (typeof saved !== 'object' || saved === null) return false;
  const { x, y, z, w } = saved as Record<string, unknown>;
  const words = [x, y, z, w];
  return words.every(Number.isInteger) && words.some((word) => word !== 0);
}
