/** Gymnasium's rescale_box: the straight line that takes the bounds of one box to those of another. */
import { EnvError } from '../errors.ts';
import { box, type Box } from '../spaces/box.ts';
import { perEntry } from './checks.ts';

export interface Affine {
  readonly space: Box; // the new one
  readonly gradient: Float64Array; // [size]
  readonly intercept: Float64Array; // [size]
}

type Bound = number | readonly number[];

/** An entry that has no bound on a side must keep it; one with a single bound is shifted. */
export function rescale(act: string, from: Box, min: Bound, max: Bound): Affine {
  const [low, high] = [perEntry(act, 'min', min, from.size), perEntry(act, 'max', max, from.size)];
  for (let i = 0; i < from.size; i++) {
    if (from.low[i] === from.high[i]) {
      throw new EnvError(
        `Cannot ${act}: entry ${i} of ${from} is always ${from.low[i]}, which no line takes elsewhere`,
      );
    }
    keepsInfinity(act, low[i]!, from.low[i]!);
    keepsInfinity(act, high[i]!, from.high[i]!);
    if (!(low[i]! <= high[i]!))
      throw new EnvError(`Cannot ${act}: min must not exceed max, got ${low[i]} and ${high[i]}`);
  }
  const gradient = low.map((value, i) => {
    const slope = (high[i]! - value) / (from.high[i]! - from.low[i]!);
    return isFinite(value) && isFinite(high[i]!) ? slope : 1;
  });
  const intercept = low.map((value, i) => {
    if (isFinite(value)) return gradient[i]! * -from.low[i]! + value;
    return isFinite(high[i]!) ? high[i]! - from.high[i]! : 0;
  });
  return { space: box(low, high, from.shape), gradient, intercept };
}

function keepsInfinity(act: string, wanted: number, given: number): void {
  if (wanted === given || (isFinite(wanted) && isFinite(given))) return;
  throw new EnvError(`Cannot ${act}: an infinite bound stays infinite, got ${wanted} for ${given}`);
}
