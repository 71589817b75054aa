import { describe, expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { createCell } from '../oracle/problem.ts';

const sigma = (a: number): number => 1 / (1 + Math.exp(-a));

describe.each([
  { id: 'lstm', options: { units: 1 } },
  { id: 'lstm-columns', options: { columns: 1 } },
])('$id with one unit', (spec) => {
  it('computes c = f c + i g and h = o tanh(c)', async () => {
    const cell = await createCell({ ...spec, inputSize: 1 });
    cell.params.set([0.1, 0.2, 0.3, -0.4, 0.5, -0.6, 0.7, 0.8, -0.9, 1, -1.1, 1.2]); // input, forget, output, candidate
    const lane = cell.lane();
    lane.state.set([0.4, -0.5]);
    step(cell, lane, Float64Array.of(2));
    const i = sigma(0.1 * 2 + 0.2 + 0.3 * -0.5);
    const f = sigma(-0.4 * 2 + 0.5 - 0.6 * -0.5);
    const o = sigma(0.7 * 2 + 0.8 - 0.9 * -0.5);
    const g = Math.tanh(1 * 2 - 1.1 + 1.2 * -0.5);
    const c = f * 0.4 + i * g;
    expect(lane.state[0]).toBeCloseTo(c, 14);
    expect(lane.state[1]).toBeCloseTo(o * Math.tanh(c), 14);
  });
});

describe('lstm', () => {
  it('has 4 k (k + m + 1) parameters and lets heads read h alone', async () => {
    const { params, readout } = await createCell({ id: 'lstm', options: { units: 3 }, inputSize: 2 });
    expect(params).toHaveLength(4 * 3 * (3 + 2 + 1));
    expect([...readout]).toEqual([1, 3, 5]);
  });

  it('opens the forget gate at the start', async () => {
    const { params, rows } = await createCell({ id: 'lstm', options: { units: 2, forgetBias: 1.5 }, inputSize: 2 });
    const biases = [...params].filter((_, e) => rows.source[e] === 2);
    expect(biases.slice(2, 4)).toEqual([1.5, 1.5]);
    expect(biases.filter((value) => value === 1.5)).toHaveLength(2);
  });
});

describe('lstm-columns', () => {
  it('has 4 (m + 2) parameters per column, drawn within the scale, the forget bias too', async () => {
    const { params } = await createCell({ id: 'lstm-columns', options: { columns: 50 }, inputSize: 7 });
    expect(params).toHaveLength(50 * 4 * (7 + 2));
    const largest = Math.max(...params.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(0.1);
    expect(largest).toBeGreaterThan(0.099);
  });

  it('reads no other column', async () => {
    const { rows } = await createCell({ id: 'lstm-columns', options: { columns: 4 }, inputSize: 2 });
    for (let r = 0; r < rows.count; r++) {
      const h = 3 + 2 * rows.dest[r]! + 1; // pre = [x (2); 1; c_0, h_0, c_1, ...]
      expect([...rows.source.subarray(rows.start[r], rows.start[r + 1])]).toEqual([0, 1, 2, h]);
    }
  });
});
