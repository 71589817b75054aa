import type { TopLevelSpec } from 'vega-lite';
import { bandLines, type BandSeries } from './band-lines.ts';

/** `mean` is the fraction of runs that are at most at x, or at least, as `yTitle` says. */
export interface PerformanceProfiles {
  readonly title: string;
  readonly note?: string;
  readonly xTitle: string; // tau: the score, with its unit
  readonly yTitle?: string;
  readonly series: readonly BandSeries[];
  readonly xScale?: 'linear' | 'log';
}

/** The share of runs beyond every score, a line per method with its band, on an axis from 0 to 1 (Agarwal et al. 2021). */
export function performanceProfiles({
  yTitle = 'fraction of runs with error below τ',
  ...rest
}: PerformanceProfiles): TopLevelSpec {
  return bandLines({ ...rest, yTitle, yScale: 'linear', yDomain: [0, 1], isStepped: true });
}
