/** n <- n + 1, mu <- mu + (x - mu) / n; var = M / (n - 1), 1 for n < 2; out = (x - mu) / sqrt(var + 1e-8) */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { normaliser } from '../src/normaliser.ts';
import { welford } from '../src/welford.ts';
import { carry, get, snapshot } from './support/arrays.ts';
import { learnerOn } from './support/kernel-learners.ts';
import { smallLearner, stepOf } from './support/learners.ts';
import { run, smallSetting } from './support/runs.ts';
import { tempFolder } from './support/temp.ts';

const SIZE = 3;

function step(made: ReturnType<typeof welford>, x: ArrayLike<number>, learn = true): number[] {
  const out = new Float64Array(x.length).fill(NaN);
  made.step(Float64Array.from(x), out, learn);
  return [...out];
}

/** Random vectors far from 0, where sums of squares lose their digits: entry i has mean 10^(2 i) and variance 1. */
function stream(length: number, seed = 'stream'): number[][] {
  const rng = createRng(seed);
  return Array.from({ length }, () => Array.from({ length: SIZE }, (_, i) => 100 ** i + rng.normal()));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Mean, then the sum of squared distances to it over n - 1. */
function twoPass(values: readonly number[]): { mean: number; variance: number } {
  const mean = sum(values) / values.length;
  return { mean, variance: sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1) };
}

/** The variance of entry i after all of `xs`, from the numbers kept. */
function varianceOf(made: ReturnType<typeof welford>, i: number): number {
  return get(made, 'squares')[i]! / (get(made, 'count')[i]! - 1);
}

const gap = (a: number, b: number): number => Math.abs(a - b) / Math.abs(b);

describe('statistics of all that was seen', () => {
  it.each([2, 3, 10, 1000, 20_000])('are the mean and variance of two passes, after %i', (n) => {
    const made = welford(SIZE);
    const xs = stream(n);
    const outs = xs.map((x) => step(made, x));
    for (let i = 0; i < SIZE; i++) {
      const { mean, variance } = twoPass(xs.map((x) => x[i]!));
      expect(gap(get(made, 'mean')[i]!, mean)).toBeLessThanOrEqual(1e-10);
      expect(gap(varianceOf(made, i), variance)).toBeLessThanOrEqual(1e-10);
      // The latest x is among what it is normalised by.
      const out = (xs.at(-1)![i]! - mean) / Math.sqrt(variance + 1e-8);
      expect(Math.abs(outs.at(-1)![i]! - out)).toBeLessThanOrEqual(1e-10);
      expect(made.scale[i]).toBeCloseTo(1 / Math.sqrt(variance + 1e-8), 10);
    }
  });

  it('would be told from those that divide by n, and from a difference of sums', () => {
    const made = welford(SIZE);
    const xs = stream(20_000);
    xs.forEach((x) => step(made, x));
    const values = xs.map((x) => x[2]!);
    const { mean, variance } = twoPass(values);
    expect(gap((varianceOf(made, 2) * (20_000 - 1)) / 20_000, variance)).toBeGreaterThan(1e-5);
    const naive = (sum(values.map((value) => value ** 2)) - values.length * mean ** 2) / (values.length - 1);
    expect(gap(naive, variance)).toBeGreaterThan(1e-10);
  });

  it('give the numbers worked by hand, from the first on', () => {
    const made = normaliser(1, { rate: null, floor: 0.01 });
    expect(step(made, [4], false)[0]).toBeCloseTo(4 / Math.sqrt(1 + 1e-8), 14); // n = 0: mu = 0, var = 1
    expect(step(made, [4])).toEqual([0]); // n = 1: mu = 4, var = 1
    expect(made.scale[0]).toBe(1 / Math.sqrt(1 + 1e-8));
    expect(step(made, [6])[0]).toBeCloseTo(1 / Math.sqrt(2 + 1e-8), 14); // mu = 5, var = 2
    expect(step(made, [8])[0]).toBeCloseTo(2 / Math.sqrt(4 + 1e-8), 14); // mu = 6, var = 4
    expect(get(made, 'count')).toEqual([3]);
  });

  it('of an entry that never changes make 0 of it, and no infinity of the first change', () => {
    const made = welford(1);
    for (let t = 0; t < 50; t++) expect(step(made, [0.1])[0]).toBeCloseTo(0, 6);
    expect(step(made, [0.2], false)[0]).toBeCloseTo(0.1 / 1e-4, 6); // var = 0: sqrt(1e-8)
  });

  it('keep what is frozen for good, begin anew where asked to, and each entry for itself', () => {
    const made = welford(SIZE);
    const xs = stream(20);
    xs.forEach((x) => step(made, x));
    made.freeze(0, 1);
    made.restart(2, 3);
    const later = stream(7, 'later');
    const before = snapshot(made);
    later.forEach((x) => step(made, x));
    expect(get(made, 'count')).toEqual([20, 27, 7]);
    expect(get(made, 'mean')[0]).toBe(before['mean']![0]);
    expect(get(made, 'squares')[0]).toBe(before['squares']![0]);
    const fresh = welford(SIZE);
    later.forEach((x) => step(fresh, x));
    expect(get(made, 'mean')[2]).toBe(get(fresh, 'mean')[2]);
    expect(varianceOf(made, 2)).toBe(varianceOf(fresh, 2));
    expect(get(made, 'mean')[1]).not.toBe(get(fresh, 'mean')[1]);
    made.restart(0, 1); // what begins anew is frozen no longer
    step(made, later[0]!);
    expect(get(made, 'count')[0]).toBe(1);
  });

  it('learn nothing when told not to, and forget nothing at a reset', () => {
    const made = welford(SIZE);
    stream(5).forEach((x) => step(made, x));
    const before = snapshot(made);
    step(made, [9, 9, 9], false);
    made.reset();
    expect(snapshot(made)).toEqual(before);
    step(made, [9, 9, 9]);
    expect(snapshot(made)).not.toEqual(before);
  });

  it('continue bit by bit from arrays that were saved, frozen entries too', () => {
    const [a, b] = [welford(SIZE), welford(SIZE)];
    stream(30).forEach((x) => step(a, x));
    a.freeze(1, 2);
    carry(a, b);
    const later = stream(10, 'later');
    const of = (made: typeof a): number[][] => later.map((x) => step(made, x));
    const expected = of(a);
    expect(of(b)).toEqual(expected);
    expect(of(welford(SIZE))).not.toEqual(expected);
  });
});

