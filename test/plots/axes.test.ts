import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logTicks } from '../../src/plots/log-ticks.ts';
import { placeLabels } from '../../src/plots/reference-labels.ts';
import { yDomain } from '../../src/plots/y-domain.ts';

const point = (mean: number, low: number | null = null, high: number | null = null) => ({
  name: 'a',
  step: 1,
  mean,
  low,
  high,
});

describe('logTicks', () => {
  test('picks powers of ten, then 1-2-5, then 1-2-3-5-7, then round numbers as the range narrows', () => {
    expect(logTicks(0.0009, 12)).toEqual([0.001, 0.01, 0.1, 1, 10]);
    expect(logTicks(0.4, 12)).toEqual([0.5, 1, 2, 5, 10]);
    expect(logTicks(0.0028, 0.031)).toEqual([0.003, 0.005, 0.007, 0.01, 0.02, 0.03]);
    expect(logTicks(0.0098, 0.0131)).toEqual([0.01, 0.0105, 0.011, 0.0115, 0.012, 0.0125, 0.013]);
  });

  test('stays inside the range, ascending, with 2 to 11 values, wherever the range lies', () => {
    const exponent = fc.double({ min: -12, max: 12, noNaN: true });
    fc.assert(
      fc.property(exponent, fc.double({ min: 0.01, max: 14, noNaN: true }), (low, span) => {
        const [from, to] = [10 ** low, 10 ** (low + span)];
        const ticks = logTicks(from, to);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(11);
        expect(ticks.every((tick, i) => tick >= from && tick <= to && (i === 0 || tick > ticks[i - 1]!))).toBe(true);
      }),
    );
  });
});

describe('yDomain', () => {
  test('holds curves, bands and references with air, and no negative part for what is never negative', () => {
    expect(yDomain([point(1, 0, 2)], [{ name: 'r', value: 10 }], 'linear')).toEqual([0, 10.5]);
    const [low] = yDomain([point(1, -1, 2)], [], 'linear');
    expect(low).toBeLessThan(-1);
  });

  test('on a log axis takes air in decades and cuts a band at zero', () => {
    const [low, high] = yDomain([point(1, -5, 10), point(10)], [], 'log');
    expect(low).toBeCloseTo(10 ** -0.05, 12);
    expect(high).toBeCloseTo(10 ** 1.05, 10);
  });
});

describe('placeLabels', () => {
  const drawn = { width: 600, height: 400, lines: [] };
  const toPixel = (value: number): number => 400 - value;

  test('puts a free label at the right end, above its line', () => {
    expect(placeLabels([{ name: 'floor', value: 200 }], toPixel, drawn)).toEqual([
      { name: 'floor', value: 200, right: 596, above: true },
    ]);
  });

  test('goes under the line, or to the left, where a curve is in the way', () => {
    const reference = [{ name: 'floor', value: 200 }];
    const level = (y: number): [number, number][] => Array.from({ length: 60 }, (_, i) => [i * 10 + 5, y]);
    expect(placeLabels(reference, toPixel, { ...drawn, lines: [level(193)] })[0]!.above).toBe(false);
    const blocked = [level(193), level(207)].map((line) => line.filter(([x]) => x > 300));
    expect(placeLabels(reference, toPixel, { ...drawn, lines: blocked })[0]!.right).toBeLessThan(306);
  });

  test('keeps labels of neighbouring lines apart, and inside the plot', () => {
    const references = [200, 204, 207, 3, 398].map((value) => ({ name: `line at ${value}`, value }));
    const boxes = placeLabels(references, toPixel, drawn).map(({ name, value, right, above }) => {
      const top = toPixel(value) - (above ? 15 : 0);
      return { left: right - 6.4 * name.length, right, top, bottom: top + 15 };
    });
    const clash = (a: (typeof boxes)[0], b: (typeof boxes)[0]): boolean =>
      a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    expect(boxes.some((a, i) => boxes.some((b, j) => i < j && clash(a, b)))).toBe(false);
    expect(clash(boxes[0]!, { ...boxes[0]!, top: boxes[0]!.top + 4 })).toBe(true);
    expect(boxes.every(({ top, bottom, left }) => top >= 0 && bottom <= 401 && left >= 0)).toBe(true);
  });
});
