import { describe, expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { createCell, randomProblem } from '../oracle/problem.ts';
import { states } from '../oracle/states.ts';

describe('rhn', () => {
  const sigma = (a: number): number => 1 / (1 + Math.exp(-a));

  it('computes h = f h + (1 - f) c with c = 2 sigma(a) - 1', async () => {
    const cell = await createCell({ id: 'rhn', options: { units: 1 }, inputSize: 1 });
    cell.params.set([0.1, 0.2, 0.3, -0.4, 0.5, -0.6]); // forget [U, b, W], candidate [U, b, W]
    const lane = cell.lane();
    lane.state[0] = -0.5;
    step(cell, lane, Float64Array.of(2));
    const f = sigma(0.1 * 2 + 0.2 + 0.3 * -0.5);
    const c = 2 * sigma(-0.4 * 2 + 0.5 - 0.6 * -0.5) - 1;
    expect(lane.state[0]).toBeCloseTo(f * -0.5 + (1 - f) * c, 14);
  });

  it('has 2 k (k + m + 1) parameters, each of which moves one unit', async () => {
    const { params, rows } = await createCell({ id: 'rhn', options: { units: 5 }, inputSize: 4 });
    expect(params).toHaveLength(2 * 5 * (5 + 4 + 1));
    expect(rows.dest.length).toBe(rows.count);
  });

  it('carries its state unchanged where the gate is shut', async () => {
    const cell = await createCell({ id: 'rhn', options: { forgetBias: 40 } });
    const lane = cell.lane();
    lane.state.fill(0.3);
    for (let t = 0; t < 20; t++) step(cell, lane, Float64Array.of(1, -2, 0.5));
    lane.state.forEach((h) => expect(h).toBeCloseTo(0.3, 12));
  });

  it('is a vanilla net of half the weights where the gate is open: 2 sigma(a) - 1 = tanh(a / 2)', async () => {
    const problem = await randomProblem({ id: 'rhn', options: { units: 4, forgetBias: -60 } });
    const vanilla = await createCell({ id: 'tanh', options: { units: 4 } });
    const { start, end } = problem.cell.rows.groups.find(({ name }) => name === 'candidate')!;
    const { rows, params } = problem.cell;
    vanilla.params.set(params.subarray(rows.start[start], rows.start[end]).map((value) => value / 2));
    expectEqual(states(problem), states({ ...problem, cell: vanilla }), 1e-12);
    vanilla.params.forEach((value, e) => (vanilla.params[e] = 2 * value)); // control
    expectDifferent(states(problem), states({ ...problem, cell: vanilla }), 1e-2);
  });
});
