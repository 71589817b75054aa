/** Numbers as tables show them; what is not known is a dash. */
import type { Interval } from '../statistics/interval.ts';

/** With that many digits, of large numbers the whole ones; tiny ones as 1.23e-5. */
export function figure(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '-';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 10 ** digits) return String(Math.round(value));
  return size < 1e-4 ? value.toExponential(digits - 1) : value.toPrecision(digits);
}

export const whole = (value: number): string => (Number.isFinite(value) ? String(Math.round(value)) : '-');

export const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '-');

export const interval = ({ low, high }: Interval, digits = 3): string =>
  Number.isFinite(low) && Number.isFinite(high) ? `${figure(low, digits)} .. ${figure(high, digits)}` : '-';

/** .031, <.001 */
export const probability = (p: number): string => (!Number.isFinite(p) ? '-' : p < 0.001 ? '< 0.001' : p.toFixed(3));

/** JSON has no word for what is not finite. */
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

export const finiteInterval = ({ low, high }: Interval) => ({ low: finite(low), high: finite(high) });
