/** What NumPy's two generators share: masked rejection, shuffling by it, and drawing by given probabilities. */
import { EnvError } from '../errors.ts';

export interface Bits {
  next32(): number;
  nextDouble(): number;
}

/** Anything with numbered entries. */
export interface List<T> {
  readonly length: number;
  [i: number]: T;
}

/** Uniform over 0, 1, ..., max < 2^32: as many low bits as max has, drawn again while they exceed it. */
export function interval(bits: Bits, max: number): number {
  if (max === 0) return 0;
  const shift = Math.clz32(max);
  for (;;) {
    const value = (bits.next32() << shift) >>> shift;
    if (value <= max) return value;
  }
}

/** Fisher-Yates from the end, by masked rejection: `shuffle` of both generators. */
export function shuffleMasked<T>(bits: Bits, x: List<T>): void {
  for (let i = x.length - 1; i > 0; i--) swap(x, i, interval(bits, i));
}

export function swap<T>(x: List<T>, i: number, j: number): void {
  const kept = x[i]!;
  x[i] = x[j]!;
  x[j] = kept;
}

/** 0, 1, ..., n - 1. */
export function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** An index, by its probability: the first at which the cumulated sum, divided by the last, exceeds the draw. */
export function weightedIndex(bits: Bits, probabilities: ArrayLike<number>): number {
  return indexAbove(cumulated(probabilities), bits.nextDouble());
}

/** k different indices by probability: k draws at once, repeats dropped, the rest drawn anew without those found. */
export function weightedIndices(bits: Bits, probabilities: ArrayLike<number>, k: number): number[] {
  const left = Float64Array.from(probabilities);
  if (left.filter((p) => p > 0).length < k) {
    throw new EnvError(`Cannot choose ${k} without replacement: fewer have a probability above 0`);
  }
  const found: number[] = [];
  while (found.length < k) {
    const draws = Array.from({ length: k - found.length }, () => bits.nextDouble());
    for (const i of found) left[i] = 0;
    const sums = cumulated(left);
    found.push(...new Set(draws.map((u) => indexAbove(sums, u))));
  }
  return found;
}

function cumulated(probabilities: ArrayLike<number>): Float64Array {
  let sum = 0;
  const sums = Float64Array.from(probabilities, (p) => (sum += p));
  return sums.map((s) => s / sum);
}

/** searchsorted(sums, u, side='right') */
function indexAbove(sums: Float64Array, u: number): number {
  let [from, to] = [0, sums.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sums[middle]! <= u) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Refuses bounds that are no integers, or that leave nothing in [low, high). */
export function checkBounds(low: number, high: number): void {
  if (Number.isSafeInteger(low) && Number.isSafeInteger(high - 1) && low < high) return;
  throw new EnvError(`Cannot draw an integer: needs integers low < high, got ${low} and ${high}`);
}

export function checkSample(n: number, k: number): void {
  if (Number.isSafeInteger(n) && Number.isSafeInteger(k) && 0 <= k && k <= n) return;
  throw new EnvError(`Cannot choose ${k} of ${n} without replacement: needs integers 0 <= k <= n`);
}
