import { describe, expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { estimateBy } from '../oracle/estimate.ts';
import { createCell, randomProblem } from '../oracle/problem.ts';
import { states } from '../oracle/states.ts';

describe('elstm', () => {
  const sigma = (a: number): number => 1 / (1 + Math.exp(-a));

  it('computes c = f c + (1 - f) z of the own c alone', async () => {
    const cell = await createCell({ id: 'elstm', options: { units: 2 }, inputSize: 1 });
    // forget [F, b, w] of both units, candidate [Z, b, w] of both
    cell.params.set([0.1, 0.2, 0.3, -0.4, 0.5, -0.6, 0.7, 0.8, -0.9, 1, -1.1, 1.2]);
    const lane = cell.lane();
    lane.state.set([-0.5, 0.4]);
    step(cell, lane, Float64Array.of(2));
    const f = [sigma(0.1 * 2 + 0.2 + 0.3 * -0.5), sigma(-0.4 * 2 + 0.5 - 0.6 * 0.4)] as const;
    const z = [Math.tanh(0.7 * 2 + 0.8 - 0.9 * -0.5), Math.tanh(1 * 2 - 1.1 + 1.2 * 0.4)] as const;
    expect(lane.state[0]).toBeCloseTo(f[0] * -0.5 + (1 - f[0]) * z[0], 14);
    expect(lane.state[1]).toBeCloseTo(f[1] * 0.4 + (1 - f[1]) * z[1], 14);
  });

  it('has 2 k (m + 2) parameters, and no unit reads another', async () => {
    const { params, rows } = await createCell({ id: 'elstm', options: { units: 4 }, inputSize: 3 });
    expect(params).toHaveLength(2 * 4 * (3 + 2));
    for (let r = 0; r < rows.count; r++) {
      expect([...rows.source.subarray(rows.start[r], rows.start[r + 1])]).toEqual([0, 1, 2, 3, 4 + (r % 4)]);
    }
  });

  it.each([{}, { density: 0.5 }, { density: 0.5, mask: 'shared' }])(
    'is learned exactly by one trace per parameter: SnAp-1 = columnar = RTRL = BPTT, with %j',
    async (options) => {
      const problem = await randomProblem({ id: 'elstm', options: { units: 5, ...options }, steps: 40 });
      const exact = bptt(problem);
      for (const estimator of ['snap', 'columnar', 'rtrl']) {
        expectEqual(await estimateBy(problem, estimator), exact, 1e-12);
      }
      expectEqual(await estimateBy(problem, 'snap', { convention: 'strict' }), exact, 1e-12);
      expectDifferent(await estimateBy(problem, 'immediate'), exact, 1e-2); // control: the past does matter
    },
  );

  it('keeps its state where the gate is shut', async () => {
    const cell = await createCell({ id: 'elstm', options: { forgetBias: 40 } });
    const lane = cell.lane();
    lane.state.fill(0.7);
    for (let t = 0; t < 20; t++) step(cell, lane, Float64Array.of(1, -1, 0.5));
    lane.state.forEach((c) => expect(c).toBeCloseTo(0.7, 12));
  });

  it('is a net of tanh columns where the gate is open', async () => {
    const problem = await randomProblem({ id: 'elstm', options: { units: 4, forgetBias: -60 } });
    const columns = await createCell({ id: 'tanh-columns', options: { columns: 4 } });
    columns.params.set(problem.cell.params.subarray(columns.params.length)); // the candidate's
    expectEqual(states(problem), states({ ...problem, cell: columns }), 1e-12);
    columns.params.set(problem.cell.params.subarray(0, columns.params.length)); // control
    expectDifferent(states(problem), states({ ...problem, cell: columns }), 1e-2);
  });

  it('lets both gates of a unit read the same inputs with a shared mask', async () => {
    const { rows } = await createCell({
      id: 'elstm',
      options: { units: 30, density: 0.4, mask: 'shared' },
      inputSize: 12,
    });
    const sources = (r: number): number[] => [...rows.source.subarray(rows.start[r], rows.start[r + 1])];
    for (let unit = 0; unit < 30; unit++) expect(sources(30 + unit)).toEqual(sources(unit));
    expect((rows.source.length - 4 * 30) / (2 * 30 * 12)).toBeCloseTo(0.4, 1);
  });
});
