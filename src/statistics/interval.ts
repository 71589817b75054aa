import { UserError } from '../user-error.ts';

/** Bounds of an interval: both NaN where the values cannot say. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Intervals answer with it where there is nothing to answer. */
export const NO_INTERVAL: Interval = { low: NaN, high: NaN };

/** Shares such as a confidence level, strictly between 0 and 1: 95 instead of .95 is the usual slip. */
export function requireShare(act: string, name: string, share: number): void {
  if (!(share > 0 && share < 1)) throw new UserError(`Cannot ${act}: ${name} must lie in (0, 1), got ${share}`);
}
