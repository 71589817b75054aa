/** From measurements to the rows of a table. */
import { describe, expect, it } from 'vitest';
import type { Expected } from '../../src/experiment/study.ts';
import { bestRows, deviation, estimate, expectedOf, rowsOf, varyingKeys } from '../../src/run/study-rows.ts';

const measured = (rule: string, size: number, seed: number, error: number | null) => ({
  setting: { rule, size, steps: 10 },
  seed,
  values: error === null ? null : { error },
  diverged: error === null ? 'weights at step 3' : null,
});

const rows = rowsOf(
  [
    measured('a', 1, 0, 2),
    measured('a', 1, 1, 4),
    measured('a', 2, 0, 1),
    measured('a', 2, 1, null),
    measured('b', 1, 0, 7),
    measured('b', 2, 0, 5),
  ],
  ['error', 'other'],
);

describe('rows', () => {
  it('are one per setting, with its numbers over the seeds and no measure that was not taken', () => {
    expect(rows).toHaveLength(4);
    expect(rows[0]).toEqual({ setting: { rule: 'a', size: 1, steps: 10 }, at: {}, samples: { error: [2, 4] } });
    expect(estimate(rows[0]!.samples['error'])).toEqual({ mean: 3, error: 1, n: 2, diverged: 0 });
  });

  it('have no mean where a seed diverged: the survivors alone would flatter', () => {
    expect(estimate(rows[1]!.samples['error'])).toEqual({ mean: NaN, error: NaN, n: 2, diverged: 1 });
  });

  it('have no standard error with one seed', () => {
    expect(estimate(rows[2]!.samples['error'])).toEqual({ mean: 7, error: NaN, n: 1, diverged: 0 });
  });

  it('vary in what differs', () => {
    expect(varyingKeys(rows)).toEqual(['rule', 'size']);
    expect(varyingKeys(rows.slice(0, 2))).toEqual(['size']);
  });
});

describe('the best of a key', () => {
  const best = bestRows(rows, 'size', 'error');

  it('is the row of the lowest mean, never one that diverged, and says where', () => {
    expect(best.map(({ setting, at }) => [setting, at])).toEqual([
      [{ rule: 'a', steps: 10 }, { size: 1 }],
      [{ rule: 'b', steps: 10 }, { size: 2 }],
    ]);
  });

  it('has expectations of its own, which are not those of a single row', () => {
    const of = (setting: Expected['for']): Expected => {
      return { for: setting, measure: 'error', value: 4, error: 0, kind: 'noted', source: 'nowhere' };
    };
    const all = [of({ rule: 'a' }), of({ rule: 'a', size: 1 }), of({ rule: 'b' })];
    expect(expectedOf(best[0]!, ['rule'], 'error', all)).toEqual([all[0]]);
    expect(expectedOf(rows[0]!, ['rule', 'size'], 'error', all)).toEqual([all[1]]);
    expect(expectedOf(rows[0]!, ['rule', 'size'], 'other', all)).toEqual([]);
    expect(deviation(estimate(rows[0]!.samples['error']), { ...all[0]!, error: Math.sqrt(3) })).toBeCloseTo(-0.5, 12);
  });
});

describe('what lies between an estimate and what is expected', () => {
  const ours = { mean: 0.965, error: 0.01, n: 30, diverged: 0 };
  const of = (more: Partial<Expected>): Expected => {
    return { for: {}, measure: 'error', value: 0.9, kind: 'noted', source: 'nowhere', ...more };
  };

  it('is told in standard errors, by its own spread, or by ours at its number of runs', () => {
    expect(deviation(ours, of({}))).toBeCloseTo(6.5, 10);
    expect(deviation(ours, of({ error: 0.01 }))).toBeCloseTo(6.5 / Math.SQRT2, 10);
    expect(deviation(ours, of({ runs: 30 }))).toBeCloseTo(6.5 / Math.SQRT2, 10);
    expect(deviation({ ...ours, n: 300 }, of({ runs: 30 }))).toBeCloseTo(6.5 / Math.sqrt(11), 10);
  });

  it('begins beyond the rounding of what was printed', () => {
    expect(deviation(ours, of({ digits: 2 }))).toBeCloseTo(6, 10);
    expect(deviation({ ...ours, mean: 0.835 }, of({ digits: 2 }))).toBeCloseTo(-6, 10);
    expect(deviation({ ...ours, mean: 0.904, error: 0 }, of({ digits: 2 }))).toBe(0);
    expect(deviation({ ...ours, error: 0 }, of({ digits: 2 }))).toBe(Infinity);
  });
});
