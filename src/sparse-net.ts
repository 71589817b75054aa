/**
 * What gated nets share before their own maths begin: the options that say how sparse a net is and how large its weights
 * are, one row per unit and gate, and the draw of the weights.
 */
import { z } from 'zod';
import { type GroupSpec, places, type Shape } from './rows.ts';
import { denseSources, maskedSources, MASKS, range, type Sparsity } from './sources.ts';
import type { Rng, Rows } from './types.ts';
import { fanIn, uniformWeights } from './weights.ts';

/** Options of a net whose gates read everything; `units` stands before them. */
export const SPARSE_OPTIONS = {
  density: z.number().gt(0).max(1).default(1).describe('share of input and recurrent weights kept, per gate'),
  mask: z.enum(MASKS).default('independent').describe('a sparse net draws its weights gate by gate, or once per unit'),
  gain: z.number().gt(0).default(1).describe('weights ~ U(-gain, gain) / sqrt(fan-in)'),
};

/** What a unit's row keeps of [x; 1; component `c` of every unit's s_{t-1}], drawn at each call. */
export function recurrentSources(shape: Shape, c: number, sparsity: Sparsity, rng: Rng) {
  const { one, state } = places(shape);
  const all = denseSources(shape, c);
  const always = (unit: number): number[] => [one, state + unit * shape.components + c];
  return maskedSources(() => all, always, sparsity, rng);
}

/** One row per unit, which moves that unit alone; `all`: what it reads some of. */
export function gate(
  name: string,
  units: number,
  sources: (unit: number) => readonly number[],
  all?: readonly number[],
): GroupSpec {
  const rows = range(0, units).map((unit) => ({ sources: sources(unit), destinations: [unit] }));
  return { name, rows, ...(all ? { sources: all } : {}) };
}

/** theta ~ U(-gain, gain) / sqrt(fan-in) */
export function fanInWeights(rows: Rows, gain: number, rng: Rng): Float64Array {
  const fan = fanIn(rows);
  return uniformWeights(rows, rng, (r) => gain * fan(r));
}
