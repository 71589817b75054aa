import { describe, expect, it } from 'vitest';
import { isDense, saturation } from '../../src/plan/saturation.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { estimateBy } from '../oracle/estimate.ts';
import { createCell, randomProblem } from '../oracle/problem.ts';

describe('saturation', () => {
  it.each([
    { id: 'lstm-columns', options: {}, n: 1 },
    { id: 'tanh-columns', options: {}, n: 1 },
    { id: 'gru', options: {}, n: 2 },
    { id: 'lstm', options: {}, n: 2 },
  ])('is $n on $id', async ({ id, options, n }) => {
    expect(saturation((await createCell({ id, options })).rows)).toBe(n);
  });

  it('is the least n for which snap is exact, on a sparse net', async () => {
    const problem = await randomProblem({ id: 'tanh', options: { units: 14, density: 0.12 }, steps: 25 });
    const n = saturation(problem.cell.rows);
    expect(n).toBeGreaterThan(3);
    const exact = await estimateBy(problem, 'rtrl');
    expectEqual(await estimateBy(problem, 'snap', { n }), exact, 1e-12);
    expectDifferent(await estimateBy(problem, 'snap', { n: n - 1 }), exact, 1e-14); // nearly nothing is missing
  });
});

describe('isDense', () => {
  it('tells nets in which every unit reads every unit', async () => {
    const dense = async (id: string, options = {}) => isDense((await createCell({ id, options })).rows);
    expect(await dense('gru')).toBe(true);
    expect(await dense('tanh', { units: 10, density: 0.3 })).toBe(false);
    expect(await dense('lstm-columns')).toBe(false);
  });
});
