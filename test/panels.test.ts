import { describe, expect, it } from 'vitest';
import { panels } from '../src/panels.ts';
import { reached } from '../src/reach.ts';
import type { Cell } from '../src/types.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { bptt } from './oracle/bptt.ts';
import { createEstimator, estimateBy, track } from './oracle/estimate.ts';
import { lossGradient } from './oracle/finite-differences.ts';
import { createCell, problemOn } from './oracle/problem.ts';
import { syntheticCell, tied } from './oracle/synthetic-cell.ts';

describe('panels', () => {
  it.each([
    ['one component', () => syntheticCell({ components: 1, neighbours: true })],
    ['two components', () => syntheticCell({ components: 2, neighbours: true })],
    ['three components', () => syntheticCell({ components: 3, neighbours: true })],
    ['tied weights', () => tied(syntheticCell({ components: 2, neighbours: true }))],
    ['a tied dense net', async () => tied(await createCell({ id: 'gru' }))],
  ])('are exact with %s', async (_, create: () => Cell | Promise<Cell>) => {
    const problem = problemOn(await create(), { steps: 12 });
    const gradient = await estimateBy(problem, 'rtrl');
    expectEqual(gradient, bptt(problem), 1e-12);
    expectEqual(gradient, lossGradient(problem), 1e-6);
    expectDifferent(await estimateBy(problem, 'snap'), gradient, 1e-4); // control
  });

  it('share one block between rows that keep the same entries', async () => {
    const { rows, params } = await createCell({ id: 'gru', options: { units: 5 } });
    const sets = reached(rows, Infinity);
    expect(new Set(sets.map(String)).size).toBe(1);
    const cell = await createCell({ id: 'gru', options: { units: 5 } });
    expect(panels(cell, sets).entries).toBe(5 * params.length);
  });

  it('are saved as one array whose length is the number of entries', async () => {
    const cell = await createCell({ id: 'lstm', options: { units: 6, density: 0.1 } });
    const estimator = await createEstimator(cell, 'snap', { n: 2 });
    expect(estimator.arrays).toEqual({ influence: estimator.cost.entries });
    const { advance } = track(cell, estimator);
    for (let t = 0; t < 4; t++) advance(Float64Array.of(1, -1, t));
    const saved = new Float64Array(estimator.cost.entries);
    estimator.read('influence', saved);
    expect(saved.every((value) => Number.isFinite(value))).toBe(true);
    expect(saved.filter((value) => value !== 0).length).toBeGreaterThan(saved.length / 2);
  });

  it('run a 64-unit GRU by snap 1 in both conventions alike', async () => {
    const problem = problemOn(await createCell({ id: 'gru', options: { units: 64 }, inputSize: 16 }), { steps: 10 });
    const traces = await estimateBy(problem, 'snap', { n: 1 }); // row traces
    const blocks = await estimateBy(problem, 'snap', { n: 1, convention: 'strict' }); // panels
    expectEqual(blocks, traces, 1e-12);
    expectDifferent(await estimateBy(problem, 'immediate'), traces, 1e-3);
  });
});
