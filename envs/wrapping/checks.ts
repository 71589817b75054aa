/** What options of wrappers must be; each throws one line that says what is to be done. */
import { EnvError } from '../errors.ts';
import { InvalidBound } from '../gymnasium-errors.ts';
import { describe } from '../guard.ts';
import { type AnySpace, byKind } from '../spaces/any-space.ts';
import type { Box } from '../spaces/box.ts';
import type { Space } from '../spaces.ts';

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
  const list = typeof value === 'number' ? new Float64Array(size).fill(value) : Float64Array.from(value);
  if (list.length === size && !list.some(Number.isNaN)) return list;
  throw new EnvError(`Cannot ${act}: ${name} must be one number, or ${size} of them, got ${JSON.stringify(value)}`);
}

export function demandBox(act: string, space: Space<unknown>): Box {
  const found: AnySpace = byKind(space);
  if (found.kind === 'box') return found;
  throw new EnvError(`Cannot ${act}: the space must be a Box, it is ${space}`);
}
