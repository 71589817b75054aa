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
