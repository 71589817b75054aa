import { EnvError } from '../errors.ts';
import type { Space } from './space.ts';

/** The integers start, start + 1, ..., start + n - 1; the flat form is one-hot. */
export interface Discrete extends Space<number> {
  readonly kind: 'discrete';
  readonly n: number;
  readonly start: number;
}

/** Discrete(n, start = 0). A sample is uniform and costs one draw. */
export function discrete(n: number, start = 0): Discrete {
  if (!Number.isSafeInteger(n) || n < 1) {
    throw new EnvError(`Cannot make a Discrete space: n must be a positive integer, got ${n}`);
  }
  if (!Number.isSafeInteger(start)) {
    throw new EnvError(`Cannot make a Discrete space: start must be an integer, got ${start}`);
  }
  const contains = (x: unknown): x is number =>
    Number.isInteger(x) && start <= (x as number) && (x as number) < start + n;
  const flatten = (x: number, out: Float64Array): void => {
    if (!contains(x) || out.length !== n) {
      throw new EnvError(`Cannot flatten ${x} into ${out.length} entries: the space is ${text}`);
    }
    out.fill(0);
    out[x - start] = 1;
  };
  const text = start === 0 ? `Discrete(${n})` : `Discrete(${n}, start=${start})`;
  return {
    kind: 'discrete',
    shape: [],
    size: n,
    n,
    start,
    contains,
    sample: (rng) => rng.integer(start, start + n - 1),
    flatten,
    toString: () => text,
  };
}
