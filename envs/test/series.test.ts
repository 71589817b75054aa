/** The series and memory streams against their definitions, and against reservoirpy and scipy (golden/make_series.py). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import { guarded } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import { listEnvs, makeEnv } from '../registry.ts';
import { emptyResult, meanOf, meanSquare } from './stream.ts';

interface Golden {
  mackeyGlass: { tau: number; substeps: number; history: number[]; values: number[] }[];
  lorenz: [number, number, number][];
}
const golden = JSON.parse(readFileSync(new URL('./golden/series.json', import.meta.url), 'utf8')) as Golden;

/** First entry of every observation, and the target of every moment. */
function lived(env: AnyEnv, seed: number, moments: number): { x: number[]; y: number[] } {
  const out = emptyResult(env);
  const [x, y, rewards]: number[][] = [[], [], []];
  for (let t = 0; t < moments; t++) {
    if (t === 0) env.resetInto(out, { seed });
    else env.stepInto(0, out);
    if (t > 0) rewards!.push(out.reward);
    x!.push(out.observation[0]!);
    y!.push(env.value!());
  }
  expect(rewards).toEqual(y!.slice(0, -1)); // the convention of every supervised stream
  return { x: x!, y: y! };
}

function worst(actual: readonly number[], expected: readonly number[]): number {
  return Math.max(...expected.map((e, i) => Math.abs(actual[i]! - e)));
}

test.each([
  ['mackey-glass', { start: -1.2, n: 9.5 }],
  ['mackey-glass', { b: 1e9 }],
  ['lorenz', { sigma: 1e9 }],
  ['lorenz', { sigma: 1e9, horizon: 0, target: 'z' }],
])('%s %j says that it has diverged, before anything else can', async (id, options) => {
  const env = guarded(await makeEnv(id, options));
  const out = emptyResult(await makeEnv(id, options));
  const live = (): void => {
    env.resetInto(out, { seed: 1 });
    for (let t = 0; t < 1000; t++) env.stepInto(0, out);
  };
  expect(live).toThrow(EnvError);
  expect(live).toThrow(`Cannot go on with ${id}: its series has diverged; options nearer to the defaults`);
  expect(out.observation.every(Number.isFinite)).toBe(true);
});

describe('mackey-glass', () => {
  test.each(golden.mackeyGlass)(
    'is the series of reservoirpy, tau $tau, $substeps steps per sample',
    async (series) => {
      const { tau, substeps, history, values } = series;
      const env = await makeEnv('mackey-glass', { tau, substeps });
      // The history that reservoirpy drew is put in through the saved state: [target, at, waiting, oldest, x, ..past].
      env.reset({ seed: 1 });
      const saved = env.save!() as { numbers: number[] };
      saved.numbers = [0, 0, NaN, 0, 1.2, ...history];
      saved.numbers[2] = 0;
      env.load!(saved);
      const out = emptyResult(env);
      const seen: number[] = [];
      for (let t = 0; t < values.length; t++) {
        env.stepInto(0, out);
        seen.push(env.value!());
      }
      expect(worst(seen, values)).toBeLessThan(1e-9);
      expect(worst(seen, values.slice(1))).toBeGreaterThan(0.01);
    },
  );

  test('shows what it asked for, horizon steps later', async () => {
    const { x, y } = lived(await makeEnv('mackey-glass', { horizon: 12 }), 3, 500);
    expect(x.slice(12)).toEqual(y.slice(0, -12));
    expect(x.slice(11, -1)).not.toEqual(y.slice(0, -12));
  });

  test('has the mean and the variance that its file states', async () => {
    const { y } = lived(await makeEnv('mackey-glass'), 4, 50_000);
    expect(meanOf(y)).toBeCloseTo(0.928, 2);
    expect(meanSquare(y) - meanOf(y) ** 2).toBeCloseTo(0.0521, 2);
  });
});

describe('lorenz', () => {
  test('follows the exact solution for 1.8 time units', async () => {
    for (const [i, target] of ['x', 'y', 'z'].entries()) {
      const { x, y } = lived(await makeEnv('lorenz', { target, horizon: 0 }), 1, 60);
      expect(
        worst(
          x,
          golden.lorenz.map((row) => row[0]),
        ),
      ).toBeLessThan(1e-3);
      expect(
        worst(
          y,
          golden.lorenz.map((row) => row[i]!),
        ),
      ).toBeLessThan(1e-3);
      expect(
        worst(
          y,
          golden.lorenz.map((row) => row[(i + 1) % 3]!),
        ),
      ).toBeGreaterThan(1);
    }
  });

  test('starts at one point without spread, and from seeds with it', async () => {
    const start = async (spread: number, seed: number) => lived(await makeEnv('lorenz', { spread }), seed, 1).x[0];
    expect([await start(0, 1), await start(0, 2)]).toEqual([1, 1]);
    expect(await start(1, 1)).not.toBe(await start(1, 2));
  });

  test('spreads around that point, to either side alike', async () => {
    const rms = 1 / Math.sqrt(12); // of a uniform number of width 1
    for (const observe of ['x', 'y', 'z']) {
      const env = await makeEnv('lorenz', { spread: 4, observe });
      const starts = Array.from({ length: 4000 }, (_, seed) => (env.reset({ seed })[0] as Float64Array)[0]!);
      expect(Math.min(...starts)).toBeGreaterThanOrEqual(-1);
      expect(Math.max(...starts)).toBeLessThan(3);
      expect(Math.abs(meanOf(starts) - 1)).toBeLessThan((4 * 4 * rms) / Math.sqrt(starts.length)); // 4 standard errors
    }
  });
});

