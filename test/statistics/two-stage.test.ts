import { createRng } from '@rl-tools/envs';
import { describe, expect, test } from 'vitest';
import { mean } from '../../src/statistics/mean.ts';
import { type SeedValue, tuningSeeds, twoStage } from '../../src/statistics/two-stage.ts';

const runs = (...values: number[]): SeedValue[] => values.map((value, seed) => ({ seed, value }));
const lower = { better: 'lower' } as const;

describe('two-stage selection', () => {
  test('chooses by the lower half of the seeds and reports the other half', () => {
    const settings = [runs(5, 5, 0, 0), runs(1, 2, 9, 9)];
    expect(twoStage(settings, lower)).toEqual({
      chosen: 1,
      tuning: [
        { seed: 0, value: 1 },
        { seed: 1, value: 2 },
      ],
      fresh: [
        { seed: 2, value: 9 },
        { seed: 3, value: 9 },
      ],
    });
    expect(twoStage(settings, { better: 'higher' })!.chosen).toBe(0);
    expect(twoStage(settings, { ...lower, tune: [2, 3] })!.chosen).toBe(0);
  });

  test('takes away the flattery of choosing: fresh values of the best of 30 equal settings are about their mean', () => {
    const rng = createRng('flattery');
    const [tuned, fresh]: [number[], number[]] = [[], []];
    for (let trial = 0; trial < 400; trial++) {
      const settings = Array.from({ length: 30 }, () => runs(...Array.from({ length: 10 }, () => rng.normal())));
      const { tuning, fresh: rest } = twoStage(settings, lower)!;
      tuned.push(mean(tuning.map(({ value }) => value)));
      fresh.push(mean(rest.map(({ value }) => value)));
    }
    // The least of 30 normal means is 2.04 deviations of 1/sqrt 5 low (tables of normal order statistics).
    expect(mean(tuned)).toBeCloseTo(-2.04 / Math.sqrt(5), 1);
    expect(Math.abs(mean(fresh))).toBeLessThan(0.08); // 3.5 standard errors
  });

  test('a setting that diverged on a tuning seed is not chosen, however good its others', () => {
    expect(twoStage([runs(NaN, 0, 0, 0), runs(7, 8, 9, 9)], lower)!.chosen).toBe(1);
    expect(twoStage([runs(Infinity, 0, 0, 0), runs(7, 8, 9, 9)], { better: 'higher' })!.chosen).toBe(1);
    expect(twoStage([runs(3, 0, NaN, 0), runs(7, 8, 9, 9)], lower)!.chosen).toBe(0); // on a fresh one: that is reported
  });

  test('where all diverged: the one that did least often, then the better one, then the first', () => {
    expect(twoStage([runs(NaN, NaN, 1, 1), runs(NaN, 9, 1, 1)], lower)!.chosen).toBe(1);
    expect(twoStage([runs(NaN, 9, 1, 1), runs(8, NaN, 1, 1)], lower)!.chosen).toBe(1);
    expect(twoStage([runs(NaN, 8, 1, 1), runs(8, NaN, 1, 1)], lower)!.chosen).toBe(0);
    expect(twoStage([runs(NaN, NaN), runs(NaN, NaN)], lower)!.chosen).toBe(0);
  });

  test('with one seed nothing is fresh, and says so', () => {
    expect(twoStage([runs(2), runs(1)], lower)).toEqual({ chosen: 1, tuning: [{ seed: 0, value: 1 }], fresh: [] });
  });

  test('only seeds that all settings have tune; what the chosen one has run beyond them is fresh', () => {
    const settings = [runs(1, 1, 1, 1, 1, 1), runs(2)];
    expect(tuningSeeds(settings)).toEqual([0]);
    expect(twoStage(settings, lower)!.fresh).toHaveLength(5);
    expect(tuningSeeds([runs(1, 1, 1, 1, 1), runs(1, 1, 1, 1, 1)])).toEqual([0, 1]);
    const mixed = [
      { seed: 12, value: 0 },
      { seed: 3, value: 0 },
      { seed: 100, value: 0 },
      { seed: 20, value: 0 },
    ];
    expect(tuningSeeds([mixed, [...mixed].reverse()])).toEqual([3, 12]); // as numbers
  });

  test('a setting that lacks a tuning seed cannot be compared', () => {
    const settings = [runs(0), runs(4, 5, 6)];
    expect(twoStage(settings, { ...lower, tune: [0, 1] })!.chosen).toBe(1);
    expect(twoStage(settings, { ...lower, tune: [7] })).toBeNull();
  });

  test('no settings, or no seed in common: nothing to choose by', () => {
    expect(twoStage([], lower)).toBeNull();
    expect(twoStage([runs(1), []], lower)).toBeNull();
    expect(twoStage([runs(1), [{ seed: 9, value: 1 }]], lower)).toBeNull();
  });
});
