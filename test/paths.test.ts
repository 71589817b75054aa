import { describe, expect, it } from 'vitest';
import { assemble, assembleReference } from '../src/assemble.ts';
import { canRun } from '../src/kernels/module.ts';
import { createLearnerOn } from '../src/paths.ts';
import { get } from './support/arrays.ts';
import { type LearnerCase, learnerOn, live, partsOf, randomLife, relativeGap } from './support/kernel-learners.ts';
import { smallAgent } from './support/learners.ts';

const COLUMNS: LearnerCase = { cell: ['lstm-columns'], estimator: ['columnar'] };

describe('the path', () => {
  it('is the compiled one, in f32, where every part has a kernel', async () => {
    const { chosen } = await learnerOn(COLUMNS, { path: 'auto' });
    expect(chosen).toMatchObject({ path: 'compiled', precision: 'f32', simd: 'deterministic' });
  });

  it('is the reference path where it is asked for, or a part has no kernel, and says why', async () => {
    const asked = await learnerOn(COLUMNS, { path: 'reference' });
    expect(asked.chosen).toEqual({
      path: 'reference',
      precision: 'f64',
      simd: null,
      threads: 1,
      memoryBytes: null,
      bytesPerParameter: null,
      reason: 'asked for',
    });
    const chunks = await learnerOn({ ...COLUMNS, estimator: ['tbptt', { mode: 'chunked' }] }, { path: 'auto' });
    expect(chunks.chosen).toMatchObject({ path: 'reference', reason: expect.stringContaining('only rolling windows') });
    const clipped = await learnerOn({ ...COLUMNS, settings: { clip: 1 } }, { path: 'auto' });
    expect(clipped.chosen).toMatchObject({ path: 'reference', reason: 'gradient clipping has no kernel' });
  });

  it.each(['cell', 'estimator', 'features', 'head'] as const)("tells of a user's own %s", async (kind) => {
    const parts = await partsOf(COLUMNS);
    const own = Object.fromEntries(Object.entries(parts[kind]).filter(([key]) => key !== 'kernel'));
    const { chosen } = createLearnerOn({ ...parts, [kind]: own }, {});
    expect(chosen.path).toBe('reference');
    expect(chosen.reason).toContain(kind);
  });

  it('is the reference path where compiled memory would not hold the learner', async () => {
    const parts = await partsOf(COLUMNS);
    const { chosen } = createLearnerOn(parts, {}, { memoryLimit: 10_000 });
    expect(chosen.path).toBe('reference');
    expect(chosen.reason).toMatch(/it needs 0\.0 MiB of memory, and may have 0\.0 MiB/);
    const asked = () => createLearnerOn(parts, {}, { memoryLimit: 10_000, path: 'compiled' });
    expect(asked).toThrow('Cannot take the compiled path: it needs');
    expect(createLearnerOn(parts, {}, { memoryLimit: 1e6 }).chosen.path).toBe('compiled');
  });

  it('cannot be compiled against its parts', async () => {
    const clipped = learnerOn({ ...COLUMNS, settings: { clip: 1 } }, { path: 'compiled' });
    await expect(clipped).rejects.toThrow('Cannot take the compiled path: gradient clipping has no kernel');
  });

  it.runIf(!canRun('relaxed'))('needs a Node with relaxed SIMD for it', async () => {
    await expect(learnerOn(COLUMNS, { path: 'auto', simd: 'relaxed' })).rejects.toThrow(/Cannot use relaxed SIMD/);
  });

  it.runIf(canRun('relaxed'))('of relaxed SIMD learns the same up to rounding', async () => {
    const life = randomLife(1000);
    const { learner: reference } = await learnerOn(COLUMNS, { path: 'reference' });
    const v = live(reference, life);
    for (const [precision, most] of [
      ['f32', 1e-4],
      ['f64', 1e-9],
    ] as const) {
      const { learner } = await learnerOn(COLUMNS, { path: 'compiled', precision, simd: 'relaxed' });
      expect(relativeGap(live(learner, life), v)).toBeLessThan(most);
    }
  });

  it('tells its memory: theta, z and two traces per parameter of LSTM columns in f32, with rmsprop nu, and some per column', async () => {
    const bytes = async (columns: number, rule: string): Promise<[number, number]> => {
      const { learner, chosen } = await learnerOn(
        { cell: ['lstm-columns', { columns }], estimator: ['columnar'], rule: [rule] },
        { path: 'compiled', precision: 'f32' },
      );
      expect(chosen.bytesPerParameter).toBe(chosen.memoryBytes! / learner.parameters);
      return [chosen.memoryBytes!, get(learner, 'cell.params').length];
    };
    for (const [rule, least] of [
      ['td-lambda', 16],
      ['rmsprop', 20],
    ] as const) {
      const [small, few] = await bytes(64, rule);
      const [large, many] = await bytes(1024, rule);
      const perParameter = (large - small) / (many - few);
      expect(perParameter).toBeGreaterThan(least);
      expect(perParameter).toBeLessThan(least + 450 / 28); // 28 parameters a column
    }
  });

  it('is shown by assemble, and assembleReference keeps to the plain one', async () => {
    const needs = { inputSize: 2, seed: 0 };
    expect((await assemble(smallAgent(), needs)).chosen.path).toBe('compiled');
    const { chosen, learner } = await assembleReference(smallAgent(), needs);
    expect(chosen.path).toBe('reference');
    expect(learner.cell.units).toBe(2);
  });
});

describe('f32 weights', () => {
  const learn = async (alpha: number, precision: 'f32' | 'f64'): Promise<{ change: number[] }> => {
    const chosen = { ...COLUMNS, rule: ['td-lambda', { alpha, headAlpha: 0 }] as const };
    const { learner } = await learnerOn(chosen, { path: 'compiled', precision });
    const before = get(learner, 'cell.params');
    live(learner, randomLife(3000));
    return { change: get(learner, 'cell.params').map((value, i) => value - before[i]!) };
  };
  /** How far what f32 learned is from what f64 learned. */
  const lost = async (alpha: number): Promise<number> =>
    relativeGap((await learn(alpha, 'f32')).change, (await learn(alpha, 'f64')).change);

  it('lose more of what they learn the smaller the step', async () => {
    expect(await lost(1e-3)).toBeLessThan(0.01);
    expect(await lost(1e-7)).toBeGreaterThan(0.05);
  });

  it('give way to f64 where alpha is tiny, unless they are asked for', async () => {
    const tiny = { ...COLUMNS, rule: ['td-lambda', { alpha: 1e-6 }] as const };
    const { chosen } = await learnerOn(tiny, { path: 'auto' });
    expect(chosen).toMatchObject({ path: 'compiled', precision: 'f64' });
    expect(chosen.reason).toContain('alpha 0.000001 is too small for f32');
    expect((await learnerOn(tiny, { path: 'auto', precision: 'f32' })).chosen.precision).toBe('f32');
    const rmsprop = { ...COLUMNS, rule: ['rmsprop', { alpha: 1e-5 }] as const };
    expect((await learnerOn(rmsprop, { path: 'auto' })).chosen.precision).toBe('f32');
  });
});
