import { describe, expect, it } from 'vitest';
import { chartsOfRuns, differences } from '../../src/page/views/compare-charts.ts';
import type { Compared } from '../../src/page/views/compare.tsx';
import { spread } from '../../src/page/views/curves-chart.ts';

const run = (id: string, alpha: number, rows: Compared['rows']): Compared => ({
  rows,
  label: `alpha=${alpha}`,
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
      ['alpha=0.1', [4, 3, 2]],
      ['alpha=0.2', [null, 1, null]],
    ]);
  });

  it('are marked where they diverged, if they come to have a line or not', () => {
    const [whole, lost] = runs.map((one) => one) as [Compared, Compared];
    const diverged = { ...lost, run: { ...lost.run, status: 'diverged' as const, step: 7 } };
    const [chart] = chartsOfRuns([whole, diverged, { ...diverged, rows: [] }]);
    expect(chart!.lines.map(({ lost: at, note }) => [at, note])).toEqual([
      [undefined, undefined],
      [1, '∞ diverged at step 7'],
      [undefined, '∞ diverged at step 7'],
    ]);
  });

  it('are told in words and units, whatever the files call it', () => {
    const rows = [{ step: 1, msre: 1, nsPerStep: 2, unheardOf: 3 }];
    const charts = chartsOfRuns([run('a', 0.1, rows)]);
    expect(charts.map(({ title, yTitle }) => [title, yTitle])).toEqual([
      ['Prediction error', 'mean squared error'],
      ['CPU time per step, so far', 'ns per step'],
      ['unheardOf', 'unheardOf'],
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
