import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@rl-tools/envs';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { compile } from 'vega-lite';
import { type LearningCurves, learningCurves } from '../../src/plots/learning-curves.ts';
import { renderSvg } from '../../src/plots/render-svg.ts';
import { writePlot } from '../../src/plots/write-plot.ts';
import { UserError } from '../../src/user-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'plots-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const steps = [100, 200, 300];
const plot = (change: Partial<LearningCurves> = {}): LearningCurves => ({
  title: 'A title',
  xTitle: 'step',
  yTitle: 'error',
  series: [
    {
      name: 'low end',
      steps,
      values: [
        [4, 2, 1],
        [6, 3, 1.5],
      ],
    },
    {
      name: 'high end',
      steps,
      values: [
        [4, 3.5, 3],
        [5, 4, 2.5],
      ],
    },
  ],
  references: [{ name: 'the floor', value: 0.9 }],
  resamples: 200,
  rng: createRng('plots'),
  ...change,
});

/** The text elements of an SVG, in document order. */
const textsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);

describe('the specification', () => {
  test('compiles without a warning and carries the means as data', () => {
    const warn = vi.fn();
    const logger = { warn, error: warn, info: () => logger, debug: () => logger, level: () => logger };
    for (const yScale of ['linear', 'log'] as const) {
      const spec = learningCurves(plot({ yScale }));
      compile(spec, { logger: logger as never });
      expect(spec).toMatchObject({ data: { values: [{ name: 'low end', step: 100, mean: 5 }, {}, {}, {}, {}, {}] } });
    }
    expect(warn).not.toHaveBeenCalled();
    const y = { field: 'a', type: 'quantitative', scale: { type: 'log', zero: true } } as const;
    compile({ mark: 'bar', data: { values: [] }, encoding: { y } }, { logger: logger as never });
    expect(warn).toHaveBeenCalled();
  });

  test('is the same for the same seed of the bootstrap', () => {
    const spec = (seed: number): string => JSON.stringify(learningCurves(noisy(createRng(seed))));
    expect(spec(1)).toBe(spec(1));
    expect(spec(1)).not.toBe(spec(2));
  });

  test('leaves out a band of one seed and every bin in which a seed diverged', () => {
    const values = [
      [1, 2, 3],
      [1, 2, NaN],
    ];
    const alone = [{ name: 'a', steps, values: values.slice(0, 1) }];
    const both = [{ name: 'a', steps, values }];
    expect(learningCurves(plot({ series: alone }))).toMatchObject({ data: { values: [{ low: null }, {}, {}] } });
    expect(learningCurves(plot({ series: both }))).toMatchObject({ data: { values: [{ low: 1 }, { low: 2 }] } });
  });

  test('refuses what it cannot draw, in one line', () => {
    const series = plot().series;
    expect(() => learningCurves(plot({ series: [] }))).toThrow(UserError);
    expect(() => learningCurves(plot({ series: [series[0]!, series[0]!] }))).toThrow('two curves are named "low end"');
    const torn = [{ name: 'a', steps, values: [[1, 2]] }];
    expect(() => learningCurves(plot({ series: torn }))).toThrow('every seed needs 3 values');
    const zero = plot({ yScale: 'log', references: [{ name: 'zero', value: 0 }] });
    expect(() => learningCurves(zero)).toThrow(
      'Cannot plot "zero" on a log axis: 0 is not positive; use a linear axis',
    );
  });
});

describe('the picture', () => {
  test('shows the names and titles passed in, numbers and what the bands are, nothing else', async () => {
    const texts = textsOf(await renderSvg(learningCurves(plot())));
    const words = texts.filter((text) => !/^[−\d.]+[kMG]?$/.test(text));
    const note = 'mean over 2 seeds; band: 95 % bootstrap interval of it';
    expect(new Set(words)).toEqual(new Set(['A title', note, 'step', 'error', 'low end', 'high end', 'the floor']));
    const alone = [{ name: 'a', steps, values: [[1, 2, 3]] }];
    expect(textsOf(await renderSvg(learningCurves(plot({ series: alone })))).join(' ')).not.toContain('seeds');
    expect(texts.length).toBeGreaterThan(words.length + 4); // tick labels
  });

  test('orders the legend by the last value, not by the order given', async () => {
    const texts = textsOf(await renderSvg(learningCurves(plot())));
    expect(texts.indexOf('high end')).toBeLessThan(texts.indexOf('low end'));
    const flipped = plot().series.map(({ name, values }) => ({
      name,
      steps,
      values: values.map((v) => Array.from(v).reverse()),
    }));
    const other = textsOf(await renderSvg(learningCurves(plot({ series: flipped }))));
    expect(other.indexOf('high end')).toBeGreaterThan(other.indexOf('low end'));
  });

  test('is 900 x 480 on white and the same bytes when drawn twice', async () => {
    const spec = learningCurves(plot({ yScale: 'log' }));
    const svg = await renderSvg(spec);
    expect(svg).toMatch(/^<svg[^>]* width="900" height="480"/);
    expect(svg).toContain('fill="white"');
    expect(await renderSvg(spec)).toBe(svg);
    expect(await renderSvg(learningCurves(plot()))).not.toBe(svg);
  });

  test.each([
    ['one bin', [{ name: 'a', steps: [5], values: [[3], [4]] }]],
    ['one seed', [{ name: 'a', steps, values: [[3, 2, 1]] }]],
    ['only diverged seeds', [{ name: 'a', steps, values: [[NaN, NaN, NaN]] }]],
    ['a constant', [{ name: 'a', steps, values: [[2, 2, 2]] }]],
    ['a constant zero', [{ name: 'a', steps, values: [[0, 0, 0]] }]],
    ['more curves than colours', Array.from({ length: 9 }, (_, i) => ({ name: `m${i}`, steps, values: [[i, i, i]] }))],
  ])('of %s has no NaN in it', async (_, series) => {
    const svg = await renderSvg(learningCurves(plot({ series })));
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('writePlot', () => {
  test('writes the specification and the picture and leaves nothing else behind', async () => {
    const spec = learningCurves(plot());
    const written = await writePlot(join(folder, 'curves'), spec);
    expect(readdirSync(folder).sort()).toEqual(['curves.svg', 'curves.vl.json']);
    expect(JSON.parse(readFileSync(written.spec, 'utf8'))).toEqual(JSON.parse(JSON.stringify(spec)));
    expect(readFileSync(written.svg, 'utf8')).toBe(await renderSvg(spec));
  });

  test('names a folder that is not there in one line', async () => {
    const refused = writePlot(join(folder, 'missing', 'curves'), learningCurves(plot()));
    await expect(refused).rejects.toThrow(UserError);
  });
});

test('no file here loads vega before the first picture', () => {
  const eager = /^import (?!type )[^;]*'vega(-lite)?'/m;
  const sources = new URL('../../src/plots/', import.meta.url);
  for (const file of readdirSync(sources)) expect(readFileSync(new URL(file, sources), 'utf8')).not.toMatch(eager);
  expect("import { View } from 'vega';").toMatch(eager);
});

function noisy(rng: LearningCurves['rng']): LearningCurves {
  const values = Array.from({ length: 8 }, (_, seed) => steps.map((step) => Math.sin(seed * step) + 2));
  return plot({ rng, series: [{ name: 'a', steps, values }] });
}
