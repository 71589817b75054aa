/** The share of runs that do better than every score: methods by all their runs, not by their means. */
import { createRng } from '@rl-tools/envs';
import { performanceProfiles } from '../plots/performance-profiles.ts';
import { performanceProfile } from '../statistics/performance-profile.ts';
import type { MethodRow } from './method-row.ts';
import type { PictureRequest } from './pictures.ts';

const FEWEST = 10; // runs of a method: of fewer the shares say little
const POINTS = 100;

export function profilePicture(all: readonly MethodRow[], title: string, suffix: string): PictureRequest[] {
  const rows = all.filter(({ values }) => values.length >= FEWEST);
  if (rows.length < 2) return [];
  const { metric } = rows[0]!;
  const scores = rows.flatMap(({ values }) => values.filter(Number.isFinite)).sort((a, b) => a - b);
  const taus = thinned([...new Set(scores)]);
  const better = metric.lower ? 'lower' : 'higher';
  const spec = () =>
    performanceProfiles({
      title: `${title}: performance profiles`,
      xTitle: `τ: ${metric.title}`,
      yTitle: `fraction of runs ${metric.lower ? 'below' : 'above'} τ`,
      series: rows.map(({ method, values }) => {
        const profile = performanceProfile([values], taus, {
          better,
          rng: createRng('report/profile'),
          resamples: 2000,
        });
        const points = profile.map(({ tau, share, low, high }) => ({ x: tau, mean: share, low, high }));
        return { name: method.short, points };
      }),
    });
  return [{ name: `profiles${suffix}`, title: 'Share of runs that do better than every score', spec }];
}

/** Evenly by rank, the ends among them. */
function thinned(values: readonly number[]): number[] {
  if (values.length <= POINTS) return [...values];
  return Array.from({ length: POINTS }, (_, i) => values[Math.round((i * (values.length - 1)) / (POINTS - 1))]!);
}
