/** Masks and probabilities: how a sample is steered. */
import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { isArrayLike } from './nested.ts';
import type { SampleOptions } from './space.ts';

export interface Steering {
  readonly by: 'mask' | 'probability';
  readonly value: unknown;
}

/** What was given, or null for neither; both at once are refused. */
export function steering(rng: Rng, how: SampleOptions | undefined, name: string): Steering | null {
  if (typeof (rng as Rng | undefined)?.uniform !== 'function') {
    throw new EnvError(`Cannot sample ${name}: an Rng is needed, such as createRng(0)`);
  }
  if (how === undefined) return null;
  const { mask = null, probability = null } = how;
  if (mask !== null && probability !== null) {
    throw new EnvError(`Cannot sample ${name} by mask and by probability at once: give one of them`);
  }
  if (mask !== null) return { by: 'mask', value: mask };
  return probability === null ? null : { by: 'probability', value: probability };
}

/** The same way of steering for a part; nothing where the part is null. */
export function steerPart({ by }: Steering, value: unknown): SampleOptions {
  return { [by]: value };
}

/** The lists of a steering, one per part. */
export function partsOf({ by, value }: Steering, count: number, name: string): readonly unknown[] {
  if (Array.isArray(value) && value.length === count) return value;
  throw new EnvError(`Cannot sample ${name}: ${by} must be a list of ${count}, one for each part`);
}

/** One of 0 .. n - 1. Nothing allowed by the mask gives 0, as in Gymnasium. */
export function choose(rng: Rng, { by, value }: Steering, n: number, name: string): number {
  const entries = entriesOf(value, n, `Cannot sample ${name}: ${by}`);
  return by === 'mask' ? chooseAllowed(rng, entries, name) : chooseWeighted(rng, entries, name);
}

/** A list of n numbers. */
export function entriesOf(value: unknown, n: number, what: string): ArrayLike<number> {
  if (isArrayLike(value) && value.length === n && everyEntry(value, (x) => typeof x === 'number')) {
    return value as ArrayLike<number>;
  }
  throw new EnvError(`${what} must hold ${n} numbers, got ${JSON.stringify(value)?.slice(0, 40)}`);
}

/** Refuses a mask with other entries than these. */
export function checkMask(mask: ArrayLike<number>, allowed: readonly number[], name: string): void {
  if (everyEntry(mask, (x) => allowed.includes(x))) return;
  throw new EnvError(
    `Cannot sample ${name}: entries of a mask are ${allowed.join(' or ')}, got ${Array.from(mask).join(', ')}`,
  );
}

export function checkProbabilities(weights: ArrayLike<number>, name: string): void {
  if (everyEntry(weights, (x) => x >= 0 && x <= 1)) return;
  throw new EnvError(`Cannot sample ${name}: probabilities lie in [0, 1], got ${Array.from(weights).join(', ')}`);
}

function chooseAllowed(rng: Rng, mask: ArrayLike<number>, name: string): number {
  checkMask(mask, [0, 1], name);
  const allowed: number[] = [];
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) allowed.push(i);
  return allowed.length === 0 ? 0 : allowed[rng.integer(0, allowed.length - 1)]!;
}

/** By the cumulative sum, as numpy's choice does; a sum within 1e-5 of 1 will do. */
function chooseWeighted(rng: Rng, weights: ArrayLike<number>, name: string): number {
  checkProbabilities(weights, name);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]!;
  if (!(Math.abs(sum - 1) <= 1e-5)) {
    throw new EnvError(`Cannot sample ${name}: probabilities must add up to 1, these make ${sum}`);
  }
  let left = rng.uniform() * sum;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) break;
  }
  return last;
}

function everyEntry<T>(list: ArrayLike<T>, holds: (x: T) => boolean): boolean {
  for (let i = 0; i < list.length; i++) if (!holds(list[i]!)) return false;
  return true;
}
