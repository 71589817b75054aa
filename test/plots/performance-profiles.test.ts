import { describe, expect, it } from 'vitest';
import { performanceProfiles } from '../../src/plots/performance-profiles.ts';
import { domainIn, faultsOf, having, longNames, rowsOf, textsIn } from '../support/pictures.ts';

const point = (x: number, mean: number) => ({ x, mean, low: mean - 0.2, high: mean + 0.2 });
const points = [point(0.1, 0), point(0.2, 0.5), point(0.3, 1)];
const plot = (change = {}) =>
  performanceProfiles({ title: 'Profiles', xTitle: 'τ', series: [{ name: 'one', points }], ...change });

describe('performance profiles', () => {
  it('lie on an axis from 0 to 1 whatever is drawn, their bands within it', () => {
    expect(domainIn(plot(), 'y')).toEqual([0, 1]);
    expect(domainIn(plot({ series: [{ name: 'one', points: [point(0.1, 0.5)] }] }), 'y')).toEqual([0, 1]);
    expect(rowsOf(plot()).map(({ low, high }) => [low, high])).toEqual([
      [0, 0.2],
      [0.3, 0.7],
      [0.8, 1],
    ]);
  });

  it('are steps: a share holds up to the next score', () => {
    expect(having(plot(), 'interpolate').map(({ interpolate }) => interpolate)).toEqual(['step-after', 'step-after']);
  });

  it('say what their axes are', async () => {
    expect(await textsIn(plot())).toEqual(
      expect.arrayContaining(['Profiles', 'τ', 'fraction of runs with error below τ']),
    );
    expect(await textsIn(plot({ yTitle: 'other' }))).not.toContain('fraction of runs with error below τ');
  });

  it('hold twelve methods, and refuse none', async () => {
    expect(await faultsOf(() => plot({ series: longNames.map((name) => ({ name, points })) }))).toEqual([]);
    expect(() => plot({ series: [] })).toThrow('Cannot plot "Profiles": there are no finite points');
  });
});
