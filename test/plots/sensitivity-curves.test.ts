import { describe, expect, it } from 'vitest';
import { sensitivityCurves } from '../../src/plots/sensitivity-curves.ts';
import { count, domainIn, faultsOf, having, longNames, rowsOf, textsIn } from '../support/pictures.ts';

const titles = { title: 'A title', xTitle: 'step size', yTitle: 'error' };
const point = (x: number, mean: number, diverged = 0, seeds = 30) => ({
  ...{ x, mean, seeds, diverged },
  ...(seeds > 1 && Number.isFinite(mean) ? { low: 0.9 * mean, high: 1.1 * mean } : { low: null, high: null }),
});
const td = { name: 'td', points: [point(0.1, 0.3, 12), point(0.001, 0.5), point(0.01, 0.2)], chosen: 0.01 };
const obgd = { name: 'obgd', points: [point(0.001, 0.6), point(0.01, 0.4), point(0.1, NaN, 30)] };
const plot = (change = {}) => sensitivityCurves({ ...titles, series: [td, obgd], ...change });

describe('sensitivity curves', () => {
  it('hold a point for every mean, in the order of the axis, with its interval', () => {
    expect(rowsOf(plot()).map(({ name, x, mean }) => [name, x, mean])).toEqual([
      ['td', 0.001, 0.5],
      ['td', 0.01, 0.2],
      ['td', 0.1, 0.3],
      ['obgd', 0.001, 0.6],
      ['obgd', 0.01, 0.4],
    ]);
    const [low, high] = domainIn(plot(), 'x');
    expect(low).toBeLessThan(0.001);
    expect(high).toBeGreaterThan(0.1); // where one method has no mean but crosses
  });

  it('count above the plot how many seeds diverged, a row per method', async () => {
    expect(await count(plot(), '12/30')).toBe(1);
    expect(await count(plot(), '30/30')).toBe(1);
    expect(await count(plot(), '×')).toBe(2);
    expect(await count(plot(), 'diverged')).toBe(1);
    const calm = plot({ series: [{ ...td, points: td.points.slice(1) }] });
    expect(await count(calm, '×')).toBe(0);
    expect(await count(calm, 'diverged')).toBe(0);
  });

  it('leave the count out where values are too near for it, but not the cross', async () => {
    const near = Array.from({ length: 40 }, (_, i) => point(1 + i, 0.3, 12));
    expect(await count(plot({ series: [{ name: 'td', points: near }] }), '12/30')).toBe(0);
    expect(await count(plot({ series: [{ name: 'td', points: near }] }), '×')).toBe(40);
  });

  it('ring the value in use, and it alone', () => {
    expect(rowsOf(plot()).filter(({ isChosen }) => isChosen)).toMatchObject([{ name: 'td', x: 0.01 }]);
    expect(rowsOf(plot({ series: [obgd] })).some(({ isChosen }) => isChosen)).toBe(false);
  });

  it('say what their marks mean, as far as they are there', async () => {
    const note = (await textsIn(plot())).join(' ');
    for (const words of ['30 seeds a point', 'ring: the value in use', 'seeds that diverged', 'hollow']) {
      expect(note).toContain(words);
    }
    const plain = (await textsIn(plot({ series: [{ name: 'a', points: [point(1, 2, 0, 1)] }] }))).join(' ');
    expect(plain).toContain('1 seed a point');
    for (const words of ['ring', 'hollow', 'diverged', 'bars']) expect(plain).not.toContain(words);
  });

  it('say how many values have no place on a log axis', async () => {
    const off = [{ name: 'a', points: [point(0, 0.3), ...td.points] }];
    expect((await textsIn(plot({ series: off }))).join(' ')).toContain('1 point at 0 without a place');
    expect((await textsIn(plot({ series: off, xScale: 'linear' }))).join(' ')).not.toContain('without a place');
    expect(rowsOf(plot({ series: off, xScale: 'linear' }))).toHaveLength(4);
  });

  it('set methods side by side at a value, by a few pixels', () => {
    const at = rowsOf<{ x: number; at: number }>(plot()).filter(({ x }) => x === 0.01);
    expect(at[0]!.at).toBeLessThan(0.01);
    expect(at[1]!.at).toBeGreaterThan(0.01);
    expect(Math.log10(at[1]!.at / at[0]!.at)).toBeLessThan(0.05); // of the 2.2 decades there are
    expect(rowsOf(plot({ series: [td] }))[0]!['at']).toBeCloseTo(0.001, 12);
  });

  it('hold twelve methods, a single seed, only diverged ones and eight decades', async () => {
    const shapes = [
      longNames.map((name, i) => ({
        ...td,
        name,
        points: td.points.map((one) => point(one.x, one.mean * 10 ** (i - 8), one.diverged)),
      })),
      [{ name: 'one', points: [point(0.1, 0.3, 0, 1)], chosen: 0.1 }],
      [{ name: 'all', points: [point(0.1, NaN, 30), point(0.2, NaN, 30)], chosen: 0.1 }],
    ];
    for (const series of shapes) expect(await faultsOf(() => plot({ series }))).toEqual([]);
    expect(having(plot({ series: shapes[0] }), 'strokeDash').length).toBeGreaterThan(0);
  });

  it('refuse what they cannot draw, in one line', () => {
    expect(() => plot({ series: [] })).toThrow('Cannot plot "A title": there are no points');
    expect(() => plot({ series: [td, td] })).toThrow('two lines are named "td"');
    expect(() => plot({ series: [{ name: 'a', points: [point(0, 1)] }], xScale: 'log' })).toThrow(
      'no points on the log axis',
    );
  });
});
