import { describe, expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { createCell } from '../oracle/problem.ts';

describe('gru', () => {
  const sigma = (a: number): number => 1 / (1 + Math.exp(-a));

  it('resets after the recurrent product', async () => {
    const cell = await createCell({ id: 'gru', options: { units: 1 }, inputSize: 1 });
    // update [U, b, W], reset [U, b, W], recurrent [W], candidate [U, b]
    cell.params.set([0.1, 0.2, 0.3, -0.4, 0.5, -0.6, 0.7, 0.8, -0.9]);
    const lane = cell.lane();
    lane.state[0] = -0.5;
    step(cell, lane, Float64Array.of(2));
    const z = sigma(0.1 * 2 + 0.2 + 0.3 * -0.5);
    const r = sigma(-0.4 * 2 + 0.5 - 0.6 * -0.5);
    const a = Math.tanh(0.8 * 2 - 0.9 + r * (0.7 * -0.5));
    expect(lane.state[0]).toBeCloseTo((1 - z) * -0.5 + z * a, 14);
  });

  it('has 3 k (k + m + 1) parameters, each of which moves one unit', async () => {
    const { params, rows } = await createCell({ id: 'gru', options: { units: 5 }, inputSize: 4 });
    expect(params).toHaveLength(3 * 5 * (5 + 4 + 1));
    expect(rows.dest.length).toBe(rows.count);
  });

  it('sets the bias of the update gate alone when asked to', async () => {
    const [plain, biased] = [{}, { updateBias: -2 }].map((options) => createCell({ id: 'gru', options }));
    const { params: before, rows } = await plain!;
    const { params: after } = await biased!;
    const { start, end } = rows.groups.find(({ name }) => name === 'update')!;
    after.forEach((value, e) => {
      const isBias = rows.source[e] === rows.inputSize && e >= rows.start[start]! && e < rows.start[end]!;
      expect(value).toBe(isBias ? -2 : before[e]);
    });
    expect(after).not.toEqual(before);
  });
});
