import { describe, expect, it } from 'vitest';
import { joined, thinned } from '../../src/page/views/use-rows.ts';
import { chartsOfRows } from '../../src/page/views/row-charts.ts';
import { chartsOfAlignment } from '../../src/page/views/alignment-charts.ts';
import { chartsOfStepSizes } from '../../src/page/views/step-sizes-charts.ts';

const rows = (from: number, count: number) => Array.from({ length: count }, (_, i) => ({ step: from + i, mse: i }));

describe('rows of a file that grows', () => {
  it('come one after the other, each step once', () => {
    expect(joined(rows(0, 3), rows(3, 2)).map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(joined(rows(0, 3), rows(2, 2)).map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    expect(joined(rows(5, 2), rows(0, 2)).map(({ step }) => step)).toEqual([0, 1, 5, 6]);
  });

  it('never take more memory than a fixed number of them, evenly from the first to the last', () => {
    let all: readonly { step: number }[] = [];
    for (let t = 0; t < 100_000; t += 100) all = joined(all, rows(t, 100));
    expect(all.length).toBeLessThanOrEqual(1500);
    expect([all[0]!.step, all.at(-1)!.step]).toEqual([0, 99_999]);
    for (let from = 0; from < 100_000; from += 1000) {
      const some = all.filter(({ step }) => step >= from && step < from + 1000);
      expect(some.length).toBeGreaterThanOrEqual(3);
    }
    expect(thinned(rows(0, 10))).toHaveLength(10);
  });

  it('that stay are those that stayed before', () => {
    const before = thinned(rows(0, 4000));
    const after = thinned([...before, ...rows(4000, 4000)]);
    const early = after.filter(({ step }) => step < 3999);
    expect(early.length).toBeGreaterThan(100);
    expect(early.filter((row) => !before.some(({ step }) => step === row.step))).toEqual([]);
    const others = rows(1, 4000).filter((_, i) => i % 4 === 0); // thinned from elsewhere: they do not lie so
    expect(others.filter((row) => before.some(({ step }) => step === row.step)).length).toBeLessThan(10);
  });
});

describe('rows as charts', () => {
  it('are one for each number that is no step, with gaps where it is missing', () => {
    const charts = chartsOfRows('a/b/0', [
      { step: 1, mse: 0.5, count: 3 },
      { step: 2, mse: null, count: 3 },
      { step: 3, mse: 0.25, other: 1, count: 3 },
    ]);
    expect(charts.map(({ yTitle }) => yTitle)).toEqual(['mse', 'other']);
    expect(charts[0]!.lines[0]!.y).toEqual([0.5, null, 0.25]);
    expect(charts[1]!.lines[0]!.y).toEqual([null, null, 1]);
  });

  it('of step sizes are one for each group: spread and single weights', () => {
    const [head] = chartsOfStepSizes('a', [
      { step: 1, 'head.quantiles': [1, 2, 3, 4, 5], 'head.sample': [1, 5] },
      { step: 2, 'head.quantiles': [2, 3, 4, 5, 6], 'head.sample': [2, null] },
    ]);
    const [first, second, median] = head!.lines;
    expect([first!.y, second!.y]).toEqual([
      [1, 2],
      [5, null],
    ]);
    expect([median!.low, median!.y, median!.high]).toEqual([
      [2, 3],
      [3, 4],
      [4, 5],
    ]);
    expect(chartsOfStepSizes('a', [])).toEqual([]);
  });

  it('of alignment are one for direction and one for distance, a line for each estimator as far as it came', () => {
    const rows = [
      { step: 1, snap: { cosine: 1, relativeError: 0 }, uoro: { cosine: -0.5, relativeError: null } },
      { step: 2, snap: { cosine: 0.9, relativeError: 0.2 } },
    ];
    const [cosine, error, ...more] = chartsOfAlignment('a/b/0', rows, 'snap');
    expect(more).toEqual([]);
    expect(cosine!.lines.map(({ label, y }) => [label, y])).toEqual([
      ['snap (its own)', [1, 0.9]],
      ['uoro', [-0.5, null]],
    ]);
    expect(error!.lines.map(({ y }) => y)).toEqual([
      [0, 0.2],
      [null, null],
    ]);
    expect(chartsOfAlignment('a', [{ step: 1 }], null)).toEqual([]);
  });
});