const NULL = { features: { id: 'normalised', rate: null }, inputs: { rate: null } } as const;

describe('an agent', () => {
  it('reads its inputs through them, and features too', async () => {
    const learner = await smallLearner(NULL);
    const xs = [
      [1, 20],
      [4, 20],
      [2, 26],
    ];
    xs.forEach((x, t) => learner.step(stepOf(x, 1, 0.9, { start: t === 0 })));
    expect(get(learner, 'inputs.count')).toEqual([3, 3]);
    expect(get(learner, 'inputs.mean')[1]).toBeCloseTo(22, 12);
    expect(get(learner, 'inputs.squares')[1]).toBeCloseTo(24, 12);
    expect(get(learner, 'features.count')).toEqual([3, 3]);
  });

  it('stays on the reference path with them, and says why', async () => {
    const chosen = { cell: ['tanh'], estimator: ['columnar'] } as const;
    const why = 'has no kernel: statistics of all that was seen are kept on the reference path alone';
    const reason = async (over: object): Promise<string> =>
      (await learnerOn({ ...chosen, ...over }, { path: 'auto' })).chosen.reason;
    expect(await reason({ features: ['normalised', { rate: null }] })).toBe(`the features file ${why}`);
    expect(await reason({ inputs: { rate: null, floor: 0.01 } })).toBe(`the normaliser of inputs ${why}`);
    expect(await reason({ features: ['normalised'], inputs: true })).not.toContain('no kernel');
  });

  it('that runs with them ends after a stop with the bytes of an uninterrupted run', async () => {
    const results = tempFolder();
    const { agent } = await smallSetting();
    const of = async (rate: number | null) =>
      smallSetting({
        agent: { ...agent, features: { id: 'normalised', rate }, inputs: { rate, floor: 0.01 } },
        steps: 1500,
      });
    const setting = await of(null);
    await run(results, 'stopped', { setting, stopAt: 700 });
    const { end, files } = await run(results, 'stopped', { setting, resume: true });
    expect(end.status).toBe('done');
    expect(files).toEqual((await run(results, 'whole', { setting })).files);
    expect(files.metrics).not.toEqual((await run(results, 'usual', { setting: await of(0.999) })).files.metrics);
  });
});
