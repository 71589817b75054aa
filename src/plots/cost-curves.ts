import type { TopLevelSpec } from 'vega-lite';
import { type BandLines, bandLines } from './band-lines.ts';

/**
 * Error against time: a line per method over wall-clock seconds, each over its own, with the interval over seeds. A method
 * that is slow ends further right, so its error at a second can be held against that of a cheap one.
 */
export function errorAgainstTime(options: Omit<BandLines, 'yDomain' | 'isStepped'>): TopLevelSpec {
  return bandLines(options);
}
