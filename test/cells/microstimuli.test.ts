import { describe, expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { createCell } from '../oracle/problem.ts';

describe('microstimuli', () => {
  const options = { stimuli: 4, decay: 0.8, sigma: 0.1 };

  it('starts a trace at the onset of a signal and lets it decay, on or off', async () => {
    const cell = await createCell({ id: 'microstimuli', options, inputSize: 1 });
    const lane = cell.lane();
    const traces = [0, 1, 1, 0, 0, 1].map((signal) => {
      step(cell, lane, Float64Array.of(signal));
      return lane.state[0]!;
    });
    [0, 1, 0.8, 0.64, 0.512, 1].forEach((y, t) => expect(traces[t]).toBeCloseTo(y, 14));
  });

  it('reads the trace through Gaussians centred at n/N, weighted by its height', async () => {
    const cell = await createCell({ id: 'microstimuli', options, inputSize: 2 });
    const lane = cell.lane();
    for (const signal of [1, 0, 0]) step(cell, lane, Float64Array.of(0, signal));
    const y = 0.64;
    const expected = [1, 2, 3, 4].map((n) => y * Math.exp(-((y - n / 4) ** 2) / (2 * 0.1 ** 2)));
    const read = [...cell.readout].map((entry) => lane.state[entry]!);
    expect(read.slice(0, 4)).toEqual([0, 0, 0, 0]); // the silent signal
    read.slice(4).forEach((value, n) => expect(value).toBeCloseTo(expected[n]!, 14));
  });

  it('cuts the dependence on the past at an onset', async () => {
    const cell = await createCell({ id: 'microstimuli', options, inputSize: 1 });
    const lane = cell.lane();
    const slopes = [1, 1, 0, 1].map((signal) => {
      step(cell, lane, Float64Array.of(signal));
      return lane.direct[0]; // dy_t / dy_{t-1}
    });
    expect(slopes).toEqual([0, 0.8, 0.8, 0]);
  });

  it('has nothing to learn', async () => {
    const { params, rows } = await createCell({ id: 'microstimuli', options });
    expect(params).toHaveLength(0);
    expect(rows.count).toBe(0);
  });
});
