/** The bounds of a Box. */
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import { castTo, type DType, dtypes, dtypeTraits, isOf, isWhole } from './dtype.ts';
import { isArrayLike } from './nested.ts';

export interface Bounds {
  readonly low: Float64Array; // [size]
  readonly high: Float64Array; // [size]
  readonly boundedBelow: readonly boolean[]; // [size]
  readonly boundedAbove: readonly boolean[]; // [size]
}

/** Checked bounds. A signed integer that is unbounded gets the limit of its dtype, as in Gymnasium. */
export function makeBounds(
  low: number | ArrayLike<number>,
  high: number | ArrayLike<number>,
  size: number,
  dtype: DType,
): Bounds {
  if (!dtypes.includes(dtype)) throw new EnvError(`Cannot make a Box: no dtype ${dtype}; known: ${dtypes.join(', ')}`);
  const lows = spread('low', low, size);
  const highs = spread('high', high, size);
  lows.forEach((value, i) => checkPair(value, highs[i]!, i));
  return {
    low: lows.map((value) => fit('low', value, dtype)),
    high: highs.map((value) => fit('high', value, dtype)),
    boundedBelow: Array.from(lows, (value) => value > -Infinity),
    boundedAbove: Array.from(highs, (value) => value < Infinity),
  };
}

/** Equal to 1e-5, as numpy's allclose. */
export function sameBounds(a: Bounds, b: Bounds): boolean {
  const close = (x: number, y: number): boolean => x === y || Math.abs(x - y) <= 1e-8 + 1e-5 * Math.abs(y);
  return a.low.every((x, i) => close(x, b.low[i]!)) && a.high.every((x, i) => close(x, b.high[i]!));
}

/** As Math.min, of any number of values: arguments lie on the stack. */
export function least(values: Float64Array): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

/** As Math.max, of any number of values. */
export function greatest(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

function spread(name: 'low' | 'high', value: number | ArrayLike<number>, size: number): Float64Array {
  if (typeof value === 'number') return new Float64Array(size).fill(value);
  if (!isArrayLike(value)) {
    throw new EnvError(`Cannot make a Box: ${name} must be a number or a list of them, got ${describe(value)}`);
  }
  if (value.length === size) return Float64Array.from(value);
  throw new EnvError(`Cannot make a Box: ${name} has ${value.length} entries, its shape asks for ${size}`);
}

function checkPair(low: number, high: number, i: number): void {
  // Written so that NaN fails it too.
  if (low <= high && low < Infinity && high > -Infinity) return;
  throw new EnvError(`Cannot make a Box: low must not exceed high, got low ${low} and high ${high} at entry ${i}`);
}

function fit(name: 'low' | 'high', value: number, dtype: DType): number {
  const { kind, min, max } = dtypeTraits(dtype);
  if (!Number.isFinite(value)) {
    if (kind === 'float') return value;
    if (kind === 'int') return name === 'low' ? min : max;
    throw new EnvError(`Cannot make a Box of ${dtype}: ${name} must be finite, got ${value}`);
  }
  const isFine = isWhole(dtype) ? isOf(dtype, value) : min <= value && value <= max;
  if (!isFine) throw new EnvError(`Cannot make a Box of ${dtype}: ${name} ${value} is no ${dtype}`);
  return castTo(dtype, value);
}
