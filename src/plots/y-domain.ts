import { UserError } from '../user-error.ts';
import type { CurvePoint } from './curve-points.ts';

export type YScale = 'linear' | 'log';

/** A horizontal line to hold the curves against, such as an error floor. */
export interface ReferenceLine {
  readonly name: string;
  readonly value: number;
}

/**
 * The range of the vertical axis: everything drawn and 5 % of air, in the axis' own measure. A quantity that is never
 * negative does not get a negative axis. On a log axis the lower end of a band may be cut, a mean may not.
 */
export function yDomain(
  points: readonly CurvePoint[],
  references: readonly ReferenceLine[],
  scale: YScale,
): [number, number] {
  const centres = [...points.map(({ mean, name }) => ({ value: mean, name })), ...references];
  if (scale === 'log') {
    const bad = centres.find(({ value }) => !(value > 0));
    if (bad) {
      throw new UserError(`Cannot plot "${bad.name}" on a log axis: ${bad.value} is not positive; use a linear axis`);
    }
  }
  const edges = points.flatMap(({ low, high }) => [low, high]).filter((value) => value !== null);
  const all = [...centres.map(({ value }) => value), ...edges].filter((value) => scale === 'linear' || value > 0);
  if (all.length === 0) return scale === 'log' ? [0.1, 1] : [0, 1];
  const forward = scale === 'log' ? Math.log10 : (value: number): number => value;
  const back = scale === 'log' ? (value: number): number => 10 ** value : (value: number): number => value;
  let low = Infinity;
  let high = -Infinity;
  for (const value of all) {
    low = Math.min(low, forward(value));
    high = Math.max(high, forward(value));
  }
  const air = 0.05 * (high - low) || 0.05 * Math.abs(high) || 0.05;
  const padded = low - air;
  return [back(scale === 'linear' && low >= 0 ? Math.max(0, padded) : padded), back(high + air)];
}
