/** Who of n environments is reset, and with what: seeds and options of a vector's `reset`, dealt out. */
import type { ResetOptions } from '../env.ts';
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';

/** What `reset` of a vector takes. */
export interface VectorResetOptions {
  /** s seeds the environments with s, s + 1, ...; a list has one seed (or null) for each. */
  readonly seed?: number | readonly (number | null)[] | null;
  /** `resetMask` resets those environments only; the rest goes to every environment. */
  readonly options?: Readonly<Record<string, unknown>> & { readonly resetMask?: readonly boolean[] };
}

/** One environment's reset; null: it stays as it is. */
export type ResetPlan = readonly (ResetOptions | null)[];

/** For n environments of the vector `name`. */
export function planReset(name: string, n: number, { seed, options }: VectorResetOptions): ResetPlan {
  const seeds = seedsOf(name, n, seed);
  const { resetMask, ...rest } = options ?? {};
  if (resetMask !== undefined) checkMask(name, n, resetMask);
  const given = options === undefined ? {} : { options: rest };
  return seeds.map((one, i) => {
    if (resetMask?.[i] === false) return null;
    return { ...(one === null ? {} : { seed: one }), ...given };
  });
}

function seedsOf(name: string, n: number, seed: VectorResetOptions['seed']): readonly (number | null)[] {
  if (seed === undefined || seed === null) return Array.from({ length: n }, () => null);
  if (typeof seed === 'number') return Array.from({ length: n }, (_, i) => seed + i);
  const isSeed = (one: unknown): boolean => one === null || typeof one === 'number';
  if (!Array.isArray(seed) || !seed.every(isSeed)) {
    throw new EnvError(`Cannot reset ${name}: seed must be a number or a list of them, got ${describe(seed)}`);
  }
  if (seed.length === n) return seed as (number | null)[];
  throw new EnvError(`Cannot reset ${name}: the list has ${seed.length} seeds`);
}

function checkMask(name: string, n: number, mask: unknown): void {
  const isMask = Array.isArray(mask) && mask.length === n && mask.every((x) => typeof x === 'boolean');
  if (isMask && mask.includes(true)) return;
  throw new EnvError(
    `Cannot reset ${name}: resetMask must list ${n} booleans, one of them true, got ${describe(mask)}`,
  );
}
