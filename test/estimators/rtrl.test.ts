import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { norm } from '../../src/statistics/norm.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { cellCases } from '../oracle/cases.ts';
import { lossGradient, tangent } from '../oracle/finite-differences.ts';
import { createEstimator, estimate, estimateBy, track } from '../oracle/estimate.ts';
import { randomProblem, roll, type Problem } from '../oracle/problem.ts';

describe.each(cellCases())('rtrl on $label', ({ id, options }) => {
  const learnable = async (seed: number): Promise<Problem | null> => {
    const problem = await randomProblem({ id, options, seed });
    return problem.cell.params.length === 0 ? null : problem;
  };

  it('is the gradient of back-propagation through time', async () => {
    for (const seed of [0, 1, 2]) {
      const problem = await learnable(seed);
      if (!problem) return;
      expectEqual(await estimateBy(problem, 'rtrl'), bptt(problem), 1e-10);
      expectDifferent(await estimateBy(problem, 'rtrl'), bptt({ ...problem, inputs: problem.inputs.slice(1) }), 1e-6);
    }
  });

  it('is the gradient that central differences of the total loss measure', async () => {
    const problem = await learnable(0);
    if (!problem) return;
    const measured = lossGradient(problem);
    expectEqual(await estimateBy(problem, 'rtrl'), measured, 1e-6);
    problem.cell.params[0]! += 0.01; // control: elsewhere in theta
    expectDifferent(await estimateBy(problem, 'rtrl'), measured, 1e-6);
  });

  it('pushes a change of theta forward to the change of the state', async () => {
    const problem = await learnable(0);
    if (!problem) return;
    const { cell } = problem;
    const estimator = await createEstimator(cell, 'rtrl');
    const { advance } = track(cell, estimator);
    problem.inputs.forEach(advance);
    const v = Float64Array.from(cell.params, (_, j) => Math.sin(j + 1));
    const forward = new Float64Array(cell.units * cell.components);
    estimator.push!(v, forward);
    expectEqual(forward, tangent(problem, v), 1e-6);
    expectDifferent(forward, tangent(problem, Float64Array.from(v).reverse()), 1e-6); // control
  });
});

describe('rtrl', () => {
  it('stays exact over 200 steps', async () => {
    const problem = await randomProblem({ id: 'gru', steps: 200 });
    expectEqual(await estimateBy(problem, 'rtrl'), bptt(problem), 1e-10);
  });

  it('is exact for random sizes and densities', async () => {
    const spec = fc.record({
      id: fc.constantFrom('tanh', 'gru', 'lstm'),
      units: fc.integer({ min: 1, max: 7 }),
      density: fc.double({ min: 0.05, max: 1, noNaN: true }),
      inputSize: fc.integer({ min: 1, max: 4 }),
      seed: fc.nat(1000),
    });
    await fc.assert(
      fc.asyncProperty(spec, async ({ units, density, ...rest }) => {
        const problem = await randomProblem({ ...rest, options: { units, density }, steps: 10 });
        expectEqual(await estimateBy(problem, 'rtrl'), bptt(problem), 1e-10);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('is off by as much as theta moved when theta moves between steps', async () => {
    const deviation = async (rate: number): Promise<number> => {
      const problem = await randomProblem({ id: 'gru', steps: 20 });
      const { cell } = problem;
      const estimator = await createEstimator(cell, 'rtrl');
      const { lane, advance } = track(cell, estimator);
      problem.inputs.forEach((x) => {
        advance(x);
        cell.params.forEach((value, j) => (cell.params[j] = value + rate * Math.sin(j)));
      });
      const online = new Float64Array(cell.params.length);
      const q = lane.state.map(() => 1);
      estimator.pull(q, online);
      const last = new Float64Array(cell.params.length);
      const still = await createEstimator(cell, 'rtrl');
      const again = track(cell, still);
      problem.inputs.forEach(again.advance);
      still.pull(q, last);
      return norm(online.map((value, j) => value - last[j]!));
    };
    const [coarse, fine] = [await deviation(1e-4), await deviation(1e-6)];
    expect(Math.log10(coarse / fine) / 2).toBeCloseTo(1, 1); // slope of the deviation against the rate
    expect(await deviation(0)).toBe(0);
  });

  it('differs from the gradient of a single loss, so that sums over time are really compared', async () => {
    const problem = await randomProblem({ id: 'tanh' });
    const total = await estimateBy(problem, 'rtrl');
    const estimator = await createEstimator(problem.cell, 'rtrl');
    expectEqual(estimate(problem, estimator), total, 0);
    estimator.reset();
    expectEqual(estimate(problem, estimator), total, 0);
    expect(roll(problem, () => undefined).state.some((value) => value !== 0)).toBe(true);
  });
});
