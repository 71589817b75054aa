import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import type { DType } from './dtype.ts';
import { checkFlat, checkShape, listFromJson, nest, numbersFromJson, productOf } from './nested.ts';
import type { SampleOptions, Space } from './space.ts';
import { checkMask, checkProbabilities, entriesOf, type Steering, steering } from './steer.ts';

/** Arrays of zeros and ones; elements are flat Int8Arrays, row-major over `shape`. */
export interface MultiBinary extends Space<Int8Array> {
  readonly kind: 'multi-binary';
  readonly dtype: DType;
  /** Mask: per entry 0 or 1 for that value, 2 for a fair coin. Probability: of a 1, per entry. Both flat. */
  sample(rng: Rng, how?: SampleOptions<ArrayLike<number>>): Int8Array;
}

/** MultiBinary(n) or MultiBinary(shape). Samples are fair coins. */
export function multiBinary(n: number | readonly number[]): MultiBinary {
  const shape = typeof n === 'number' ? [n] : [...n];
  checkShape(shape.length === 0 ? [0] : shape, 'MultiBinary space');
  const size = productOf(shape);
  const text = `MultiBinary(${shape.length === 1 ? shape[0] : `[${shape.join(', ')}]`})`;
  const contains = (x: unknown): x is Int8Array =>
    x instanceof Int8Array && x.length === size && x.every((bit) => bit === 0 || bit === 1);
  return {
    kind: 'multi-binary',
    shape,
    size,
    dtype: 'int8',
    isFlattenable: true,
    contains,
    sample(rng, how) {
      const steer = steering(rng, how, text);
      const out = new Int8Array(size);
      return steer === null ? out.map(() => rng.integer(0, 1)) : steered(rng, steer, out, text);
    },
    flatten(x, out) {
      if (!contains(x) || out.length !== size) {
        throw new EnvError(`Cannot flatten ${String(x)} into ${out.length} entries: the space is ${text}`);
      }
      out.set(x);
    },
    unflatten(flat) {
      checkFlat(flat, size, text);
      return Int8Array.from(flat);
    },
    toJsonable: (samples) => samples.map((x) => nest(x, shape)),
    fromJsonable: (json) => listFromJson(json).map((x) => Int8Array.from(numbersFromJson(x))),
    equals: (other) => other.kind === 'multi-binary' && other.shape.join() === shape.join(),
    toJSON: () => ({ kind: 'multi-binary', shape }),
    toString: () => text,
  };
}

function steered(rng: Rng, { by, value }: Steering, out: Int8Array, text: string): Int8Array {
  const entries = entriesOf(value, out.length, `Cannot sample ${text}: ${by}`);
  if (by === 'mask') {
    checkMask(entries, [0, 1, 2], text);
    return out.map((_, i) => (entries[i] === 2 ? rng.integer(0, 1) : entries[i]!));
  }
  checkProbabilities(entries, text);
  // Gymnasium takes u <= p, which lets a probability of 0 through at u = 0.
  return out.map((_, i) => (rng.uniform() < entries[i]! ? 1 : 0));
}
