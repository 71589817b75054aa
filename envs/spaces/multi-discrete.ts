import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { discrete, type Discrete } from './discrete.ts';
import { type DType, isOf } from './dtype.ts';
import {
  checkFlat,
  checkShape,
  listFromJson,
  nest,
  type Nested,
  numbersFromJson,
  productOf,
  unnest,
} from './nested.ts';
import type { SampleOptions, Space } from './space.ts';
import { choose, steering } from './steer.ts';

/** Several Discrete spaces side by side; elements are flat Int32Arrays, row-major over `shape`; flat: one-hot, in turn. */
export interface MultiDiscrete extends Space<Int32Array> {
  readonly kind: 'multi-discrete';
  /** How many integers there are in each place. */
  readonly nvec: Int32Array;
  /** The least of each place. */
  readonly start: Int32Array;
  readonly dtype: DType;
  /** One mask (or probability) per entry, as for Discrete, in lists nested like `shape`. */
  sample(rng: Rng, how?: SampleOptions<readonly unknown[]>): Int32Array;
  /** The space of entry i, or of row i where the shape has more than one side. */
  at(i: number): Discrete | MultiDiscrete;
}

/** Where values start, and how they are held. */
export interface MultiDiscreteOptions {
  /** The least value of each entry, 0 by default; nested like `nvec`, or one number for all. */
  readonly start?: Nested;
  /** An integer dtype that int32 holds. */
  readonly dtype?: DType;
}

const held: readonly DType[] = ['int8', 'int16', 'int32', 'uint8', 'uint16'];

/** MultiDiscrete(nvec): entry i takes nvec[i] values from start[i] on. nvec may be nested: its shape is the space's. */
export function multiDiscrete(nvec: Exclude<Nested, number>, options: MultiDiscreteOptions = {}): MultiDiscrete {
  const { start: from = 0, dtype = 'int32' } = options;
  const { values, shape } = unnest(nvec, 'MultiDiscrete space');
  checkShape(shape.length === 0 ? [0] : shape, 'MultiDiscrete space');
  const first = typeof from === 'number' ? { values: values.map(() => from), shape } : unnest(from, 'MultiDiscrete');
  if (first.shape.join() !== shape.join()) {
    throw new EnvError(`Cannot make a MultiDiscrete space: nvec is [${shape.join()}], start [${first.shape.join()}]`);
  }
  values.forEach((n, i) => checkEntry(n, first.values[i]!, dtype));
  return build(Int32Array.from(values), Int32Array.from(first.values), shape, dtype);
}

function build(nvec: Int32Array, start: Int32Array, shape: readonly number[], dtype: DType): MultiDiscrete {
  const size = nvec.reduce((sum, n) => sum + n, 0);
  const from = start.every((x) => x === 0) ? '' : `, start=${listText(start, shape)}`;
  const text = `MultiDiscrete(${listText(nvec, shape)}${from}${dtype === 'int32' ? '' : `, dtype=${dtype}`})`;
  const contains = (x: unknown): x is Int32Array =>
    x instanceof Int32Array &&
    x.length === nvec.length &&
    x.every((value, i) => start[i]! <= value && value - start[i]! < nvec[i]!);
  return {
    kind: 'multi-discrete',
    shape,
    size,
    dtype,
    isFlattenable: true,
    nvec,
    start,
    contains,
    sample(rng, how) {
      const steer = steering(rng, how, text);
      if (steer === null) return nvec.map((n, i) => start[i]! + Math.floor(rng.uniform() * n));
      const parts = leaves(steer.value, shape, `Cannot sample ${text}: ${steer.by}`);
      return nvec.map((n, i) => start[i]! + choose(rng, { by: steer.by, value: parts[i] }, n, text));
    },
    flatten(x, out) {
      if (!contains(x) || out.length !== size) {
        throw new EnvError(`Cannot flatten ${String(x)} into ${out.length} entries: the space is ${text}`);
      }
      out.fill(0);
      for (let i = 0, at = 0; i < nvec.length; at += nvec[i++]!) out[at + x[i]! - start[i]!] = 1;
    },
    unflatten(flat) {
      checkFlat(flat, size, text);
      let at = 0;
      return nvec.map((n, i) => start[i]! + hotIndex(flat, (at += n) - n, n, text));
    },
    toJsonable: (samples) => samples.map((x) => nest(x, shape)),
    fromJsonable: (json) => listFromJson(json).map((x) => Int32Array.from(numbersFromJson(x))),
    equals: (other) =>
      isMultiDiscrete(other) &&
      other.dtype === dtype &&
      other.shape.join() === shape.join() &&
      other.nvec.join() === nvec.join() &&
      other.start.join() === start.join(),
    at: (i) => part(nvec, start, shape, dtype, i, text),
    toJSON: () => ({ kind: 'multi-discrete', nvec: nest(nvec, shape), start: nest(start, shape), dtype }),
    toString: () => text,
  };
}

function part(nvec: Int32Array, start: Int32Array, shape: readonly number[], dtype: DType, i: number, text: string) {
  if (!Number.isInteger(i) || i < 0 || i >= shape[0]!) {
    throw new EnvError(`Cannot take part ${i} of ${text}: it has ${shape[0]}`);
  }
  const rest = shape.slice(1);
  if (rest.length === 0) return discrete(nvec[i]!, start[i]!, dtype);
  const row = productOf(rest);
  return build(nvec.slice(i * row, (i + 1) * row), start.slice(i * row, (i + 1) * row), rest, dtype);
}

function isMultiDiscrete(space: Space<unknown>): space is MultiDiscrete {
  return space.kind === 'multi-discrete';
}

function checkEntry(n: number, start: number, dtype: DType): void {
  const act = 'Cannot make a MultiDiscrete space';
  if (!held.includes(dtype)) throw new EnvError(`${act}: its dtype must be one of ${held.join(', ')}, got ${dtype}`);
  if (!Number.isSafeInteger(n) || n < 1) throw new EnvError(`${act}: counts must be positive integers, got ${n}`);
  if (!isOf(dtype, start) || !isOf(dtype, start + n - 1)) {
    throw new EnvError(`${act}: ${start} to ${start + n - 1} do not fit ${dtype}`);
  }
}

/** What lies at the depth of the shape, row by row. */
function leaves(value: unknown, shape: readonly number[], what: string): unknown[] {
  const [side, ...rest] = shape;
  if (side === undefined) return [value];
  if (Array.isArray(value) && value.length === side) return value.flatMap((row) => leaves(row, rest, what));
  throw new EnvError(`${what} must be lists nested like the space, with ${side} parts here`);
}

/** Where the one is among the n entries from `at` on. */
function hotIndex(flat: ArrayLike<number>, at: number, n: number, text: string): number {
  let hot = -1;
  for (let i = 0; i < n; i++) {
    if (flat[at + i] === 0) continue;
    if (hot >= 0) throw new EnvError(`Cannot unflatten into ${text}: entries ${at + hot} and ${at + i} are both set`);
    hot = i;
  }
  if (hot >= 0) return hot;
  throw new EnvError(`Cannot unflatten into ${text}: entries ${at} to ${at + n - 1} are all 0`);
}

function listText(values: Int32Array, shape: readonly number[]): string {
  return JSON.stringify(nest(values, shape)).replaceAll(',', ', ');
}
