import { describe, expect, it } from 'vitest';
import { errorAgainstTime } from '../../src/plots/cost-curves.ts';
import { count, domainIn, faultsOf, having, longNames, rowsOf, textsIn } from '../support/pictures.ts';

const titles = { title: 'A title', xTitle: 'time (s)', yTitle: 'error' };
const point = (x: number, mean: number, half = 0.1) => ({ x, mean, low: mean - half, high: mean + half });
const fast = { name: 'fast', points: [point(1, 0.9), point(2, 0.5), point(3, 0.4)] };
const slow = { name: 'slow', points: [point(10, 0.9), point(20, 0.4), point(30, NaN)] };
const plot = (change = {}) => errorAgainstTime({ ...titles, series: [fast, slow], ...change });

describe('error against time', () => {
  it('draws each method over its own seconds and leaves out what is not finite', () => {
    expect(rowsOf(plot()).map(({ name, x }) => [name, x])).toEqual([
      ['fast', 1],
      ['fast', 2],
      ['fast', 3],
      ['slow', 10],
      ['slow', 20],
    ]);
    const [low, high] = domainIn(plot(), 'x');
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(20);
    expect(high).toBeLessThan(30);
  });

  it('has a log axis where values spread over decades, a linear one where they do not, or as it is told', () => {
    const types = (spec: unknown) => new Set(having(spec, 'nice').map(({ type }) => type));
    expect(types(plot())).toEqual(new Set(['linear']));
    const wide = { series: [{ name: 'a', points: [point(0.01, 1), point(100, 2)] }] };
    expect(types(plot(wide))).toEqual(new Set(['log', 'linear']));
    expect(types(plot({ ...wide, xScale: 'linear' }))).toEqual(new Set(['linear']));
  });

  it('cuts a band at the edge of a log axis instead of leaving it out', () => {
    const series = [{ name: 'a', points: [point(1, 1e-4, 1), point(2, 100, 1)] }];
    const [row] = rowsOf<{ low: number }>(plot({ series }));
    expect(row!.low).toBe(domainIn(plot({ series }), 'y')[0]);
    expect(row!.low).toBeGreaterThan(0);
  });

  it('marks a method with a single point, for which a line is nothing', () => {
    const one = { name: 'one', points: [{ x: 5, mean: 0.3, low: null, high: null }] };
    expect(rowsOf(plot({ series: [fast, one] })).map(({ isAlone }) => isAlone)).toEqual([false, false, false, true]);
  });

  it('names titles, methods and references, once each', async () => {
    const spec = plot({ references: [{ name: 'best constant', value: 0.7 }], note: 'how to read it' });
    for (const words of ['A title', 'how to read it', 'time (s)', 'error', 'fast', 'slow']) {
      expect(await count(spec, words)).toBe(1);
    }
    expect(await count(spec, 'best constant')).toBe(2); // with its halo
    expect(await count(plot(), 'best constant')).toBe(0);
  });

  it('writes long names out, under the plot, and breaks a long title', async () => {
    const series = longNames.map((name) => ({ ...fast, name }));
    const texts = await textsIn(plot({ series, title: 'words '.repeat(40) }));
    for (const name of longNames) expect(texts).toContain(name);
    expect(texts.filter((text) => text.startsWith('words words')).length).toBeGreaterThan(1);
    expect(having(plot({ series }), 'orient').map(({ orient }) => orient)).toContain('bottom');
    expect(having(plot(), 'orient').map(({ orient }) => orient)).not.toContain('bottom');
  });

  it('holds twelve methods, a constant, a zero and eight decades', async () => {
    const shapes = [
      longNames.map((name, i) => ({ name, points: fast.points.map(({ x, mean }) => point(x, mean * 10 ** (i - 4))) })),
      [{ name: 'constant', points: [point(1, 2, 0), point(2, 2, 0)] }],
      [{ name: 'zero', points: [point(0, 0, 0)] }],
    ];
    for (const series of shapes) expect(await faultsOf(() => plot({ series }))).toEqual([]);
  });

  it('refuses what it cannot draw, in one line', () => {
    expect(() => plot({ series: [] })).toThrow('Cannot plot "A title": there are no finite points');
    expect(() => plot({ series: [fast, fast] })).toThrow('two curves are named "fast"');
  });
});
