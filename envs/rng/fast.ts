import seedrandom from 'seedrandom';
import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { checkBounds, checkSample, range, swap } from './bounded.ts';

/** The generator's state: four 32-bit words, not all zero. */
interface Words {
  x: number;
  y: number;
  z: number;
  w: number;
}

/**
 * seedrandom's xor128 (Marsaglia 2003), 53-bit doubles. The seed is hashed as a string: 1 and '1' agree. seedrandom
 * makes the first state; the numbers after it are drawn here, the very ones that seedrandom would draw, in half the
 * time: most of what a step of an environment costs is drawing. Normals: Box-Muller, one value per call, so that the state
 * is the generator's alone.
 */
export function fastRng(seed: string): Rng {
  // The empty string leaves the generator in its all-zero state, in which it would search for a number for ever.
  if (seed === '') throw new EnvError('Cannot create an Rng: the seed is empty; give a number or some text');
  const state = firstState(seed);
  // A call that the compiler does not inline puts the fraction that it returns on the heap; memory of ours does not.
  const drawn = new Float64Array(1);
  const uniform = (): number => {
    draw(state, drawn);
    return drawn[0]!;
  };
  return {
    uniform,
    fill: (x) => {
      for (let i = 0; i < x.length; i++) draw(state, x, i);
    },
    integer: (lo, hi) => {
      if (!(Number.isSafeInteger(lo) && Number.isSafeInteger(hi) && lo <= hi)) checkBounds(lo, hi + 1);
      draw(state, drawn);
      return lo + Math.floor(drawn[0]! * (hi - lo + 1));
    },
    shuffle: (x) => {
      for (let i = x.length - 1; i > 0; i--) swap(x, i, Math.floor(uniform() * (i + 1)));
    },
    choose: (n, k) => {
      checkSample(n, k);
      const all = range(n);
      for (let i = 0; i < k; i++) swap(all, i, i + Math.floor(uniform() * (n - i)));
      return all.slice(0, k);
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    save: () => ({ ...state }),
    restore: (saved) => {
      if (!isState(saved)) throw new EnvError('Cannot restore an Rng: what was saved is not the state of one');
      const { x, y, z, w } = saved;
      Object.assign(state, { x, y, z, w });
    },
  };
}

function firstState(seed: string): Words {
  const prng: { state(): unknown } = seedrandom.xor128(seed, { state: true });
  return prng.state() as Words;
}

/** Two steps of xor128 make 53 bits, written to `out[at]`; a zero is drawn again, as seedrandom does. */
function draw(state: Words, out: Float64Array, at = 0): void {
  for (;;) {
    const { x, y, z, w } = state;
    const a = step(x, w);
    const b = step(y, a);
    state.x = z;
    state.y = w;
    state.z = a;
    state.w = b;
    const number = ((a >>> 11) + (b >>> 0) / 2 ** 32) / 2 ** 21;
    out[at] = number;
    if (number !== 0) return;
  }
}

/** The word that follows: x leaves the state, w is the latest. */
function step(x: number, w: number): number {
  const t = x ^ (x << 11);
  return w ^ (w >>> 19) ^ t ^ (t >>> 8);
}

function isState(saved: unknown): saved is Words {
  if (typeof saved !== 'object' || saved === null) return false;
  const { x, y, z, w } = saved as Record<string, unknown>;
  const words = [x, y, z, w];
  return words.every(Number.isInteger) && words.some((word) => word !== 0);
}
