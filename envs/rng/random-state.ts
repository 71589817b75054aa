/**
 * NumPy's legacy RandomState over MT19937, `numpy.random.RandomState(seed)`: the same numbers for the same calls. Its
 * integers come by masked rejection, its normals by the polar method, two at a time: the second is kept for the next call.
 */
import { EnvError } from '../errors.ts';
import { checkBounds, checkSample, interval, range, shuffleMasked, weightedIndex, weightedIndices } from './bounded.ts';
import type { List } from './bounded.ts';
import { log } from './log.ts';
import { Mt19937 } from './mt19937.ts';
import type { Mt19937State } from './mt19937.ts';
import type { Seed } from './seed-sequence.ts';

/** JSON. `gauss` is the normal that is kept for the next call, or null. */
export interface RandomStateState extends Mt19937State {
  /** The normal that is kept for the next call; null: none is. */
  readonly gauss: number | null;
}

export class RandomState {
  /** The stream of bits. */
  readonly bits: Mt19937;
  private gauss: number | null = null;

  /** The same seed, the same numbers as `numpy.random.RandomState(seed)`. */
  constructor(seed: Seed) {
    this.bits = new Mt19937(seed);
  }

  /** [0, 1), 53 bits. */
  rand(): number {
    return this.bits.nextDouble();
  }

  /** [low, high), 53 bits. */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.bits.nextDouble();
  }

  /** [low, high) */
  randint(low: number, high: number): number {
    checkBounds(low, high);
    const max = high - 1 - low;
    return low + (max < 2 ** 32 ? interval(this.bits, max) : this.interval64(max));
  }

  /** Mean 0, standard deviation 1, by the polar method (Marsaglia & Bray 1964): every other call draws. */
  randn(): number {
    const { gauss } = this;
    if (gauss !== null) {
      this.gauss = null;
      return gauss;
    }
    for (;;) {
      const x = 2 * this.bits.nextDouble() - 1;
      const y = 2 * this.bits.nextDouble() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const stretch = Math.sqrt((-2 * log(square)) / square);
      this.gauss = stretch * x;
      return stretch * y;
    }
  }

  /** Of this mean and standard deviation. */
  normal(mean: number, deviation: number): number {
    return mean + deviation * this.randn();
  }

  /** Successes among n trials, by inversion; NumPy takes another way where n min(p, 1 - p) > 30. */
  binomial(n: number, p: number): number {
    const rare = Math.min(p, 1 - p);
    if (!Number.isSafeInteger(n) || n < 0 || !(rare >= 0) || n * rare > 30) {
      throw new EnvError(`Cannot draw a binomial of n = ${n}, p = ${p}: needs p in [0, 1] and n min(p, 1 - p) <= 30`);
    }
    return p <= 0.5 ? this.successes(n, p) : n - this.successes(n, 1 - p);
  }

  /** In place, by masked rejection. */
  shuffle<T>(x: List<T>): void {
    shuffleMasked(this.bits, x);
  }

  /** 0, 1, ..., n - 1 in random order. */
  permutation(n: number): number[] {
    const all = range(n);
    this.shuffle(all);
    return all;
  }

  /** choice(n, p=p) */
  choice(n: number, p?: ArrayLike<number>): number {
    return p === undefined ? this.randint(0, n) : weightedIndex(this.bits, p);
  }

  /** choice(n, k, replace=False, p=p); without p it shuffles all n. */
  choose(n: number, k: number, p?: ArrayLike<number>): number[] {
    checkSample(n, k);
    return p === undefined ? this.permutation(n).slice(0, k) : weightedIndices(this.bits, p, k);
  }

  /** The state of the stream, and the normal that is kept, as JSON. */
  save(): RandomStateState {
    return { ...this.bits.save(), gauss: this.gauss };
  }

  /** Goes on from what `save` gave; what is none is an EnvError. */
  restore(saved: unknown): void {
    const { gauss } = (saved ?? {}) as Partial<RandomStateState>;
    if (gauss !== null && !Number.isFinite(gauss)) {
      throw new EnvError('Cannot restore an Rng: what was saved is not the state of a RandomState');
    }
    this.bits.restore(saved);
    this.gauss = gauss as number | null;
  }

  /** Beyond 2^32: the same rejection on 64 bits, the high word first. */
  private interval64(max: number): number {
    const shift = Math.clz32(Math.floor(max / 2 ** 32));
    for (;;) {
      const high = (this.bits.next32() << shift) >>> shift;
      const value = high * 2 ** 32 + this.bits.next32();
      if (value <= max) return value;
    }
  }

  /** Goes up from 0 while the draw exceeds the probabilities so far; beyond ten deviations it draws again. */
  private successes(n: number, p: number): number {
    const q = 1 - p;
    const none = Math.exp(n * log(q));
    const bound = Math.floor(Math.min(n, n * p + 10 * Math.sqrt(n * p * q + 1)));
    let x = 0;
    let probability = none;
    let u = this.bits.nextDouble();
    while (u > probability) {
      if (++x > bound) {
        x = 0;
        probability = none;
        u = this.bits.nextDouble();
      } else {
        u -= probability;
        probability = ((n - x + 1) * p * probability) / (x * q);
      }
    }
    return x;
  }
}
