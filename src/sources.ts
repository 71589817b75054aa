import { places, type Shape } from './rows.ts';
import type { Rng } from './types.ts';

/** n, n+1, ..., n+count-1 */
export function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** What a row of a dense recurrent net reads: [x; 1; one component of every unit's s_{t-1}]. */
export function denseSources(shape: Shape, component: number): number[] {
  const { one, state } = places(shape);
  const recurrent = range(0, shape.units).map((unit) => state + unit * shape.components + component);
  return [...range(0, shape.inputSize), one, ...recurrent];
}

/** What a row of a column reads: [x; 1; its own s_{t-1} component]. */
export function columnSources(shape: Shape, unit: number, component: number): number[] {
  const { one, state } = places(shape);
  return [...range(0, shape.inputSize), one, state + unit * shape.components + component];
}

/** Keeps each source with probability `density`; the constant and the unit's own state always stay (see snap.ts). */
export function sparsified(sources: readonly number[], always: readonly number[], density: number, rng: Rng): number[] {
  if (density >= 1) return [...sources];
  return sources.filter((source) => always.includes(source) || rng.uniform() < density);
}

export const MASKS = ['independent', 'shared'] as const;

/** Of a sparse cell: `density` is the share of weights kept, `mask` who draws them. */
export interface Sparsity {
  readonly density: number;
  readonly mask: (typeof MASKS)[number];
}

/**
 * What a unit's row keeps of the sources `candidates`. `independent`: every row draws its own. `shared`: a unit draws
 * once, from `all` its gates could read, and every gate keeps the same, so that D is as sparse as one gate alone.
 */
export function maskedSources(
  all: (unit: number) => readonly number[],
  always: (unit: number) => readonly number[],
  { density, mask }: Sparsity,
  rng: Rng,
): (unit: number, candidates?: readonly number[]) => number[] {
  const drawn = new Map<number, Set<number>>();
  return (unit, candidates = all(unit)) => {
    if (mask === 'independent') return sparsified(candidates, always(unit), density, rng);
    if (!drawn.has(unit)) drawn.set(unit, new Set(sparsified(all(unit), always(unit), density, rng)));
    return candidates.filter((source) => drawn.get(unit)!.has(source));
  };
}
