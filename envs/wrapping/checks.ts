/** What options of wrappers must be; each throws one line that says what is to be done. */
import { EnvError } from '../errors.ts';
import { InvalidBound } from '../gymnasium-errors.ts';
import { asJson, describe } from '../guard.ts';
import { suggest } from '../nearest.ts';
import { type AnySpace, byKind } from '../spaces/any-space.ts';
import type { Box } from '../spaces/box.ts';
import { isArrayLike } from '../spaces/nested.ts';
import type { Space } from '../spaces.ts';

/** The options of a wrapper, which are no others than these: one that is misspelt would be passed over. */
export function checkOptions<O extends object>(wrapper: string, options: O, names: readonly (keyof O & string)[]): O {
  const act = `Cannot wrap in ${wrapper}`;
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new EnvError(`${act}: its options must be an object, got ${describe(options)}`);
  }
  const unknown = Object.keys(options).find((key) => !(names as readonly string[]).includes(key));
  if (unknown === undefined) return options;
  throw new EnvError(`${act}: unknown option "${unknown}", ${suggest(unknown, names)}`);
}

export function checkInteger(act: string, name: string, value: unknown, least: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= least) return value as number;
  throw new EnvError(`Cannot ${act}: ${name} must be an integer of at least ${least}, got ${describe(value)}`);
}

export function checkPositive(act: string, name: string, value: unknown): number {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value;
  throw new InvalidBound(`Cannot ${act}: ${name} must be positive, got ${describe(value)}`);
}

/** What a wrapper saved, field by field; a field that is not as it was written is refused by name. */
export function checkState<S extends object>(
  state: unknown,
  rules: { [K in keyof S]: (value: unknown) => boolean },
): S {
  if (typeof state !== 'object' || state === null) {
    throw new EnvError(`Cannot load a wrapper: its state is ${describe(state)}, an object is needed`);
  }
  const fields = state as S;
  for (const key in rules) {
    if (Object.hasOwn(fields, key) && rules[key](fields[key])) continue;
    throw new EnvError(`Cannot load a wrapper: ${key} of its state is ${describe(fields[key])}, which cannot be`);
  }
  return fields;
}

export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

/** 0, 1, 2, ... */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** The state of a wrapper that is one value. */
export function checkValue<T>(state: unknown, isFine: (value: unknown) => value is T): T {
  if (isFine(state)) return state;
  throw new EnvError(`Cannot load a wrapper: its state is ${describe(state)}, which cannot be`);
}

/** A list of so many finite numbers, as JSON has it. */
export function isNumbers(value: unknown, length: number): value is number[] {
  return Array.isArray(value) && value.length === length && value.every(Number.isFinite);
}

/** One number for all entries, or one per entry. */
export function perEntry(act: string, name: string, value: number | readonly number[], size: number): Float64Array {
  if (typeof value === 'number' && !Number.isNaN(value)) return new Float64Array(size).fill(value);
  const isList = isArrayLike(value) && value.length === size;
  if (isList && Array.from(value).every((x) => typeof x === 'number' && !Number.isNaN(x))) {
    return Float64Array.from(value);
  }
  throw new EnvError(`Cannot ${act}: ${name} must be one number, or ${size} of them, got ${asJson(value)}`);
}

export function demandFlat(act: string, space: Space<unknown>): void {
  if (!space.isFlattenable) throw new EnvError(`Cannot ${act}: ${space} has no flat form`);
}

export function demandBox(act: string, space: Space<unknown>): Box {
  const found: AnySpace = byKind(space);
  if (found.kind === 'box') return found;
  throw new EnvError(`Cannot ${act}: the space must be a Box, it is ${space}`);
}
