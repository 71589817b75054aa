/**
 * NumPy's SeedSequence: hashes an integer of any size, and a spawn key, into a pool of four 32-bit words, and any number
 * of words out of the pool (after O'Neill's seed_seq_fe128). Equal to `numpy.random.SeedSequence(entropy)`, word by word.
 */
import { EnvError } from '../errors.ts';

/** A non-negative integer; beyond 2^53 as a bigint or as decimal digits. */
export type Seed = number | bigint | string;

const poolSize = 4;
const hashIn = { start: 0x43b0d7e5, factor: 0x931e8875 };
const hashOut = { start: 0x8b51f9dd, factor: 0x58f38ded };

export class SeedSequence {
  /** The seed. */
  readonly entropy: bigint;
  /** Which child of which child it is; empty for the first of all. */
  readonly spawnKey: readonly number[];
  private readonly pool: Uint32Array;
  private spawned = 0;

  /** A seed that is no non-negative integer is an EnvError. */
  constructor(seed: Seed, spawnKey: readonly number[] = []) {
    this.entropy = seedInteger(seed);
    this.spawnKey = spawnKey;
    this.pool = mixPool(assemble(this.entropy, spawnKey));
  }

  /** `count` words of 32 bits; of a 64-bit word the low half comes first. */
  generateState(count: number): Uint32Array {
    let factor = hashOut.start;
    return Uint32Array.from({ length: count }, (_, i) => {
      const value = this.pool[i % poolSize]! ^ factor;
      factor = Math.imul(factor, hashOut.factor);
      return fold(Math.imul(value, factor));
    });
  }

  /** Independent children; further calls go on counting. */
  spawn(count: number): SeedSequence[] {
    return Array.from({ length: count }, () => new SeedSequence(this.entropy, [...this.spawnKey, this.spawned++]));
  }
}

export function seedInteger(seed: Seed): bigint {
  if (typeof seed === 'bigint' ? seed >= 0n : typeof seed === 'number' ? isCount(seed) : /^[0-9]+$/.test(seed)) {
    return BigInt(seed);
  }
  throw new EnvError(
    `Cannot create an Rng: the seed must be a non-negative integer, beyond 2^53 as a bigint or as digits, got ${seed}`,
  );
}

function isCount(x: number): boolean {
  return Number.isSafeInteger(x) && x >= 0;
}

/** The seed's words, lowest first, then those of the key; a seed with a key fills the pool before the key comes. */
function assemble(entropy: bigint, spawnKey: readonly number[]): number[] {
  const words = wordsOf(entropy);
  while (spawnKey.length > 0 && words.length < poolSize) words.push(0);
  return [...words, ...spawnKey.flatMap((key) => wordsOf(seedInteger(key)))];
}

function wordsOf(value: bigint): number[] {
  const words = [Number(value & 0xffffffffn)];
  for (let rest = value >> 32n; rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
  return words;
}

function mixPool(words: readonly number[]): Uint32Array {
  let factor = hashIn.start;
  const hash = (word: number): number => {
    const value = word ^ factor;
    factor = Math.imul(factor, hashIn.factor);
    return fold(Math.imul(value, factor));
  };
  const pool = Uint32Array.from({ length: poolSize }, (_, i) => hash(words[i] ?? 0));
  for (let from = 0; from < poolSize; from++) {
    for (let to = 0; to < poolSize; to++) if (to !== from) pool[to] = mix(pool[to]!, hash(pool[from]!));
  }
  for (const word of words.slice(poolSize)) {
    for (let to = 0; to < poolSize; to++) pool[to] = mix(pool[to]!, hash(word));
  }
  return pool;
}

function mix(a: number, b: number): number {
  return fold(Math.imul(0xca01f9dd, a) - Math.imul(0x4973f715, b));
}

function fold(x: number): number {
  return x ^ (x >>> 16);
}
