import { createHash } from 'node:crypto';

/** 200,000 draws of NumPy, as golden/make_numpy.py records them. */
export interface Case {
  readonly call: string;
  readonly args: readonly number[];
  readonly seed: string;
  readonly sha256: string;
  readonly blocks: string;
  readonly first: readonly number[];
}

const count = 200_000;
const block = 10_000;

/** Some numbers at each call. */
export type Draw = () => number | readonly number[];

export function drawn(draw: Draw): Float64Array {
  const values = new Float64Array(count);
  for (let i = 0; i < count;) {
    const some = draw();
    if (typeof some === 'number') values[i++] = some;
    else for (const value of some) if (i < count) values[i++] = value;
  }
  return values;
}

export function sha256(values: ArrayLike<number>): string {
  const bytes = new DataView(new ArrayBuffer(8 * values.length));
  for (let i = 0; i < values.length; i++) bytes.setFloat64(8 * i, values[i]!, true);
  return createHash('sha256').update(bytes).digest('hex');
}

/** Where draws differ from the recorded ones: null, or the first block of 10,000 that does. */
export function mismatch(values: Float64Array, { blocks, first, sha256: whole }: Case): string | null {
  const at = first.findIndex((value, i) => value !== values[i]);
  if (at >= 0) return `draw ${at} is ${values[at]}, not ${first[at]}`;
  for (let i = 0; i < count / block; i++) {
    const digest = sha256(values.subarray(i * block, (i + 1) * block)).slice(0, 8);
    if (digest !== blocks.slice(8 * i, 8 * i + 8)) return `block ${i} differs`;
  }
  return sha256(values) === whole ? null : 'the whole differs';
}

/** The entries in their random order, of 0, 1, ..., n - 1 as given. */
export function shuffled(rng: { shuffle(x: number[]): void }, n: number): number[] {
  const x = Array.from({ length: n }, (_, i) => i);
  rng.shuffle(x);
  return x;
}

/** Runs with one entry of a table in place of another: a last digit off, or as told. */
export function withEntry<T>(table: Float64Array, i: number, run: () => T, wrong = table[i]! * (1 + 2 ** -52)): T {
  const right = table[i]!;
  table[i] = wrong;
  try {
    return run();
  } finally {
    table[i] = right;
  }
}
