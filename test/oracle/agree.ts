/** Equality of vectors up to a relative tolerance, never vacuous: a reference of norm <= 1e-8 fails. */
import { expect } from 'vitest';
import { norm } from '../../src/statistics/norm.ts';
import { relativeError } from '../../src/statistics/relative-error.ts';

/** ||a - reference|| <= tolerance ||reference|| */
export function expectEqual(a: Float64Array, reference: Float64Array, tolerance: number): void {
  expect(norm(reference), 'liveness: the norm of the reference').toBeGreaterThan(1e-8);
  expect(relativeError(a, reference)).toBeLessThanOrEqual(tolerance);
}

/** ||a - reference|| > least ||reference|| */
export function expectDifferent(a: Float64Array, reference: Float64Array, least: number): void {
  expect(norm(reference), 'liveness: the norm of the reference').toBeGreaterThan(1e-8);
  expect(relativeError(a, reference)).toBeGreaterThan(least);
}
