import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import type { Space } from './space.ts';

/** A (possibly unbounded) box in R^size; its elements are flat Float64Arrays, row-major over `shape`. */
export interface Box extends Space<Float64Array> {
  readonly kind: 'box';
  readonly low: Float64Array; // [size]
  readonly high: Float64Array; // [size]
}

/**
 * Box(low, high, shape): a bound is one number for all entries or one number per entry; without a shape it is
 * [length of the bounds], [1] for two numbers. Sampling laws are Gymnasium's, entry by entry, one draw of the rng's
 * kind each: bounded -> uniform; low only -> low + Exp(1); high only -> high - Exp(1); unbounded -> N(0, 1).
 */
export function box(
  low: number | ArrayLike<number>,
  high: number | ArrayLike<number>,
  shape: readonly number[] = [boundLength(low) ?? boundLength(high) ?? 1],
): Box {
  const size = sizeOf(shape);
  const lows = bound('low', low, size);
  const highs = bound('high', high, size);
  lows.forEach((value, i) => checkPair(value, highs[i]!, i));
  return {
    kind: 'box',
    shape: [...shape],
    size,
    low: lows,
    high: highs,
    contains: (x): x is Float64Array =>
      x instanceof Float64Array && x.length === size && x.every((value, i) => lows[i]! <= value && value <= highs[i]!),
    sample: (rng) => lows.map((value, i) => sampleEntry(rng, value, highs[i]!)),
    flatten: (x, out) => copy(x, out, size),
    toString: () => `Box(${boundText(lows)}, ${boundText(highs)}, [${shape.join(', ')}])`,
  };
}

function sampleEntry(rng: Rng, low: number, high: number): number {
  if (Number.isFinite(low) && Number.isFinite(high)) {
    const u = rng.uniform();
    // The convex form cannot overflow; rounding may leave the interval by one ulp, hence the clamp.
    return Math.min(high, Math.max(low, low * (1 - u) + high * u));
  }
  if (Number.isFinite(low)) return low - Math.log(1 - rng.uniform());
  if (Number.isFinite(high)) return high + Math.log(1 - rng.uniform());
  return rng.normal();
}

function copy(x: Float64Array, out: Float64Array, size: number): void {
  if (x.length !== size || out.length !== size) {
    throw new EnvError(
      `Cannot flatten a Box element: it has ${x.length} entries, the space ${size}, out ${out.length}`,
    );
  }
  out.set(x);
}

function boundLength(value: number | ArrayLike<number>): number | undefined {
  return typeof value === 'number' ? undefined : value.length;
}

function sizeOf(shape: readonly number[]): number {
  if (!shape.every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw new EnvError(
      `Cannot make a Box: every side of its shape must be a positive integer, got [${shape.join(', ')}]`,
    );
  }
  return shape.reduce((product, side) => product * side, 1);
}

function bound(name: 'low' | 'high', value: number | ArrayLike<number>, size: number): Float64Array {
  if (typeof value === 'number') return new Float64Array(size).fill(value);
  if (value.length === size) return Float64Array.from(value);
  throw new EnvError(`Cannot make a Box: ${name} has ${value.length} entries, its shape asks for ${size}`);
}

function checkPair(low: number, high: number, i: number): void {
  // Written so that NaN fails it too.
  if (low <= high && low < Infinity && high > -Infinity) return;
  throw new EnvError(`Cannot make a Box: low must not exceed high, got low ${low} and high ${high} at entry ${i}`);
}

function boundText(values: Float64Array): string {
  const min = Math.min(...values);
  const max = Math.max(...values);
  return min === max ? String(min) : `${min}..${max}`;
}
