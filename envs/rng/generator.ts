/**
 * NumPy's Generator over PCG64, `numpy.random.default_rng(seed)`: the same numbers for the same calls. Gymnasium's
 * `np_random(seed)` is this very generator.
 *
 * Two laws of drawing integers: Lemire's (`integers`, and `choice` without replacement) and masked rejection (`shuffle`,
 * `permutation`). Both take 32 bits at a time, the low half of an output first; the high half is kept for the next
 * 32-bit draw, whatever is drawn in 64 bits in between.
 */
import { checkBounds, checkSample, range, shuffleMasked, swap, weightedIndex, weightedIndices } from './bounded.ts';
import type { List } from './bounded.ts';
import { exponentialTail, fe, ke, we } from './ziggurat-exponential.ts';
import { fi, ki, normalTail, normalTailInverse, wi } from './ziggurat-tables.ts';
import { Pcg64 } from './pcg64.ts';
import type { Pcg64State } from './pcg64.ts';
import { SeedSequence } from './seed-sequence.ts';
import type { Seed } from './seed-sequence.ts';

export class Generator {
  /** The stream of bits. */
  readonly bits: Pcg64;

  /** The same seed, the same numbers as `numpy.random.default_rng(seed)`. */
  constructor(seed: Seed | SeedSequence) {
    this.bits = new Pcg64(seed instanceof SeedSequence ? seed : new SeedSequence(seed));
  }

  /** [0, 1), 53 bits. */
  random(): number {
    return this.bits.nextDouble();
  }

  /** random(dtype=np.float32): [0, 1), 24 bits. */
  randomFloat32(): number {
    return (this.bits.next32() >>> 8) * 2 ** -24;
  }

  /** [low, high), 53 bits. */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.bits.nextDouble();
  }

  /** [low, high); 32 bits of randomness where the range allows it. */
  integers(low: number, high: number): number {
    checkBounds(low, high);
    return low + this.below(high - low);
  }

  /** Mean 0, standard deviation 1, by the ziggurat method (Marsaglia & Tsang 2000), as NumPy. */
  standardNormal(): number {
    const { bits } = this;
    for (;;) {
      bits.next64();
      const { low, high } = bits;
      // From the lowest bit up: 8 for the layer, 1 for the sign, 52 for the place in it.
      const layer = low & 0xff;
      const place = (high & 0x1fffffff) * 2 ** 23 + (low >>> 9);
      const x = (low & 0x100) === 0 ? place * wi[layer]! : -(place * wi[layer]!);
      if (place < ki[layer]!) return x;
      if (layer === 0) return (low & 0x20000) === 0 ? this.beyond() : -this.beyond();
      if ((fi[layer - 1]! - fi[layer]!) * bits.nextDouble() + fi[layer]! < Math.exp(-0.5 * x * x)) return x;
    }
  }

  /** Of this mean and standard deviation. */
  normal(mean: number, deviation: number): number {
    return mean + deviation * this.standardNormal();
  }

  /** Mean 1, by the ziggurat method, as NumPy. */
  standardExponential(): number {
    const { bits } = this;
    for (;;) {
      bits.next64();
      const { low, high } = bits;
      const layer = (low >>> 3) & 0xff;
      const place = high * 2 ** 21 + (low >>> 11);
      const x = place * we[layer]!;
      if (place < ke[layer]!) return x;
      if (layer === 0) return exponentialTail - Math.log1p(-bits.nextDouble());
      if ((fe[layer - 1]! - fe[layer]!) * bits.nextDouble() + fe[layer]! < Math.exp(-x)) return x;
    }
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
    return p === undefined ? this.integers(0, n) : weightedIndex(this.bits, p);
  }

  /** choice(n, k, replace=False, p=p) */
  choose(n: number, k: number, p?: ArrayLike<number>): number[] {
    checkSample(n, k);
    if (p !== undefined) return weightedIndices(this.bits, p, k);
    return n > 10_000 && k > Math.floor(n / 50) ? this.shuffledTail(n, k) : this.sampled(n, k);
  }

  /** The state of the stream, as JSON. */
  save(): Pcg64State {
    return this.bits.save();
  }

  /** Goes on from what `save` gave; what is none is an EnvError. */
  restore(saved: unknown): void {
    this.bits.restore(saved);
  }

  /** Uniform over 0, 1, ..., count - 1; draws nothing where there is nothing to choose. */
  private below(count: number): number {
    if (count === 1) return 0;
    if (count === 2 ** 32) return this.bits.next32();
    return count < 2 ** 32 ? this.below32(count) : this.below64(count);
  }

  /** Lemire 2019: the upper half of a 32-bit draw times the count, drawn again where the lower half is too low. */
  private below32(count: number): number {
    const { bits } = this;
    let draw = bits.next32();
    let rest = Math.imul(draw, count) >>> 0;
    if (rest < count) {
      const least = (2 ** 32 - count) % count;
      while (rest < least) {
        draw = bits.next32();
        rest = Math.imul(draw, count) >>> 0;
      }
    }
    // The product is off by at most 2^10 as a double; without its lower half it is a multiple of 2^32.
    return Math.round((draw * count - rest) * 2 ** -32);
  }

  /** The same in 64 bits; ranges beyond 2^32 are rare enough for BigInt. */
  private below64(count: number): number {
    const times = BigInt(count);
    const least = (2n ** 64n - times) % times;
    for (;;) {
      this.bits.next64();
      const product = ((BigInt(this.bits.high) << 32n) | BigInt(this.bits.low)) * times;
      if (BigInt.asUintN(64, product) >= least) return Number(product >> 64n);
    }
  }

  /** Floyd's sample of a set, then its order. */
  private sampled(n: number, k: number): number[] {
    const taken = new Set<number>();
    for (let last = n - k; last < n; last++) {
      const value = this.below(last + 1);
      taken.add(taken.has(value) ? last : value);
    }
    const chosen = [...taken];
    for (let i = k - 1; i > 0; i--) swap(chosen, i, this.below(i + 1));
    return chosen;
  }

  /** Of many: the last k of a shuffle from the end that stops there. */
  private shuffledTail(n: number, k: number): number[] {
    const all = range(n);
    for (let i = n - 1; i >= Math.max(n - k, 1); i--) swap(all, i, this.below(i + 1));
    return all.slice(n - k);
  }

  /** A normal beyond the outermost layer (Marsaglia 1964). */
  private beyond(): number {
    for (;;) {
      const x = -normalTailInverse * Math.log1p(-this.bits.nextDouble());
      const y = -Math.log1p(-this.bits.nextDouble());
      if (y + y > x * x) return normalTail + x;
    }
  }
}
