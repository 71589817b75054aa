import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { norm } from '../../src/statistics/norm.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { cellCases } from '../oracle/cases.ts';
import { createEstimator, estimate, estimateBy } from '../oracle/estimate.ts';
import { type Problem, problemOn, randomProblem } from '../oracle/problem.ts';
import { drawsOf, overAllSigns, runs } from '../oracle/signs.ts';
import { syntheticCell, tied } from '../oracle/synthetic-cell.ts';
import { expectUnbiased } from '../oracle/unbiased.ts';

const STEPS = 5;
const neighbours = syntheticCell({ units: 3, neighbours: true });
const PROBLEMS: readonly (readonly [string, () => Promise<Problem> | Problem])[] = [
  ...cellCases().map(({ id, options, label }) => [label, () => randomProblem({ id, options, steps: STEPS })] as const),
  ['three components per unit', () => problemOn(neighbours, { steps: STEPS })],
  ['tied weights', () => problemOn(tied(neighbours), { steps: STEPS })],
];
const four = (steps: number): Promise<Problem> => randomProblem({ id: 'tanh', options: { units: 4 }, steps });

describe.each(PROBLEMS)('ok on %s', (_, create) => {
  it('is the exact gradient in the mean over all signs', async () => {
    const problem = await create();
    if (problem.cell.params.length === 0) return;
    for (const rank of [1, 2]) {
      const { mean, deviation, bits } = await overAllSigns(problem, 'ok', { rank });
      expect(bits).toBe(rank * STEPS);
      expectEqual(mean, bptt(problem), 1e-12);
      expect(deviation / norm(mean)).toBeGreaterThan(1e-3); // liveness: there is noise
    }
    const { rng, draw } = await drawsOf(problem, 'ok', { rank: 1 });
    rng.play(() => 1);
    expectDifferent(draw(), bptt(problem), 1e-6); // control: signs that are not random
  });

  it('is exact, whatever the signs, from the first step to the one that its rank runs out', async () => {
    const problem = await create();
    if (problem.cell.params.length === 0) return;
    expectEqual(await estimateBy(problem, 'ok', { rank: STEPS }), bptt(problem), 1e-10);
    expectDifferent(await estimateBy(problem, 'ok', { rank: 1 }), bptt(problem), 1e-6); // control
  });
});

describe('ok', () => {
  it('is exact in the mean and less and less noisy as its rank grows', async () => {
    const problem = await four(4);
    const deviations: number[] = [];
    for (const rank of [1, 2, 3]) {
      const { mean, deviation } = await overAllSigns(problem, 'ok', { rank });
      expectEqual(mean, bptt(problem), 1e-12);
      deviations.push(deviation / norm(mean));
    }
    expect(deviations[1]).toBeLessThan(deviations[0]! / 2);
    expect(deviations[2]).toBeLessThan(deviations[1]! / 2);
    expect(deviations[2]).toBeGreaterThan(1e-6); // still noisy
    expect((await overAllSigns(await four(3), 'ok', { rank: 3 })).deviation).toBeLessThanOrEqual(1e-10);
  });

  it('is at rank one less noisy than kf-rtrl, which is one product too', async () => {
    for (const id of ['tanh', 'gru', 'lstm', 'gru-reset-before']) {
      const problem = await randomProblem({ id, options: { units: 4 }, steps: 6 });
      const [ok, kf] = [await overAllSigns(problem, 'ok', { rank: 1 }), await overAllSigns(problem, 'kf-rtrl')];
      expect(ok.deviation, id).toBeLessThan(kf.deviation);
    }
  });

  it('says that it is exact where its rank holds any J, and is', async () => {
    const problem = await four(30); // 3 inputs, a constant and 4 units: J has rank 8 at most
    const at = (rank: number) => createEstimator(problem.cell, 'ok', { rank });
    for (const rank of [8, 9]) {
      const estimator = await at(rank);
      expect(estimator.exactOn(problem.cell.rows)).toBe(true);
      expectEqual(estimate(problem, estimator), bptt(problem), 1e-10);
    }
    const less = await at(7); // control
    expect(less.exactOn(problem.cell.rows)).toBe(false);
    expectDifferent(estimate(problem, less), bptt(problem), 1e-10);
  });

  it.each(cellCases())('holds any J on $label where its rank is the number of sources', async ({ id, options }) => {
    const problem = await randomProblem({ id, options, steps: 50 });
    const rank = Math.min(32, new Set(problem.cell.rows.source).size);
    if (rank === 32 || rank === 0) return; // more than it can have, or nothing to hold
    const estimator = await createEstimator(problem.cell, 'ok', { rank });
    expect(estimator.exactOn(problem.cell.rows)).toBe(true);
    expectEqual(estimate(problem, estimator), bptt(problem), 1e-10);
  });

  it('is unbiased on a net too large to run through all signs', async () => {
    const problem = await randomProblem({ id: 'lstm', options: { units: 8 }, steps: 30 });
    const estimator = await createEstimator(problem.cell, 'ok', { rank: 2 }, createRng('ok'));
    expectUnbiased(runs(problem, estimator), bptt(problem), 300);
    const { rng, draw } = await drawsOf(problem, 'ok', { rank: 2 });
    const noise = createRng('control');
    const mostly = (): Float64Array => {
      rng.play(() => (noise.uniform() < 0.7 ? 1 : -1));
      return draw();
    };
    expect(() => expectUnbiased(mostly, bptt(problem), 300)).toThrow('the mean along');
  });
});
