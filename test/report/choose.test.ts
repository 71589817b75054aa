import { describe, expect, it } from 'vitest';
import { choose } from '../../src/report/choose.ts';
import { methodsOf } from '../../src/report/methods.ts';
import { finalError, madeUpSetting, settingRuns } from '../support/report-runs.ts';

/** One method at step sizes .1, .2, ...: the errors of its seeds. */
function chosen(errors: readonly Readonly<Record<number, number>>[], isTwoStage = true) {
  const settings = errors.map((values, i) => settingRuns(madeUpSetting('a', { alpha: (i + 1) / 10 }), values));
  const [method] = methodsOf(settings);
  const { setting, how, tuning, reported, candidates } = choose(method!, finalError(), isTwoStage)!;
  const seeds = (runs: readonly { seed: number }[]): number[] => runs.map(({ seed }) => seed);
  return { at: settings.indexOf(setting), how, tuning: seeds(tuning), reported: seeds(reported), candidates };
}

describe('the setting that stands for a method', () => {
  it('is chosen by half of the seeds and reported on the others', () => {
    // By seeds 0 and 1 the second is best, by all four the first.
    const found = chosen([
      { 0: 2, 1: 2, 2: 0, 3: 0 },
      { 0: 1, 1: 1, 2: 9, 3: 9 },
    ]);
    expect(found).toEqual({ at: 1, how: 'fresh', tuning: [0, 1], reported: [2, 3], candidates: 2 });
  });

  it('is chosen by all seeds where the best has been run on enough others since', () => {
    const found = chosen([
      { 0: 2, 1: 2, 2: 0, 3: 0, 100: 1, 101: 1 },
      { 0: 1, 1: 1, 2: 9, 3: 9 },
    ]);
    expect(found).toEqual({ at: 0, how: 'fresh', tuning: [0, 1, 2, 3], reported: [100, 101], candidates: 2 });
  });

  it('is chosen and reported on the same seeds where there is one alone, or where that is asked', () => {
    expect(chosen([{ 0: 2 }, { 0: 1 }])).toMatchObject({ at: 1, how: 'same', reported: [0] });
    const all = [{ 0: 2, 1: 2, 2: 0, 3: 0 }, { 0: 1, 1: 1, 2: 9, 3: 9 }]; // prettier-ignore
    expect(chosen(all, false)).toMatchObject({ at: 0, how: 'same', reported: [0, 1, 2, 3] });
  });

  it('is none that diverged on a tuning seed unless all did', () => {
    const diverging = { 0: NaN, 1: 0, 2: 0, 3: 0 };
    expect(chosen([diverging, { 0: 5, 1: 5, 2: 5, 3: 5 }]).at).toBe(1);
    expect(chosen([{ 0: 1, 1: 1, 2: 1, 3: 1 }, { 0: 5, 1: 5, 2: 5, 3: 5 }]).at).toBe(0); // prettier-ignore
    expect(chosen([diverging, { 0: NaN, 1: NaN, 2: 5, 3: 5 }]).at).toBe(0);
  });

  it('is no setting that lacks a seed or has hardly been run, and these do not cost the others theirs', () => {
    const whole = { 0: 5, 1: 5, 2: 5, 3: 5 };
    expect(chosen([whole, whole, { 0: 0 }, {}])).toMatchObject({ at: 0, tuning: [0, 1], candidates: 2 });
    const many = Array.from({ length: 19 }, () => whole);
    expect(chosen([{ 1: 0, 2: 0, 3: 0 }, ...many])).toMatchObject({ at: 1, tuning: [0, 1], candidates: 19 });
  });

  it('is the only one there is, on all its seeds', () => {
    expect(chosen([{ 0: 1, 1: NaN }])).toEqual({ at: 0, how: 'only', tuning: [], reported: [0, 1], candidates: 1 });
  });
});

it('a method without a number stands for nothing yet', () => {
  const [method] = methodsOf([settingRuns(madeUpSetting('a'), {})]);
  expect(choose(method!, finalError(), true)).toBeNull();
});
