import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { type DType, isOf, isWhole } from './dtype.ts';
import { checkFlat, listFromJson, numberFromJson } from './nested.ts';
import type { SampleOptions, Space } from './space.ts';
import { choose, steering } from './steer.ts';

/** The integers start, start + 1, ..., start + n - 1; the flat form is one-hot. */
export interface Discrete extends Space<number> {
  readonly kind: 'discrete';
  /** How many integers there are. */
  readonly n: number;
  /** The least of them. */
  readonly start: number;
  readonly dtype: DType;
  /** Mask: n entries of 0 or 1; all 0 gives `start`. Probability: n entries that add up to 1. */
  sample(rng: Rng, how?: SampleOptions<ArrayLike<number>>): number;
}

/**
 * Discrete(n, start = 0). A sample is uniform and costs one draw; from an Rng of kind numpy it is Gymnasium's, masked or
 * not. int64 means: as far as integers are exact.
 */
export function discrete(n: number, start = 0, dtype: DType = 'int64'): Discrete {
  checkRange(n, start, dtype);
  const contains = (x: unknown): x is number =>
    Number.isInteger(x) && start <= (x as number) && (x as number) < start + n;
  const text = `Discrete(${n}${start === 0 ? '' : `, start=${start}`}${dtype === 'int64' ? '' : `, dtype=${dtype}`})`;
  return {
    kind: 'discrete',
    shape: [],
    size: n,
    dtype,
    isFlattenable: true,
    n,
    start,
    contains,
    sample(rng, how) {
      const steer = steering(rng, how, text);
      return steer === null ? rng.integer(start, start + n - 1) : start + choose(rng, steer, n, text);
    },
    flatten(x, out) {
      if (!contains(x) || out.length !== n) {
        throw new EnvError(`Cannot flatten ${x} into ${out.length} entries: the space is ${text}`);
      }
      out.fill(0);
      out[x - start] = 1;
    },
    unflatten(flat) {
      checkFlat(flat, n, text);
      for (let i = 0; i < n; i++) if (flat[i] !== 0) return start + i;
      throw new EnvError(`Cannot unflatten ${n} zeros into ${text}: one entry of a one-hot vector is 1`);
    },
    toJsonable: (samples) => [...samples],
    fromJsonable: (json) => listFromJson(json).map(numberFromJson),
    equals: (other) => isDiscrete(other) && other.n === n && other.start === start && other.dtype === dtype,
    toJSON: () => ({ kind: 'discrete', n, start, dtype }),
    toString: () => text,
  };
}

function isDiscrete(space: Space<unknown>): space is Discrete {
  return space.kind === 'discrete';
}

function checkRange(n: number, start: number, dtype: DType): void {
  if (!Number.isSafeInteger(n) || n < 1) {
    throw new EnvError(`Cannot make a Discrete space: n must be a positive integer, got ${n}`);
  }
  if (!Number.isSafeInteger(start)) {
    throw new EnvError(`Cannot make a Discrete space: start must be an integer, got ${start}`);
  }
  if (!isWhole(dtype) || dtype === 'bool') {
    throw new EnvError(`Cannot make a Discrete space: its dtype must be of integers, got ${dtype}`);
  }
  if (!isOf(dtype, start) || !isOf(dtype, start + (n - 1))) {
    throw new EnvError(`Cannot make a Discrete space: ${start} to ${start + (n - 1)} do not fit ${dtype}`);
  }
}
