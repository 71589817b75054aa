import { describe, expect, it } from 'vitest';
import { errorAgainstCost } from '../../src/plots/cost-points.ts';
import { placeNames } from '../../src/plots/point-labels.ts';
import { count, domainIn, faultsOf, longNames, rowsOf, textsIn } from '../support/pictures.ts';

const point = (name: string, cost: number, mean: number) => ({ name, cost, mean, low: 0.8 * mean, high: 1.2 * mean });
const points = [point('cheap', 100, 0.5), point('dear', 1e5, 0.3), point('exploded', 1000, NaN)];
const titles = { title: 'A title', xTitle: 'multiply-adds per step', yTitle: 'error' };
const plot = (change = {}) => errorAgainstCost({ ...titles, points, ...change });

describe('error against cost', () => {
  it('holds a point and its interval for every method with a finite error, and names the others', async () => {
    expect(rowsOf(plot())).toMatchObject([
      { name: 'cheap', cost: 100, mean: 0.5, low: 0.4, high: 0.6 },
      { name: 'dear', cost: 1e5, mean: 0.3, low: 0.24, high: 0.36 },
    ]);
    expect((await textsIn(plot())).join(' ')).toContain('without a finite error: exploded');
    expect((await textsIn(plot({ points: points.slice(0, 2) }))).join(' ')).not.toContain('without');
  });

  it('names each point, on a white halo, whole up to sixty letters', async () => {
    expect(await count(plot(), 'cheap')).toBe(2);
    const named = longNames.map((name, i) => point(name, 1000, 0.1 + 1e-4 * i)); // all in one place
    const texts = await textsIn(plot({ points: named }));
    for (const name of longNames) expect(texts).toContain(name);
    const long = plot({ points: [point('a'.repeat(80), 1, 1)] });
    expect(await count(long, `${'a'.repeat(30)}…${'a'.repeat(29)}`)).toBe(2);
  });

  it('has an axis of decades for costs unless one is zero', () => {
    expect(domainIn(plot(), 'x')[0]).toBeGreaterThan(0);
    const free = plot({ points: [...points, point('free', 0, 0.4)] });
    expect(domainIn(free, 'x')[0]).toBe(0);
    expect(rowsOf(free)).toHaveLength(3);
  });

  it('puts no name on the interval of a point', () => {
    const bars = [{ x: 140, top: 100, bottom: 300 }];
    const room = { width: 600, height: 400, lines: [] };
    const [free] = placeNames([{ x: 100, y: 200, name: 'a long name' }], room);
    const [kept] = placeNames([{ x: 100, y: 200, name: 'a long name' }], { ...room, bars });
    expect(free!.left).toBeLessThan(140); // and ends beyond it
    expect(kept!.left + 6.8 * 11).toBeLessThanOrEqual(138);
  });

  it('is whole with one point, with many in one place and over eight decades', async () => {
    const shapes = [
      [{ name: 'x', cost: 3, mean: 0.1, low: null, high: null }],
      longNames.map((name) => point(name, 1000, 0.1)),
      longNames.map((name, i) => ({ ...point(name, 10 ** i, 10 ** (i - 8)), isOwn: i === 3 })),
    ];
    for (const all of shapes) expect(await faultsOf(() => plot({ points: all }))).toEqual([]);
  });

  it('is refused without a point, in one line', () => {
    expect(() => plot({ points: points.slice(2) })).toThrow('Cannot plot "A title": there are no points with a cost');
  });
});
