import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { type Bounds, greatest, least, makeBounds, sameBounds } from './bounds.ts';
import { castTo, type DType, dtypeTraits, isOf, isWhole } from './dtype.ts';
import {
  checkFlat,
  checkShape,
  isArrayLike,
  listFromJson,
  nest,
  numbersFromJson,
  numberToJson,
  productOf,
} from './nested.ts';
import type { SampleOptions, Space } from './space.ts';
import { steering } from './steer.ts';

/** A (possibly unbounded) box in R^size; its elements are flat Float64Arrays, row-major over `shape`. */
export interface Box extends Space<Float64Array>, Bounds {
  readonly kind: 'box';
  readonly dtype: DType;
  /** Whether every entry has a bound on that side, as given: an int8 from -Infinity has `low` -128, and is unbounded. */
  isBounded(side?: 'both' | 'below' | 'above'): boolean;
  /** Neither mask nor probability can be given. */
  sample(rng: Rng, how?: SampleOptions<null>): Float64Array;
}

/**
 * Box(low, high, shape): a bound is one number for all entries or one number per entry; without a shape it is
 * [length of the bounds], [1] for two numbers. Sampling laws are Gymnasium's, entry by entry, one draw of the rng's
 * kind each: bounded -> uniform; low only -> low + Exp(1); high only -> high - Exp(1); unbounded -> N(0, 1). With an
 * integer dtype (or bool) the number is rounded down, and `high` stands one higher, so that every integer is as likely
 * as the others; elements are then whole. float32 rounds samples, and takes only numbers that float32 holds.
 */
export function box(
  low: number | ArrayLike<number>,
  high: number | ArrayLike<number>,
  shape: readonly number[] = [boundLength(low) ?? boundLength(high) ?? 1],
  dtype: DType = 'float64',
): Box {
  checkShape(shape, 'Box');
  const size = productOf(shape);
  const bounds = makeBounds(low, high, size, dtype);
  const { low: lows, high: highs, boundedBelow, boundedAbove } = bounds;
  const isExact = dtype === 'float64';
  const entry = isWhole(dtype) ? sampleWhole : sampleReal;
  const tag = isExact ? '' : `, ${dtype}`;
  const text = `Box(${boundText(lows)}, ${boundText(highs)}, [${shape.join(', ')}]${tag})`;
  return {
    kind: 'box',
    shape: [...shape],
    size,
    dtype,
    isFlattenable: true,
    ...bounds,
    isBounded: (side = 'both') =>
      (side === 'above' || boundedBelow.every(Boolean)) && (side === 'below' || boundedAbove.every(Boolean)),
    contains: (x): x is Float64Array =>
      x instanceof Float64Array &&
      x.length === size &&
      x.every((value, i) => lows[i]! <= value && value <= highs[i]!) &&
      (isExact || x.every((value) => isOf(dtype, value))),
    sample(rng, how) {
      const steer = steering(rng, how, text);
      if (steer !== null) throw new EnvError(`Cannot sample ${text} by ${steer.by}: a Box takes none`);
      return lows.map((_, i) => castTo(dtype, entry(rng, bounds, i, dtype)));
    },
    flatten: (x, out) => copy(x, out, size),
    unflatten(flat) {
      checkFlat(flat, size, text);
      return Float64Array.from(flat, (x) => castTo(dtype, x));
    },
    toJsonable: (samples) => samples.map((x) => nest(x, shape)),
    fromJsonable: (json) => listFromJson(json).map((x) => Float64Array.from(numbersFromJson(x))),
    equals: (other) =>
      isBox(other) && other.dtype === dtype && other.shape.join() === shape.join() && sameBounds(other, bounds),
    toJSON: () => ({ kind: 'box', ...openJson(bounds), shape: [...shape], dtype }),
    toString: () => text,
  };
}

function isBox(space: Space<unknown>): space is Box {
  return space.kind === 'box';
}

function sampleReal(rng: Rng, { low, high, boundedBelow, boundedAbove }: Bounds, i: number): number {
  if (boundedBelow[i] && boundedAbove[i]) {
    const u = rng.uniform();
    // The convex form cannot overflow; rounding may leave the interval by one ulp, hence the clamp.
    return Math.min(high[i]!, Math.max(low[i]!, low[i]! * (1 - u) + high[i]! * u));
  }
  if (boundedBelow[i]) return low[i]! - Math.log(1 - rng.uniform());
  return boundedAbove[i] ? high[i]! + Math.log(1 - rng.uniform()) : rng.normal();
}

function sampleWhole(rng: Rng, { low, high, boundedBelow, boundedAbove }: Bounds, i: number, dtype: DType): number {
  const { min, max } = dtypeTraits(dtype);
  if (boundedBelow[i] && boundedAbove[i]) {
    return Math.min(high[i]!, low[i]! + Math.floor(rng.uniform() * (high[i]! + 1 - low[i]!)));
  }
  if (boundedBelow[i]) return Math.min(max, Math.floor(low[i]! - Math.log(1 - rng.uniform())));
  if (!boundedAbove[i]) return Math.floor(rng.normal());
  // A draw of exactly 0 (which Gymnasium may return, too) would stand one above `high`.
  return Math.max(min, Math.min(high[i]!, Math.floor(high[i]! + 1 + Math.log(1 - rng.uniform()))));
}

function copy(x: Float64Array | null | undefined, out: Float64Array, size: number): void {
  if (x?.length !== size || out.length !== size) {
    throw new EnvError(
      `Cannot flatten a Box element: it has ${x?.length ?? 'no'} entries, the space ${size}, out ${out.length}`,
    );
  }
  out.set(x);
}

function boundLength(value: number | ArrayLike<number>): number | undefined {
  return isArrayLike(value) ? value.length : undefined;
}

function boundText(values: Float64Array): string {
  const min = least(values);
  const max = greatest(values);
  return min === max ? String(min) : `${min}..${max}`;
}

/** The bounds as given: infinite where there is none; one number where all agree. */
function openJson(bounds: Bounds): { low: unknown; high: unknown } {
  const [low, high] = openBounds(bounds);
  const short = (values: Float64Array): unknown =>
    values.every((x) => Object.is(x, values[0])) ? numberToJson(values[0]!) : Array.from(values, numberToJson);
  return { low: short(low), high: short(high) };
}

/** Bounds to make another Box of the same law from: -Infinity and Infinity where there is no bound. */
export function openBounds({ low, high, boundedBelow, boundedAbove }: Bounds): [low: Float64Array, high: Float64Array] {
  return [low.map((x, i) => (boundedBelow[i] ? x : -Infinity)), high.map((x, i) => (boundedAbove[i] ? x : Infinity))];
}
