import { describe, expect, it } from 'vitest';
import { predictionTrace } from '../../src/plots/prediction-trace.ts';
import { count, faultsOf, having, longNames, textsIn } from '../support/pictures.ts';

const returns = [0.25, 0.5, 1, 0, NaN, NaN];
const cumulant = [0, 0, 0, 1, 0, -0.5];
const starts = [1, 0, 0, 0, 1, 0];
const rows = [
  { name: 'td', prediction: [0.2, 0.4, 0.9, 0.1, 0, 0] },
  { name: 'rtrl', prediction: [0.25, 0.5, 1, NaN, 0, 0] },
];
const plot = (change = {}) =>
  predictionTrace({ title: 'A title', from: 1000, rows, returns, cumulant, starts, ...change });

/** The values of every line: at each step. */
const lines = (spec: unknown): (number | null)[][] =>
  having(spec, 'mark')
    .filter(({ mark }) => (mark as { type: string }).type === 'line')
    .map(({ data }) => (data as { values: { value: number | null }[] }).values.map(({ value }) => value));
const domains = (spec: unknown): string[] => [
  ...new Set(having(spec, 'y').map(({ y }) => JSON.stringify((y as { scale?: { domain?: unknown } }).scale?.domain))),
];

describe('prediction against return', () => {
  it('has a panel per method with its prediction and the same return, gaps where they are not known', () => {
    expect(lines(plot())).toEqual([
      [0.25, 0.5, 1, 0, null, null],
      rows[0]!.prediction,
      [0.25, 0.5, 1, 0, null, null],
      [0.25, 0.5, 1, null, 0, 0],
    ]);
  });

  it('has a stem for every cumulant that is not zero, at its step', () => {
    const stems = having(plot(), 'zero')
      .filter((row) => 'step' in row)
      .map(({ step, value }) => [step, value]);
    expect(stems).toEqual([
      [1003, 1],
      [1005, -0.5],
    ]);
  });

  it('marks where episodes begin, and says so only then', async () => {
    const begins = having(plot(), 'step').filter((row) => Object.keys(row).length === 1);
    expect(new Set(begins.map(({ step }) => step))).toEqual(new Set([1000, 1004]));
    expect(await count(plot(), 'episode starts')).toBe(1);
    expect(await count(plot({ starts: [0, 0, 0, 0, 0, 0] }), 'episode starts')).toBe(0);
  });

  it('counts steps from the first one, half a step of air at both ends', () => {
    const [first] = having(plot(), 'x')
      .map(({ x }) => (x as { scale?: { domain?: unknown } }).scale?.domain)
      .filter(Boolean);
    expect(first).toEqual([999.5, 1005.5]);
  });

  it('gives a method that is far off an axis of its own, and says so', async () => {
    const wild = { name: 'wild', prediction: rows[0]!.prediction.map((value) => value * 1000) };
    const spec = plot({ rows: [...rows, wild] });
    expect(await count(spec, 'wild (on an axis of its own)')).toBe(1);
    expect(await count(spec, 'td')).toBe(1);
    expect(domains(spec).length).toBe(domains(plot()).length + 1);
  });

  it('names everything, and what has no room beside a panel in the note', async () => {
    const texts = await textsIn(plot({ note: 'seed 0' }));
    for (const words of ['A title', 'seed 0', 'td', 'rtrl', 'prediction', 'return', 'cumulant', 'step']) {
      expect(texts).toContain(words);
    }
    expect(await textsIn(plot({ truth: 'value' }))).not.toContain('return');
    expect(await textsIn(plot({ truth: 'value' }))).toContain('value');
    const long = plot({ yTitle: 'a title of this axis that is far too long for it' });
    expect((await textsIn(long)).join(' ')).toContain('upwards: a title of this axis');
  });

  it('is whole with one step, twelve methods and nothing known', async () => {
    const none = returns.map(() => NaN);
    const shapes = [
      { returns: [NaN], cumulant: [0], starts: [0], rows: [{ name: 'a', prediction: [0.3] }] },
      { rows: longNames.map((name) => ({ name, prediction: rows[0]!.prediction })) },
      { returns: none, rows: [{ name: 'a', prediction: none }] },
      { rows: [{ name: 'a', prediction: [1e-8, 1, 1e8, 0, 0, 0] }] },
    ];
    for (const shape of shapes) expect(await faultsOf(() => plot(shape))).toEqual([]);
  });

  it('refuses what it cannot draw, in one line', () => {
    expect(() => plot({ rows: [] })).toThrow('Cannot plot "A title": there are no steps');
    expect(() => plot({ cumulant: [1] })).toThrow('"cumulant" needs 6 values, one per step, got 1');
  });
});
