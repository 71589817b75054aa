import { describe, expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { createCell, problemOn, randomProblem } from '../oracle/problem.ts';
import { states } from '../oracle/states.ts';

describe('ctrnn', () => {
  it('takes an Euler step of each unit’s own time constant', async () => {
    const cell = await createCell({ id: 'ctrnn', options: { units: 2, tauMin: 4, tauMax: 4 }, inputSize: 1 });
    cell.params.set([0.1, 0.2, 0.3, 0.4, -0.5, -0.6, 0.7, -0.8]); // per unit: U, b, W
    const lane = cell.lane();
    lane.state.set([0.5, -1]);
    step(cell, lane, Float64Array.of(2));
    const a = [
      Math.tanh(0.1 * 2 + 0.2 + 0.3 * 0.5 + 0.4 * -1),
      Math.tanh(-0.5 * 2 - 0.6 + 0.7 * 0.5 - 0.8 * -1),
    ] as const;
    expect(lane.state[0]).toBeCloseTo(0.5 + (a[0] - 0.5) / 4, 14);
    expect(lane.state[1]).toBeCloseTo(-1 + (a[1] + 1) / 4, 14);
  });

  it('learns time constants as tau = 1 + exp(-rho) of one more parameter per unit', async () => {
    const cell = await createCell({ id: 'ctrnn', options: { units: 1, learnTau: true }, inputSize: 1 });
    cell.params.set([0.1, 0.2, 0.3, -0.7]); // U, b, W, rho
    const lane = cell.lane();
    lane.state[0] = 0.5;
    step(cell, lane, Float64Array.of(2));
    const a = Math.tanh(0.1 * 2 + 0.2 + 0.3 * 0.5);
    expect(lane.state[0]).toBeCloseTo(0.5 + (a - 0.5) / (1 + Math.exp(0.7)), 14);
  });

  it.each([
    { tau: 1, leak: 1 },
    { tau: 4, leak: 0.25 },
  ])('is the tanh net of leak 1 / tau where all time constants are $tau, gradient included', async ({ tau, leak }) => {
    const problem = await randomProblem({ id: 'ctrnn', options: { units: 5, tauMin: tau, tauMax: tau } });
    const tanh = await createCell({ id: 'tanh', options: { units: 5, leak } });
    tanh.params.set(problem.cell.params);
    const twin = { ...problem, cell: tanh };
    expectEqual(states(problem), states(twin), 1e-12);
    expectEqual(bptt(problem), bptt(twin), 1e-12);
    const other = { ...problem, cell: await createCell({ id: 'tanh', options: { units: 5, leak: 0.6 } }) };
    other.cell.params.set(problem.cell.params);
    expectDifferent(states(problem), states(other), 1e-2); // control
  });

  it('begins the same, learned or fixed', async () => {
    const [fixed, learned] = await Promise.all(
      [false, true].map((learnTau) => createCell({ id: 'ctrnn', options: { units: 5, density: 0.5, learnTau } })),
    );
    expectEqual(states(problemOn(learned!)), states(problemOn(fixed!)), 1e-12);
    expect(learned!.params.length).toBe(fixed!.params.length + 5);
    learned!.params[learned!.params.length - 1]! += 0.1; // control
    expectDifferent(states(problemOn(learned!)), states(problemOn(fixed!)), 1e-6);
  });

  it('draws time constants log-uniform within their range', async () => {
    const cell = await createCell({ id: 'ctrnn', options: { units: 2000, tauMin: 2, tauMax: 50, density: 0.001 } });
    const lane = cell.lane();
    step(cell, lane, Float64Array.of(0, 0, 0));
    const logs = [...lane.direct].map((keep) => Math.log(1 / (1 - keep))); // tau = 1 / alpha
    expect(Math.min(...logs)).toBeGreaterThanOrEqual(Math.log(2) - 1e-9);
    expect(Math.max(...logs)).toBeLessThanOrEqual(Math.log(50) + 1e-9);
    for (const share of [0.25, 0.5, 0.75]) {
      const below = logs.filter((log) => log < Math.log(2) + share * Math.log(50 / 2)).length / logs.length;
      expect(below).toBeCloseTo(share, 1); // standard error .011
    }
  });

  it('answers a range that is none, and one that cannot be learned, in one line', async () => {
    await expect(createCell({ id: 'ctrnn', options: { tauMin: 5, tauMax: 3 } })).rejects.toThrow(
      'Cannot draw time constants from 5 to 3: tauMax must be at least tauMin',
    );
    await expect(createCell({ id: 'ctrnn', options: { tauMin: 1, learnTau: true } })).rejects.toThrow(
      'Cannot learn time constants from 1 on',
    );
  });
});
