import { describe, expect, it } from 'vitest';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { add, denseI, leftTimes } from '../oracle/dense.ts';
import { createEstimator, estimateBy } from '../oracle/estimate.ts';
import { createCell, errorAt, randomProblem, roll } from '../oracle/problem.ts';

describe('immediate', () => {
  it.each([{ id: 'tanh' }, { id: 'gru' }, { id: 'lstm' }, { id: 'deep-columns', options: { lateral: 0.3 } }])(
    'is the sum of q_t I_t on $id',
    async (spec) => {
      const problem = await randomProblem(spec);
      const { cell } = problem;
      const reference = new Float64Array(cell.params.length);
      const late = new Float64Array(cell.params.length); // control: errors one step late
      let q: Float64Array | null = null;
      roll(problem, (t, lane) => {
        if (q) add(late, leftTimes(q, denseI(cell, lane), late.length));
        q = errorAt(problem, t, lane.state);
        add(reference, leftTimes(q, denseI(cell, lane), reference.length));
      });
      expectEqual(await estimateBy(problem, 'immediate'), reference, 1e-12);
      expectDifferent(await estimateBy(problem, 'immediate'), late, 1e-3);
    },
  );

  it('never claims to be exact on a cell with a state', async () => {
    const claim = async (id: string): Promise<boolean> => {
      const cell = await createCell({ id });
      return (await createEstimator(cell, 'immediate')).exactOn(cell.rows);
    };
    expect(await claim('none')).toBe(true);
    expect(await claim('tanh-columns')).toBe(false);
  });
});
