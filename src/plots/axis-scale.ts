/** Which measure an axis has and where it begins and ends, from what is drawn on it. */
import { logTicks } from './log-ticks.ts';
import { tickExpression } from './tick-label.ts';

export type AxisScale = 'linear' | 'log';

const DECADES = 1.7; // about a factor of 50: a linear axis would show the large values alone

/** Log where all is positive and spread wide. */
export function scaleFor(values: readonly number[]): AxisScale {
  const { low, high } = extent(values.filter(Number.isFinite));
  return low > 0 && Math.log10(high / low) > DECADES ? 'log' : 'linear';
}

/** All that is drawn and some air, in the axis' own measure; what has no place on a log axis is left out. */
export function domainOf(values: readonly number[], scale: AxisScale, air = 0.05): [number, number] {
  const finite = values.filter((value) => Number.isFinite(value) && (scale === 'linear' || value > 0));
  if (finite.length === 0) return scale === 'log' ? [0.1, 1] : [0, 1];
  const isLog = scale === 'log';
  const { low, high } = extent(isLog ? finite.map(Math.log10) : finite);
  const more = high > low ? air * (high - low) : isLog ? 0.3 : 0.05 * Math.abs(high) || 0.5;
  if (isLog) return [10 ** (low - more), 10 ** (high + more)];
  return [low >= 0 ? Math.max(0, low - more) : low - more, high + more]; // what is never negative has no negative axis
}

/** A field of numbers on such an axis. */
export function numericAxis(title: string | string[] | null, scale: AxisScale, domain: readonly [number, number]) {
  const values = scale === 'log' ? { values: logTicks(...domain) } : { tickCount: 8 };
  const zero = scale === 'log' ? {} : { zero: false };
  return {
    scale: { type: scale, domain: [domain[0], domain[1]] as [number, number], nice: false, ...zero },
    axis: { title, labelExpr: tickExpression, ...values },
  };
}

/** Where a value lies between the ends, 0 to 1. */
export function share(value: number, scale: AxisScale, [low, high]: readonly [number, number]): number {
  const [v, l, h] = scale === 'log' ? [Math.log10(value), Math.log10(low), Math.log10(high)] : [value, low, high];
  return (v - l) / (h - l);
}

/** The value that lies there. */
export function valueAt(part: number, scale: AxisScale, [low, high]: readonly [number, number]): number {
  if (scale === 'linear') return low + part * (high - low);
  return 10 ** (Math.log10(low) + part * Math.log10(high / low));
}

function extent(values: readonly number[]): { low: number; high: number } {
  return {
    low: values.reduce((a, b) => Math.min(a, b), Infinity),
    high: values.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}
