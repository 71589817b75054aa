import { describe, expect, it } from 'vitest';
import { chartsOfRuns, differences } from '../../src/page/views/compare-charts.ts';
import type { Compared } from '../../src/page/views/compare.tsx';
import { spread } from '../../src/page/views/curves-chart.ts';

const run = (id: string, alpha: number, rows: Compared['rows']): Compared => ({
  rows,
  run: {
    ...{
      id,
      experiment: 'e',
      setting: 's',
      seed: 0,
      status: 'done',
      startedAt: '',
      endedAt: '',
      figure: 1,
      reason: null,
    },
    record: {
      config: { agent: { alpha, lambda: 0.9 } },
      versions: {},
      host: {},
      git: null,
      code: 'c',
      path: null,
      end: null,
    },
    step: 2,
    has: [],
  } as unknown as Compared['run'],
});

describe('runs side by side', () => {
  const runs = [
    run('a', 0.1, [
      { step: 1, mse: 4 },
      { step: 3, mse: 2 },
    ]),
    run('b', 0.2, [{ step: 2, mse: 1 }]),
  ];

  it('lie on the steps of all of them', () => {
    const [chart] = chartsOfRuns(runs);
    expect(chart!.x).toEqual([1, 2, 3]);
    expect(chart!.lines.map(({ label, y }) => [label, y])).toEqual([
      ['a', [4, 3, 2]],
      ['b', [null, 1, null]],
    ]);
  });

  it('differ where their configurations do, and nowhere else', () => {
    expect(differences(runs)).toEqual([['agent.alpha', ['0.1', '0.2']]]);
    expect(differences([runs[0]!, runs[0]!])).toEqual([]);
  });
});

describe('a curve on the steps of several', () => {
  it('goes straight between its own, and not beyond them', () => {
    expect(spread([1, 3], [0, 1, 2, 3, 4])([10, 20])).toEqual([null, 10, 15, 20, null]);
    expect(spread([1, 3], [1, 2, 3])([10, null])).toEqual([10, null, null]);
  });
});
