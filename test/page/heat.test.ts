import { describe, expect, it } from 'vitest';
import { paint } from '../../src/page/plots/heat-pixels.ts';
import { heatSvg } from '../../src/page/plots/heat-svg.ts';
import { rangeOf, shareIn } from '../../src/page/plots/heat-range.ts';
import { heat, rgb } from '../../src/page/plots/palette.ts';

describe('a picture of numbers', () => {
  const map = { name: 'a', title: '<A>', from: 0, stride: 1, rowName: 'unit', rows: [[0, 1], [10, 20]] }; // prettier-ignore

  it('goes from the least to the greatest of all, or of each row', () => {
    const colors = (svg: string): string[] => [...svg.matchAll(/fill="rgb\(([\d,]+)\)"/g)].map(([, color]) => color!);
    const [first, last] = [heat(0).join(','), heat(1).join(',')];
    expect(colors(heatSvg(map))).toEqual([first, heat(1 / 20).join(','), heat(0.5).join(','), last]);
    expect(colors(heatSvg({ ...map, isByRow: true }))).toEqual([first, last, first, last]);
    expect(heatSvg(map)).toContain('&lt;A&gt;');
  });

  it('takes what is no number, and what is all the same, for the least', () => {
    expect(rangeOf([[NaN, 2], [Infinity, 3]])).toEqual([2, 3]); // prettier-ignore
    expect(rangeOf([[NaN]])).toEqual([0, 1]);
    expect(shareIn([2, 3])(NaN)).toBe(0);
    expect(shareIn([2, 2])(2)).toBe(0);
    expect(shareIn([2, 4])(3)).toBe(0.5);
  });

  it('is painted in the same colours, but for a shade', () => {
    const pixels = (isByRow: boolean): number[][] => {
      const all = new Uint8ClampedArray(16);
      paint(all, { ...map, isByRow }, rangeOf(map.rows));
      return [0, 4, 8, 12].map((at) => [...all.subarray(at, at + 4)]);
    };
    const near = (share: number): number[] => [...heat(Math.round(share * 255) / 255), 255];
    expect(pixels(false)).toEqual([near(0), near(1 / 20), near(0.5), near(1)]);
    expect(pixels(true)).toEqual([near(0), near(1), near(0), near(1)]);
    const [far, exact] = [near(1 / 20), heat(1 / 20)];
    for (let c = 0; c < 3; c++) expect(Math.abs(far[c]! - exact[c]!)).toBeLessThanOrEqual(2);
  });

  it('has colours that grow lighter all the way', () => {
    const light = Array.from({ length: 21 }, (_, i) =>
      heat(i / 20).reduce((sum, c, j) => sum + c * [0.3, 0.6, 0.1][j]!, 0),
    );
    for (let i = 1; i < light.length; i++) expect(light[i]!).toBeGreaterThan(light[i - 1]!);
    expect(rgb('#ff8000')).toEqual([255, 128, 0]);
  });
});
