/** What the numbers of an element are. A tag: elements themselves lie in Float64Array, Int32Array or Int8Array. */
export type DType =
  'float32' | 'float64' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint8' | 'uint16' | 'uint32' | 'bool';

interface Traits {
  readonly kind: 'float' | 'int' | 'uint' | 'bool';
  readonly bits: number;
  readonly min: number;
  readonly max: number;
}

const MAX_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;

const traits: Readonly<Record<DType, Traits>> = {
  float32: { kind: 'float', bits: 32, min: -MAX_FLOAT32, max: MAX_FLOAT32 },
  float64: { kind: 'float', bits: 64, min: -Number.MAX_VALUE, max: Number.MAX_VALUE },
  int8: { kind: 'int', bits: 8, min: -(2 ** 7), max: 2 ** 7 - 1 },
  int16: { kind: 'int', bits: 16, min: -(2 ** 15), max: 2 ** 15 - 1 },
  int32: { kind: 'int', bits: 32, min: -(2 ** 31), max: 2 ** 31 - 1 },
  // As far as whole numbers are exact.
  int64: { kind: 'int', bits: 64, min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER },
  uint8: { kind: 'uint', bits: 8, min: 0, max: 2 ** 8 - 1 },
  uint16: { kind: 'uint', bits: 16, min: 0, max: 2 ** 16 - 1 },
  uint32: { kind: 'uint', bits: 32, min: 0, max: 2 ** 32 - 1 },
  bool: { kind: 'bool', bits: 1, min: 0, max: 1 },
};

/** All tags. */
export const dtypes = Object.keys(traits) as readonly DType[];

export function dtypeTraits(dtype: DType): Traits {
  return traits[dtype];
}

/** Whole numbers: integers and booleans. */
export function isWhole(dtype: DType): boolean {
  return traits[dtype].kind !== 'float';
}

/** Whether x is exactly a number of this kind; infinities are floats. */
export function isOf(dtype: DType, x: number): boolean {
  if (dtype === 'float64') return true;
  if (dtype === 'float32') return Object.is(Math.fround(x), x);
  return Number.isInteger(x) && traits[dtype].min <= x && x <= traits[dtype].max;
}

/** x as numpy's astype leaves it, for values within the range. */
export function castTo(dtype: DType, x: number): number {
  if (dtype === 'float64') return x;
  if (dtype === 'float32') return Math.fround(x);
  return dtype === 'bool' ? Number(x !== 0) : Math.trunc(x);
}

/** The smallest tag that holds both: numpy's result_type. */
export function promote(a: DType, b: DType): DType {
  if (a === b || b === 'bool') return a;
  if (a === 'bool') return b;
  if (isWhole(a) && isWhole(b)) return promoteWhole(a, b);
  if (a === 'float64' || b === 'float64') return 'float64';
  const whole = isWhole(a) ? a : b;
  return traits[whole].bits <= 16 ? 'float32' : 'float64'; // 24 bits of a float32 hold 16, not 32
}

function promoteWhole(a: DType, b: DType): DType {
  const [p, q] = [traits[a], traits[b]];
  if (p.kind === q.kind) return p.bits >= q.bits ? a : b;
  const signed = p.kind === 'int' ? p.bits : q.bits;
  const unsigned = p.kind === 'int' ? q.bits : p.bits;
  return `int${Math.max(signed, 2 * unsigned) as 16 | 32 | 64}`; // a sign costs a bit, so the next size
}
