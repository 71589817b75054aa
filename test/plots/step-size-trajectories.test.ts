import { describe, expect, it } from 'vitest';
import { type StepSizeRow, stepSizeTrajectories } from '../../src/plots/step-size-trajectories.ts';
import { faultsOf, having, textsIn } from '../support/pictures.ts';

const row = (step: number, scale = 1): StepSizeRow => ({
  step,
  quantiles: [1e-4, 1e-3, 2e-3, 3e-3, 1e-2].map((value) => value * scale),
  sample: [1e-4 * scale, 1e-2 * scale],
});
const cell = { name: 'cell', rows: [row(100), row(200, 2), row(300, 4)] };
const head = { name: 'head', rows: [row(100, 10), row(200, 10), row(300, 10)] };
const plot = (change = {}) => stepSizeTrajectories({ title: 'Step sizes', groups: [cell, head], ...change });

type Band = { step: number; lowest: number; median: number; largest: number };
const bandsOf = (spec: unknown): Band[] => having(spec, 'lowest') as never;
const linesOf = (spec: unknown): { weight: number; value: number }[] => having(spec, 'weight') as never;

describe('trajectories of step sizes', () => {
  it('have a panel for every group, with its own axis of decades', async () => {
    const texts = await textsIn(plot());
    for (const words of ['Step sizes', 'cell', 'head', 'steps', 'step size', 'median', 'single weights']) {
      expect(texts).toContain(words);
    }
    const tops = having(plot(), 'type').filter(({ type, domain }) => type === 'log' && Array.isArray(domain));
    expect(new Set(tops.map(({ domain }) => (domain as number[])[1]!.toPrecision(3))).size).toBe(2);
    expect(await textsIn(plot({ groups: [cell] }))).not.toContain('head');
  });

  it('hold the quantiles of every row and every sampled weight', () => {
    const spec = plot({ groups: [cell] });
    const bands = [...new Map(bandsOf(spec).map((band) => [band.step, band])).values()];
    expect(bands.map(({ step, median }) => [step, median])).toEqual([
      [100, 2e-3],
      [200, 4e-3],
      [300, 8e-3],
    ]);
    expect(linesOf(spec).map(({ value }) => value)).toEqual([1e-4, 1e-2, 2e-4, 2e-2, 4e-4, 4e-2]);
  });

  it('lay what is zero, or eight decades under the median, on the lower edge', () => {
    const rows = [{ step: 1, quantiles: [0, 1e-30, 1e-3, 1e-3, 1], sample: [0] }, row(2)];
    const [first] = bandsOf(plot({ groups: [{ name: 'cell', rows }] }));
    expect(first!.lowest).toBeGreaterThan(1e-12);
    expect(first!.lowest).toBeLessThan(1e-3);
    expect(first!.median).toBe(1e-3);
  });

  it('leave out rows without step sizes, and draw no more rows than can be told apart', () => {
    const rows = [
      { step: 0, quantiles: [0, 0, 0, 0, 0], sample: [0] },
      ...Array.from({ length: 1000 }, (_, i) => row(i + 1)),
    ];
    const steps = [...new Set(bandsOf(plot({ groups: [{ name: 'cell', rows }] })).map(({ step }) => step))];
    expect(steps.length).toBeLessThanOrEqual(400);
    expect(steps.length).toBeGreaterThan(200);
    expect(steps.at(-1)).toBe(1000);
    expect(steps).not.toContain(0);
  });

  it('are whole with one row, constant step sizes and over many decades', async () => {
    const wide = [row(1), { step: 2, quantiles: [1e-300, 1e-9, 1e-3, 1e3, 1e9], sample: [1e-20] }];
    for (const rows of [[row(5)], [row(1), row(2)], wide]) {
      expect(await faultsOf(() => plot({ groups: [{ name: 'cell', rows }] }))).toEqual([]);
    }
    expect(await faultsOf(() => plot({ title: 'words '.repeat(50) }))).toEqual([]);
  });

  it('say in the note what has no room beside a panel', async () => {
    const yTitle = 'step size of a weight, relative to that of the head';
    expect((await textsIn(plot({ yTitle }))).join(' ')).toContain(`upwards: ${yTitle}`);
    expect((await textsIn(plot())).join(' ')).not.toContain('upwards');
  });

  it('are refused without any above zero, in one line', () => {
    const rows = [{ step: 0, quantiles: [0, 0, 0, 0, 0], sample: [0] }];
    expect(() => plot({ groups: [{ name: 'cell', rows }] })).toThrow(
      'Cannot plot "Step sizes": there are no step sizes',
    );
    expect(() => plot({ groups: [] })).toThrow('there are no step sizes');
  });
});
