import { createRng } from '@rl-tools/envs';
import { expect, test } from 'vitest';
import { performanceProfile } from '../../src/statistics/performance-profile.ts';

const profile = (groups: number[][], taus: number[], better: 'higher' | 'lower' = 'higher') =>
  performanceProfile(groups, taus, { better, rng: createRng('profile'), resamples: 2000 });
const shares = (...args: Parameters<typeof profile>): number[] => profile(...args).map(({ share }) => share);

test('the share of runs strictly better than each tau, averaged over tasks', () => {
  const groups = [
    [1, 2, 3, 4],
    [2, 2],
  ];
  expect(shares(groups, [0, 1, 2, 3.5])).toEqual([1, (0.75 + 1) / 2, 0.25, 0.125]);
  expect(shares(groups, [1])).not.toEqual([5 / 6]); // pooled
});

test('errors are better the lower', () => {
  const groups = [[0.1, 0.2, 0.4, 0.8]];
  expect(shares(groups, [0.1, 0.3, 1], 'lower')).toEqual([0, 0.5, 1]);
  expect(shares(groups, [0.1, 0.3, 1], 'higher')).toEqual([0.75, 0.5, 0]);
});

test('a diverged run is better than no tau', () => {
  expect(shares([[NaN, 1]], [-1e9], 'higher')).toEqual([0.5]);
  expect(shares([[NaN, 1]], [1e9], 'lower')).toEqual([0.5]);
  expect(shares([[5, 1]], [1e9], 'lower')).toEqual([1]);
});

test('taus keep the order in which they were given', () => {
  const groups = [[1, 2, 3, 4]];
  const [up, down] = [profile(groups, [0.5, 2.5, 3.5]), profile(groups, [3.5, 2.5, 0.5])];
  expect(down).toEqual([...up].reverse());
  expect(profile(groups, [2.5, 0.5, 3.5]).map(({ tau, share }) => [tau, share])).toEqual([
    [2.5, 0.5],
    [0.5, 1],
    [3.5, 0.25],
  ]);
});

test('the band is the binomial of resampled runs: quantiles of Binomial(10, 1/2)/10 at one half', () => {
  const runs = Array.from({ length: 10 }, (_, i) => i);
  const [at] = profile([runs], [4.5]);
  // P(X <= 1) = .0107 < .025 <= P(X <= 2) = .0547.
  expect(at).toEqual({ tau: 4.5, share: 0.5, low: 0.2, high: 0.8 });
  expect(profile([[...runs, ...runs, ...runs, ...runs]], [4.5])[0]!.low).toBeGreaterThan(0.3); // more runs, narrower
});

test('one run, or no task, gives no band; a tau must be a number', () => {
  expect(profile([[1]], [0])).toEqual([{ tau: 0, share: 1, low: NaN, high: NaN }]);
  expect(profile([], [0])[0]!.share).toBeNaN();
  expect(profile([[1, 2]], [])).toEqual([]);
  expect(() => profile([[1, 2]], [0, NaN])).toThrow('every tau must be a number, got NaN');
});
