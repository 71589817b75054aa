import { describe, expect, it } from 'vitest';
import { seedScatter } from '../../src/plots/seed-scatter.ts';
import { swarm } from '../../src/plots/swarm.ts';
import { count, domainIn, faultsOf, longNames, rowsOf, textsIn } from '../support/pictures.ts';

const method = (name: string, values: number[], mean = 0.3) => ({ name, values, mean, low: 0.2, high: 0.4 });
const methods = [method('one', [0.1, 0.3, 0.5]), method('two', [0.6, NaN, 0.7, NaN], NaN)];
const plot = (change = {}) => seedScatter({ title: 'A title', xTitle: 'error', methods, ...change });

describe('a scatter of seeds', () => {
  it('has a dot for every seed that did not diverge, in the row of its method', () => {
    const dots = rowsOf<{ name: string; seed: number; value: number; y: number }>(plot());
    expect(dots.map(({ name, seed, value }) => [name, seed, value])).toEqual([
      ['one', 0, 0.1],
      ['one', 1, 0.3],
      ['one', 2, 0.5],
      ['two', 0, 0.6],
      ['two', 2, 0.7],
    ]);
    const rows = (name: string) => dots.filter((dot) => dot.name === name).map(({ y }) => y);
    expect(Math.max(...rows('one'))).toBeLessThan(Math.min(...rows('two')));
  });

  it('counts those that diverged at the edge, of all seeds', async () => {
    expect(await count(plot(), '× 2 of 4')).toBe(1);
    expect(await count(plot(), 'diverged')).toBe(1);
    expect(await count(plot({ methods: methods.slice(0, 1) }), 'diverged')).toBe(0);
  });

  it('holds every dot, interval and reference on its axis', () => {
    const [low, high] = domainIn(plot({ references: [{ name: 'far', value: 2 }] }), 'x');
    expect(low).toBeLessThan(0.1);
    expect(high).toBeGreaterThan(2);
    expect(domainIn(plot(), 'x')[1]).toBeLessThan(2);
  });

  it('writes long names out, in several lines, and names references', async () => {
    const references = [{ name: 'ideal', value: 0.2 }];
    const texts = await textsIn(plot({ methods: longNames.map((name) => method(name, [0.1])), references }));
    for (const name of longNames) for (const word of name.split(' ')) expect(texts.join(' ')).toContain(word);
    expect(texts).toContain('ideal');
  });

  it('is whole with a single seed, with diverged ones alone, twelve methods and eight decades', async () => {
    const shapes = [
      [{ name: 'a', values: [0.3], mean: 0.3, low: null, high: null }],
      [{ name: 'a', values: [NaN, NaN], mean: NaN, low: null, high: null }],
      longNames.map((name, i) => method(name, [10 ** (i - 8), 2 * 10 ** (i - 8)], 1.5 * 10 ** (i - 8))),
    ];
    for (const all of shapes) expect(await faultsOf(() => plot({ methods: all }))).toEqual([]);
  });

  it('is refused without seeds, in one line', () => {
    expect(() => plot({ methods: [] })).toThrow('Cannot plot "A title": there are no seeds');
  });
});

describe('a swarm', () => {
  it('leaves dots that have room in the middle and moves the others least', () => {
    expect(swarm([0, 20, 40], 5, 12)).toEqual([0, 0, 0]);
    expect(swarm([10, 10, 10], 5, 12)).toEqual([0, -5, 5]);
  });

  it('lets none lie on another as long as there is room', () => {
    const xs = Array.from({ length: 60 }, (_, i) => (i * 37) % 101);
    const lifts = swarm(xs, 5, 20);
    const near = (most: number): number =>
      xs.filter((x, i) => xs.some((other, k) => k < i && Math.hypot(other - x, lifts[k]! - lifts[i]!) < most)).length;
    expect(near(4.99)).toBe(0);
    expect(near(9)).toBeGreaterThan(0);
    expect(swarm([1, 1, 1, 1], 5, 4)).toEqual([0, 0, 0, 0]); // no room: they do
  });
});
