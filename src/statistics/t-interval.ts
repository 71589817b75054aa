import { type Interval, NO_INTERVAL, requireShare } from './interval.ts';
import { mean } from './mean.ts';
import { standardError } from './standard-error.ts';
import { studentTQuantile } from './student-t.ts';

/**
 * Student's interval for the mean of values [n]: mean +- t standardError, where t is quantile (1 + level)/2 with n - 1
 * degrees of freedom. Exact for normal values of any n >= 2, good for others once their mean is about normal. Both
 * bounds are NaN for n < 2 and where a value is not finite.
 */
export function tInterval(values: ArrayLike<number>, { level = 0.95 }: { readonly level?: number } = {}): Interval {
  requireShare('take a t interval', 'level', level);
  const n = values.length;
  const error = standardError(values);
  if (n < 2 || !Number.isFinite(error)) return NO_INTERVAL;
  const centre = mean(values);
  const half = studentTQuantile((1 + level) / 2, n - 1) * error;
  return { low: centre - half, high: centre + half };
}
