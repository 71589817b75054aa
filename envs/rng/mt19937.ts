/**
 * MT19937, the Mersenne Twister (Matsumoto and Nishimura 1998), seeded as NumPy's legacy RandomState(seed) seeds it.
 */
import { EnvError } from '../errors.ts';
import { seedInteger } from './seed-sequence.ts';
import type { Seed } from './seed-sequence.ts';

/** JSON: the 624 words and how many of them were used. */
export interface Mt19937State {
  readonly key: readonly number[];
  readonly used: number;
}

const size = 624;
const offset = 397;

export class Mt19937 {
  private readonly key = new Uint32Array(size);
  private used = size;

  constructor(seed: Seed) {
    const integer = seedInteger(seed);
    if (integer > 0xffffffffn) {
      throw new EnvError(`Cannot create an Rng of kind mt19937: its seeds are 0 to 4294967295, got ${integer}`);
    }
    this.key[0] = Number(integer);
    for (let i = 1; i < size; i++) {
      const before = this.key[i - 1]!;
      this.key[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
  }

  next32(): number {
    if (this.used === size) this.twist();
    let y = this.key[this.used++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** 53 bits in [0, 1), from two words. */
  nextDouble(): number {
    const a = this.next32() >>> 5;
    const b = this.next32() >>> 6;
    return (a * 2 ** 26 + b) * 2 ** -53;
  }

  save(): Mt19937State {
    return { key: [...this.key], used: this.used };
  }

  restore(saved: unknown): void {
    if (!isState(saved)) throw new EnvError('Cannot restore an Rng: what was saved is not the state of an MT19937');
    this.key.set(saved.key);
    this.used = saved.used;
  }

  /** The next 624 words, in place. */
  private twist(): void {
    const { key } = this;
    for (let i = 0; i < size - offset; i++) key[i] = key[i + offset]! ^ blend(key[i]!, key[i + 1]!);
    for (let i = size - offset; i < size - 1; i++) key[i] = key[i + offset - size]! ^ blend(key[i]!, key[i + 1]!);
    key[size - 1] = key[offset - 1]! ^ blend(key[size - 1]!, key[0]!);
    this.used = 0;
  }
}

/** The highest bit of one word with the others of the next, through the twist matrix. */
function blend(word: number, next: number): number {
  const y = (word & 0x80000000) | (next & 0x7fffffff);
  return (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
}

function isState(saved: unknown): saved is Mt19937State {
  const { key, used } = (saved ?? {}) as Partial<Mt19937State>;
  const isKey = Array.isArray(key) && key.length === size && key.every((word) => word >>> 0 === word);
  return isKey && Number.isInteger(used) && used! >= 0 && used! <= size;
}
