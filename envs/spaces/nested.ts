/** Arrays of arrays, as numpy's tolist writes them, and the flat row-major form they stand for. */
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';

export type Nested = number | ArrayLike<number> | readonly Nested[];

export function productOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The sides of an array of this shape, checked. */
export function checkShape(shape: readonly number[], name: string): void {
  if (!Array.isArray(shape)) throw new EnvError(`Cannot make a ${name}: its shape is a list, got ${describe(shape)}`);
  if (shape.every((side) => Number.isSafeInteger(side) && side > 0)) return;
  throw new EnvError(
    `Cannot make a ${name}: every side of its shape must be a positive integer, got [${shape.join(', ')}]`,
  );
}

/** The flat numbers of nested arrays and their shape; ragged ones are refused. */
export function unnest(nested: unknown, name: string): { values: number[]; shape: number[] } {
  if (typeof nested === 'number') return { values: [nested], shape: [] };
  if (!isArrayLike(nested)) throw ragged(name);
  const rows = Array.from(nested, (row) => unnest(row, name));
  const shape = rows[0]?.shape ?? [];
  if (rows.some((row) => row.shape.join() !== shape.join())) throw ragged(name);
  return { values: rows.flatMap((row) => row.values), shape: [rows.length, ...shape] };
}

/** Nested arrays of this shape; the first side follows the number of values, as in a batch. */
export function nest(values: ArrayLike<number>, shape: readonly number[]): unknown {
  if (shape.length === 0) return numberToJson(values[0]!);
  if (shape.length === 1) return Array.from(values, numberToJson);
  const row = productOf(shape.slice(1));
  return Array.from({ length: values.length / row }, (_, i) => {
    return nest(Array.prototype.slice.call(values, i * row, (i + 1) * row) as number[], shape.slice(1));
  });
}

/** The flat numbers of what `nest` made. */
export function numbersFromJson(json: unknown): number[] {
  return Array.isArray(json) ? json.flatMap(numbersFromJson) : [numberFromJson(json)];
}

/** JSON knows neither infinity nor minus zero: they are written as text. */
export function numberToJson(x: number): number | string {
  return Object.is(x, -0) ? '-0' : Number.isFinite(x) ? x : String(x);
}

export function numberFromJson(json: unknown): number {
  if (typeof json === 'number') return json;
  if (json === '-0' || json === 'Infinity' || json === '-Infinity') return Number(json);
  throw new EnvError(`Cannot read ${JSON.stringify(json)} from JSON: a number is needed`);
}

/** A list in JSON. */
export function listFromJson(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw new EnvError(`Cannot read ${JSON.stringify(json)?.slice(0, 40)} from JSON: a list is needed`);
}

export function isArrayLike(x: unknown): x is ArrayLike<unknown> {
  return Array.isArray(x) || (ArrayBuffer.isView(x) && 'length' in x);
}

/** Refuses a flat form of another length. */
export function checkFlat(flat: ArrayLike<number>, size: number, name: string): void {
  if (flat.length === size) return;
  throw new EnvError(`Cannot unflatten ${flat.length} entries: ${name} has ${size}`);
}

function ragged(name: string): EnvError {
  return new EnvError(`Cannot make a ${name}: arrays of numbers are needed, every row as long as the others`);
}
