import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunksOf, groupSize, shareOut } from '../../src/cluster/parts.ts';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('sharing out the missing runs', () => {
  it('gives every missing run to the task whose part it belongs to, and none of them too many', () => {
    const cases = fc.record({ flags: fc.array(fc.boolean(), { minLength: 1 }), group: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(cases, ({ flags, group }) => {
        const missing = flags.flatMap((isMissing, i) => (isMissing ? [i] : []));
        const { of, tasks } = shareOut(missing, flags.length, group);
        expect(tasks.flatMap(({ runs }) => runs).sort((a, b) => a - b)).toEqual(missing);
        for (const { part, runs } of tasks) {
          expect(runs.length).toBeLessThanOrEqual(group);
          expect(runs.every((run) => run % of === part)).toBe(true);
        }
      }),
    );
  });

  it('makes as few tasks as can be of runs in a row', () => {
    expect(shareOut(upTo(100), 100, 8).tasks).toHaveLength(13);
    const newSeeds = upTo(30).map((i) => 70 + i);
    expect(shareOut(newSeeds, 100, 10).tasks).toHaveLength(3);
  });

  it('cuts finer where the missing runs fall into the same part', () => {
    const { of, tasks } = shareOut([0, 2, 4, 6], 8, 2);
    expect(of).toBe(3);
    expect(tasks.map(({ runs }) => runs)).toEqual([[0, 6], [4], [2]]);
  });
});

describe('runs per task', () => {
  it('take a quarter of the time limit, on every core', () => {
    expect(groupSize(10, 3600, 1)).toBe(90);
    expect(groupSize(10, 3600, 4)).toBe(360);
  });

  it('are one per core where a run takes longer, or nobody knows how long', () => {
    expect(groupSize(5000, 3600, 2)).toBe(2);
    expect(groupSize(null, 3600, 2)).toBe(2);
  });
});

describe('chunks', () => {
  it('are no larger than allowed, and leave nothing out', () => {
    expect(chunksOf(25, 10)).toEqual([
      [0, 10],
      [10, 10],
      [20, 5],
    ]);
    expect(chunksOf(10, 10)).toEqual([[0, 10]]);
  });
});
