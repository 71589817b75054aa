import { describe, expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { createCell } from '../oracle/problem.ts';

describe('tanh-columns', () => {
  it('computes tanh(W x + b + u h) of the own h alone', async () => {
    const cell = await createCell({ id: 'tanh-columns', options: { columns: 2 }, inputSize: 1 });
    cell.params.set([0.1, 0.2, 0.3, -0.4, 0.5, -0.6]); // per column: W, b, u
    const lane = cell.lane();
    lane.state.set([0.5, -1]);
    step(cell, lane, Float64Array.of(2));
    expect(lane.state[0]).toBeCloseTo(Math.tanh(0.1 * 2 + 0.2 + 0.3 * 0.5), 14);
    expect(lane.state[1]).toBeCloseTo(Math.tanh(-0.4 * 2 + 0.5 - 0.6 * -1), 14);
  });
});
