import { describe, expect, it } from 'vitest';
import { heatMap } from '../../src/plots/heat-map.ts';
import { tickLabel } from '../../src/plots/tick-label.ts';
import { count, faultsOf, having, longNames, textsIn } from '../support/pictures.ts';

const cells = [
  { x: 1e-4, y: 0.1 * 3, value: 2 },
  { x: 1e-3, y: 0.1 * 3, value: 1 },
  { x: 1e-4, y: 1, value: NaN, diverged: 3, seeds: 30 },
];
const titles = { title: 'A title', xTitle: 'across', yTitle: 'up', valueTitle: 'error' };
const plot = (change = {}) => heatMap({ ...titles, panels: [{ name: 'panel', cells }], ...change });
const sweep = (size: number, value = (x: number, y: number) => 10 ** (x - y)) =>
  Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [i % size, Math.floor(i / size)];
    return { x: 10 ** (x - 9), y: 10 ** (y - 9), value: value(x, y) };
  });

describe('a heat map of two hyperparameters', () => {
  it('writes steps short: 1e-4, and 0.3 for what is a third of a unit of the last place off', async () => {
    const texts = await textsIn(plot());
    for (const words of ['1e-4', '0.001', '0.3', '1']) expect(texts).toContain(words);
    expect(String(0.1 * 3)).toBe('0.30000000000000004');
    expect(texts).not.toContain('0.30000000000000004');
  });

  it('writes them out where short they would be the same', async () => {
    const near = cells.map((cell, i) => ({ ...cell, x: 1 + i * 1e-5 }));
    expect(await textsIn(plot({ panels: [{ name: 'panel', cells: near }] }))).toEqual(
      expect.arrayContaining(['1', '1.00001', '1.00002']),
    );
  });

  it('frames the best cell of every panel: the lowest, or the highest where that is what is wanted', () => {
    const framed = (spec: unknown) => having(spec, 'isBest').flatMap((cell) => (cell['isBest'] ? [cell['value']] : []));
    expect(framed(plot())).toEqual([1]);
    expect(framed(plot({ best: 'largest' }))).toEqual([2]);
    expect(framed(plot({ panels: [{ name: 'panel', cells: cells.slice(0, 1) }] }))).toEqual([]); // best of one is no news
  });

  it('says what frames and crosses are where there are any, and counts seeds where there is room', async () => {
    expect((await textsIn(plot())).join(' ')).toContain('seeds diverged; frame: the lowest of a panel');
    expect(await count(plot(), '3/30')).toBe(1);
    expect(await count(plot({ panels: [{ name: 'panel', cells: [...cells, ...sweep(25)] }] }), '3/30')).toBe(0);
    const calm = plot({ panels: [{ name: 'panel', cells: cells.slice(0, 2) }] });
    expect((await textsIn(calm)).join(' ')).not.toContain('diverged');
  });

  it('says that large values were cut, where they were', async () => {
    expect((await textsIn(plot({ most: 1.5 }))).join(' ')).toContain('that much or more');
    expect((await textsIn(plot())).join(' ')).not.toContain('that much or more');
  });

  it('has a scale of decades for positive values, a linear one for others', () => {
    const types = (value: number) =>
      having(plot({ panels: [{ name: 'panel', cells: [...cells.slice(0, 2), { x: 1, y: 1, value }] }] }), 'scheme').map(
        ({ type }) => type,
      );
    expect(new Set(types(0.1))).toEqual(new Set(['log']));
    expect(new Set(types(-0.1))).toEqual(new Set(['linear']));
  });

  it('is whole with one cell, none that is finite, many panels and wide sweeps', async () => {
    const shapes = [
      [{ name: 'one', cells: cells.slice(0, 1) }],
      [{ name: 'lost', cells: cells.slice(2) }],
      longNames.slice(0, 7).map((name) => ({ name, cells: sweep(12) })),
      [{ name: 'wide', cells: sweep(30) }],
      [{ name: 'zero', cells: sweep(3, () => 0) }],
    ];
    for (const panels of shapes) expect(await faultsOf(() => plot({ panels, title: 'words '.repeat(40) }))).toEqual([]);
  });
});

describe('a label of a step', () => {
  it('has three digits, whole numbers all of theirs, and powers beyond a thousandth and a hundred thousand', () => {
    const labels = [0, 0.1 * 3, 1 / 3, 1024, 1e-4, 3.1623e-5, 1e5, 123456, -0.00012, 0.001].map(tickLabel);
    expect(labels).toEqual(['0', '0.3', '0.333', '1024', '1e-4', '3.16e-5', '1e5', '1.23e5', '-1.2e-4', '0.001']);
  });
});
