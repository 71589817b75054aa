import { describe, expect, it } from 'vitest';
import { type Chart, extent } from '../../src/page/plots/chart.ts';
import { csvOf } from '../../src/page/plots/csv-of.ts';
import { svgOf } from '../../src/page/plots/svg-of.ts';
import { dataOf } from '../../src/page/plots/uplot-options.ts';

const chart: Chart = {
  name: 'a',
  title: 'A <b>bold</b> "title"',
  x: [0, 10, 20],
  xTitle: 'steps',
  yTitle: 'error',
  lines: [
    { label: 'one, two', y: [1, null, 3], low: [0.5, null, 2], high: [2, null, 4], color: 0 },
    { label: '=cmd()', y: [0, -1, 2], color: 1 },
  ],
};

describe('a chart', () => {
  it('reaches from its least to its greatest number, bands included', () => {
    expect(extent(chart)).toEqual([-1, 4]);
    expect(extent({ ...chart, isLog: true })).toEqual([0.5, 4]);
    expect(extent({ ...chart, lines: [] })).toBeNull();
    expect(extent({ ...chart, lines: [{ label: 'flat', y: [2, 2, 2], color: 0 }] })).toEqual([1.5, 2.5]);
  });

  it('is a table, a row per x', () => {
    expect(csvOf(chart).split('\r\n')).toEqual([
      'steps,"one, two","one, two, low","one, two, high",\'=cmd()',
      '0,1,0.5,2,0',
      '10,,,,-1',
      '20,3,2,4,2',
      '',
    ]);
  });

  it('is a picture in which text is text', () => {
    const svg = svgOf(chart);
    expect(svg).toContain('A &lt;b&gt;bold&lt;/b&gt; &quot;title&quot;');
    expect(svg).not.toContain('<b>');
    expect(svg).not.toContain('NaN');
  });

  it('cuts a band off where its line would be lost, and says where a line diverged', () => {
    const line = { label: 'a', y: [1, 2, 1], low: [-5, 1, 0.001], high: [7, 3, 2], color: 0 };
    expect(extent({ ...chart, lines: [line] })).toEqual([0, 7]);
    expect(extent({ ...chart, lines: [{ ...line, y: [1, -2, 1] }] })).toEqual([-5, 7]);
    expect(dataOf({ ...chart, lines: [line] }).at(-1)).toEqual([0, 1, 0.001]);
    expect(extent({ ...chart, lines: [line], isLog: true })).toEqual([1 / 3, 7]);
    expect(svgOf({ ...chart, lines: [line] })).not.toContain('∞');
    expect(svgOf({ ...chart, lines: [{ ...line, lost: 1 }] }).match(/∞/g)).toHaveLength(1);
  });

  it('breaks a line where a number is missing', () => {
    const lines = [...svgOf(chart).matchAll(/<path d="(M[^"]*)" fill="none"/g)].map(([, d]) => d!);
    expect(lines.map((d) => d.match(/M/g)?.length)).toEqual([2, 1]);
  });

  it('without numbers is a picture that says so', () => {
    expect(svgOf({ ...chart, lines: [] })).toContain('nothing to show');
    expect(svgOf(chart)).not.toContain('nothing to show');
  });

  it('on a logarithmic axis shows what is above 0', () => {
    expect(dataOf({ ...chart, isLog: true }).at(-1)).toEqual([null, null, 2]);
    expect(dataOf(chart).at(-1)).toEqual([0, -1, 2]);
  });
});
