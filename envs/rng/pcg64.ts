/**
 * PCG64 (O'Neill 2014), the XSL-RR 128/64 member that NumPy's `default_rng` uses: a 128-bit linear congruential
 * generator, s <- a s + c, whose output is the rotated exclusive-or of the state's halves.
 *
 * JavaScript has no 128-bit integers and BigInt is slow, so the state is four words of 32 bits, lowest first, multiplied
 * by hand: the low word of a product is Math.imul; its high word is what the product in double precision leaves after
 * the low word is taken off. That product is off by at most 2^10, so dividing by 2^32 and rounding is exact.
 */
import { EnvError } from '../errors.ts';
import type { SeedSequence } from './seed-sequence.ts';

/** JSON. `half` is the upper half of an output whose lower half was drawn as 32 bits, or null. */
export interface Pcg64State {
  readonly state: readonly number[];
  readonly increment: readonly number[];
  readonly half: number | null;
}

// a = 0x2360ED05 1FC65DA4 4385DF64 9FCCF645
const a0 = 0x9fccf645;
const a1 = 0x4385df64;
const a2 = 0x1fc65da4;
const a3 = 0x2360ed05;
const scale = 2 ** -32;

export class Pcg64 {
  /** Words of the state, lowest first, then the low and the high half of the latest output. */
  private readonly words = new Uint32Array(6);
  private readonly increment = new Uint32Array(4);
  /** The upper half that `next32` owes, and whether it owes one. */
  private readonly half = new Uint32Array(2);

  constructor(seeds: SeedSequence) {
    // NumPy's 64-bit words: state high, state low, stream high, stream low; the low half of each comes first.
    const [s2, s3, s0, s1, c2, c3, c0, c1] = seeds.generateState(8) as unknown as EightWords;
    this.increment.set([(c0 << 1) | 1, (c1 << 1) | (c0 >>> 31), (c2 << 1) | (c1 >>> 31), (c3 << 1) | (c2 >>> 31)]);
    this.advance();
    addInto(this.words, [s0, s1, s2, s3]);
    this.advance();
  }

  /** 53 bits in [0, 1). */
  nextDouble(): number {
    this.next64();
    return (this.words[5]! * 2 ** 21 + (this.words[4]! >>> 11)) * 2 ** -53;
  }

  /** 32 bits: the low half of an output, next time its high half. */
  next32(): number {
    const { half, words } = this;
    if (half[1] === 1) {
      half[1] = 0;
      return half[0]!;
    }
    this.next64();
    half[0] = words[5]!;
    half[1] = 1;
    return words[4]!;
  }

  /** 64 bits, to be read from `low` and `high`. */
  next64(): void {
    this.advance();
    const { words } = this;
    const s3 = words[3]!;
    const low = words[0]! ^ words[2]!;
    const high = words[1]! ^ s3;
    const turn = s3 >>> 26;
    const by = turn & 31;
    // Rotated right; from 32 on the halves change places.
    const l = turn < 32 ? low : high;
    const h = turn < 32 ? high : low;
    words[4] = by === 0 ? l : (l >>> by) | (h << (32 - by));
    words[5] = by === 0 ? h : (h >>> by) | (l << (32 - by));
  }

  get low(): number {
    return this.words[4]!;
  }
  get high(): number {
    return this.words[5]!;
  }

  save(): Pcg64State {
    const { words, increment, half } = this;
    return { state: [...words.subarray(0, 4)], increment: [...increment], half: half[1] === 1 ? half[0]! : null };
  }

  restore(saved: unknown): void {
    if (!isState(saved)) throw new EnvError('Cannot restore an Rng: what was saved is not the state of a PCG64');
    this.words.set(saved.state);
    this.increment.set(saved.increment);
    this.half.set(saved.half === null ? [0, 0] : [saved.half, 1]);
  }

  /**
   * s <- a s + c modulo 2^128. No helper functions: V8 stops inlining them somewhere, and then puts what they return on
   * the heap, number by number.
   */
  private advance(): void {
    const { words, increment } = this;
    const s0 = words[0]!;
    const s1 = words[1]!;
    const s2 = words[2]!;
    const s3 = words[3]!;
    // Columns of the product by weight 2^0, 2^32, 2^64, 2^96; the low words, then the carries from below.
    const l00 = Math.imul(a0, s0) >>> 0;
    const l01 = Math.imul(a0, s1) >>> 0;
    const l10 = Math.imul(a1, s0) >>> 0;
    const l02 = Math.imul(a0, s2) >>> 0;
    const l11 = Math.imul(a1, s1) >>> 0;
    const l20 = Math.imul(a2, s0) >>> 0;
    const h00 = Math.floor((a0 * s0 - l00) * scale + 0.5);
    const h01 = Math.floor((a0 * s1 - l01) * scale + 0.5);
    const h10 = Math.floor((a1 * s0 - l10) * scale + 0.5);
    const h02 = Math.floor((a0 * s2 - l02) * scale + 0.5);
    const h11 = Math.floor((a1 * s1 - l11) * scale + 0.5);
    const h20 = Math.floor((a2 * s0 - l20) * scale + 0.5);
    const t0 = l00 + increment[0]!;
    const t1 = l01 + l10 + h00 + increment[1]! + Math.floor(t0 * scale);
    const t2 = l02 + l11 + l20 + h01 + h10 + increment[2]! + Math.floor(t1 * scale);
    const highest = Math.imul(a0, s3) + Math.imul(a1, s2) + Math.imul(a2, s1) + Math.imul(a3, s0);
    words[0] = t0;
    words[1] = t1;
    words[2] = t2;
    words[3] = highest + h02 + h11 + h20 + increment[3]! + Math.floor(t2 * scale);
  }
}

type EightWords = [number, number, number, number, number, number, number, number];

function addInto(words: Uint32Array, more: readonly number[]): void {
  let carry = 0;
  more.forEach((word, i) => {
    const sum = words[i]! + word + carry;
    words[i] = sum;
    carry = sum > 0xffffffff ? 1 : 0;
  });
}

function isState(saved: unknown): saved is Pcg64State {
  const { state, increment, half } = (saved ?? {}) as Partial<Pcg64State>;
  return areWords(state) && areWords(increment) && increment[0]! % 2 === 1 && (half === null || isWord(half));
}

function areWords(x: unknown): x is number[] {
  return Array.isArray(x) && x.length === 4 && x.every(isWord);
}

function isWord(x: unknown): x is number {
  return typeof x === 'number' && x >>> 0 === x;
}
