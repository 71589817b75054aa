/** Numbers as tables show them; what is not known is a dash. */
import type { Interval } from '../statistics/interval.ts';

export const figure = (value: number, digits = 3): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : '-';

export const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '-');

export const interval = ({ low, high }: Interval, digits = 3): string =>
  Number.isFinite(low) && Number.isFinite(high) ? `${figure(low, digits)} .. ${figure(high, digits)}` : '-';

/** .031, <.001 */
export const probability = (p: number): string => (!Number.isFinite(p) ? '-' : p < 0.001 ? '< 0.001' : p.toFixed(3));

/** JSON has no word for what is not finite. */
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

export const finiteInterval = ({ low, high }: Interval) => ({ low: finite(low), high: finite(high) });
