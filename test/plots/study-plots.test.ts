/** Lines with error bars, and heat maps: what is drawn, and what is marked instead. */
import { describe, expect, it } from 'vitest';
import { errorBarLines } from '../../src/plots/error-bar-lines.ts';
import { heatMap } from '../../src/plots/heat-map.ts';
import { renderSvg } from '../../src/plots/render-svg.ts';

const point = (x: number, mean: number, error = 0.1) => ({ x, mean, error });
const titles = { title: 'Title', xTitle: 'across', yTitle: 'up' };

describe('lines with error bars', () => {
  const series = [
    { name: 'one', points: [point(0.01, 1), point(0.1, 2), point(1, NaN, NaN)] },
    { name: 'two', points: [point(0.01, 3, NaN), point(0.1, 90)] },
  ];
  const marks = [{ name: 'one', x: 0.1, value: 2.5, kind: 'published' }];
  const references = [{ name: 'best', value: 0.5 }];
  const options = { ...titles, series, marks, references, most: 50 } as const;
  const spec = errorBarLines({ ...options, xScale: 'log' });

  it('hold every finite value under the limit, a bar where the error is known', () => {
    const { values } = spec.data as { values: object[] };
    expect(values).toEqual([
      { name: 'one', x: 0.01, mean: 1, low: 0.9, high: 1.1 },
      { name: 'one', x: 0.1, mean: 2, low: 1.9, high: 2.1 },
      { name: 'two', x: 0.01, mean: 3, low: null, high: null },
    ]);
  });

  it('become a picture with titles, legend, marks and references, on log axes too', async () => {
    for (const yScale of ['linear', 'log'] as const) {
      const svg = await renderSvg(errorBarLines({ ...options, xScale: 'log', yScale }));
      for (const words of ['Title', 'across', 'up', 'one', 'two', 'published', 'best']) expect(svg).toContain(words);
    }
    expect(await renderSvg(errorBarLines({ ...options, marks: [] }))).not.toContain('published');
  });

  it('have a cross and a count above them where seeds diverged, and keep their place on the axis', async () => {
    const lost = { x: 10, mean: NaN, error: NaN, n: 30, diverged: 4 };
    const some = [{ name: 'one', points: [point(0.01, 1), lost] }, series[1]!];
    const marked = errorBarLines({ ...titles, series: some, xScale: 'log' });
    const svg = await renderSvg(marked);
    for (const words of ['×', '4/30', 'diverged']) expect(svg).toContain(words);
    const calm = await renderSvg(errorBarLines({ ...titles, series, xScale: 'log' }));
    for (const words of ['×', 'diverged']) expect(calm).not.toContain(words);
    expect((marked.data as { values: object[] }).values).toHaveLength(3); // none of them a number that is not there
  });

  it('are refused where there is nothing to draw', () => {
    const none = [{ name: 'one', points: [point(0, 1)] }]; // x = 0 has no place on a log axis
    expect(() => errorBarLines({ ...titles, series: none, xScale: 'log' })).toThrow('there are no points');
  });
});

describe('a heat map', () => {
  const cells = [
    { x: 0.1, y: 0.01, value: 2 },
    { x: 0.01, y: 0.01, value: 70 },
    { x: 0.1, y: 0, value: NaN },
  ];
  const options = { ...titles, valueTitle: 'error', panels: [{ name: 'panel', cells }], most: 10 };

  it('marks the cells that diverged, and cuts large values to the limit', () => {
    const { concat } = heatMap(options) as { concat: { data: { values: { value: number; diverged: boolean }[] } }[] };
    const { values } = concat[0]!.data;
    expect(values.map(({ value, diverged }) => [value, diverged])).toEqual([
      [2, false],
      [10, false],
      [null, true],
    ]);
  });

  it('becomes a picture with a cross, and without one where nothing diverged', async () => {
    const svg = await renderSvg(heatMap(options));
    for (const words of ['Title', 'across', 'up', 'error', 'panel', '×']) expect(svg).toContain(words);
    const calm = await renderSvg(heatMap({ ...options, panels: [{ name: 'panel', cells: cells.slice(0, 2) }] }));
    expect(calm).not.toContain('×');
  });

  it('is refused without cells', () => {
    expect(() => heatMap({ ...options, panels: [] })).toThrow('there are no cells');
  });
});