describe('sinusoids', () => {
  test('are the sum, shown now and asked for ahead', async () => {
    const env = await makeEnv('sinusoids', { horizon: 5 });
    const { x, y } = lived(env, 1, 20_000);
    const sum = (t: number): number => [0.2, 0.311, 0.42, 0.51].reduce((s, f) => s + Math.sin(f * t), 0);
    expect(
      worst(
        x,
        x.map((_, t) => sum(t)),
      ),
    ).toBeLessThan(1e-9);
    expect(
      worst(
        y,
        y.map((_, t) => sum(t + 5)),
      ),
    ).toBeLessThan(1e-9);
    expect(meanSquare(y)).toBeCloseTo(env.metadata.floors!.zero, 1);
  });

  test('take random phases where asked, and refuse equal frequencies', async () => {
    const make = () => makeEnv('sinusoids', { phases: 'random' });
    expect(lived(await make(), 1, 9).x).not.toEqual(lived(await make(), 2, 9).x);
    await expect(makeEnv('sinusoids', { frequencies: [0.1, 0.1] })).rejects.toThrow('frequencies: must differ');
  });
});

describe('narma', () => {
  test('keeps the recurrence of the paper, also where it starts anew', async () => {
    const { x: u, y } = lived(await makeEnv('narma'), 2, 50_000);
    const input = (t: number): number => u[t] ?? 0;
    let memory = new Array<number>(10).fill(0); // y_t, y_(t-1), ..
    const expected: number[] = [];
    for (let t = 0; t < u.length; t++) {
      const sum = memory.reduce((s, v) => s + v, 0);
      const next = 0.3 * memory[0]! + 0.05 * memory[0]! * sum + 1.5 * input(t - 9) * input(t) + 0.1;
      expected.push(next <= 2 ? next : 0);
      memory = next <= 2 ? [next, ...memory.slice(0, 9)] : new Array<number>(10).fill(0);
    }
    expect(worst(y, expected)).toBeLessThan(1e-12);
    expect(worst(y, expected.slice(1))).toBeGreaterThan(0.1);
    expect([meanOf(y), meanSquare(y) - meanOf(y) ** 2]).toEqual([expect.closeTo(0.386, 2), expect.closeTo(0.012, 3)]);
    expect(Math.max(...y)).toBeLessThanOrEqual(2);
    expect(Math.max(...u)).toBeLessThan(0.5);
  });

  test('starts anew when it has diverged', async () => {
    const { y } = lived(await makeEnv('narma', { order: 20 }), 2, 5000); // diverges within a few hundred steps
    expect(y.filter((v) => v === 0).length).toBeGreaterThan(5);
    expect(y.every((v) => v >= 0 && v <= 2)).toBe(true);
  });
});

describe('delayed-echo', () => {
  test.each([
    ['signs', 1],
    ['uniform', 1 / 3],
  ])('of %s says the input of ten steps ago, with floor %f', async (values, zero) => {
    const env = await makeEnv('delayed-echo', { values });
    const { x, y } = lived(env, 5, 50_000);
    expect(y.slice(10)).toEqual(x.slice(0, -10));
    expect(y.slice(0, 10)).toEqual(new Array(10).fill(0));
    expect(y.slice(9, -1)).not.toEqual(x.slice(0, -10));
    expect(env.metadata.floors!.zero).toBe(zero);
    expect(Math.abs(meanSquare(y) - zero)).toBeLessThan(0.01);
  });
});

describe('tracking', () => {
  test('has all signs at 1 for the first period, and flips one before every other', async () => {
    const env = await makeEnv('tracking', { inputs: 3, relevant: 3, period: 5 });
    let x = env.reset({ seed: 1 })[0] as Float64Array;
    let signs = [1, 1, 1];
    const flips: number[] = [];
    for (let t = 0; t < 400; t++) {
      const y = env.value!();
      // The one sign vector that gives the target: others are off by twice an input at the least.
      const found = vectors.filter((s) => Math.abs(s.reduce((sum, v, i) => sum + v * x[i]!, 0) - y) < 1e-12);
      expect(found.length).toBe(1);
      const changed = found[0]!.filter((v, i) => v !== signs[i]).length;
      if (changed > 0) flips.push(t);
      expect(changed).toBe(t > 0 && t % 5 === 0 ? 1 : 0);
      signs = found[0]!;
      x = env.step(0)[0] as Float64Array;
    }
    expect(flips[0]).toBe(5);
  });
  const vectors = Array.from({ length: 8 }, (_, bits) => [0, 1, 2].map((i) => ((bits >> i) & 1 ? 1 : -1)));
});

test('every supervised stream has discount 0 and no end', async () => {
  const streams = ['mackey-glass', 'lorenz', 'sinusoids', 'narma', 'delayed-echo', 'tracking'];
  expect(listEnvs()).toEqual(expect.arrayContaining(streams));
  for (const id of streams) expect((await makeEnv(id)).metadata.discount).toBe(0);
});
