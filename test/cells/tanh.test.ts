import { describe, expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { spectralRadius } from '../../src/spectral-radius.ts';
import type { Cell } from '../../src/types.ts';
import { createCell } from '../oracle/problem.ts';

describe('tanh', () => {
  it('computes (1 - alpha) h + alpha tanh(U x + b + W h)', async () => {
    const cell = await createCell({ id: 'tanh', options: { units: 2, leak: 0.25 }, inputSize: 1 });
    cell.params.set([0.1, 0.2, 0.3, 0.4, -0.5, -0.6, 0.7, -0.8]); // per unit: U, b, W
    const lane = cell.lane();
    lane.state.set([0.5, -1]);
    step(cell, lane, Float64Array.of(2));
    expect(lane.state[0]).toBeCloseTo(0.75 * 0.5 + 0.25 * Math.tanh(0.1 * 2 + 0.2 + 0.3 * 0.5 + 0.4 * -1), 14);
    expect(lane.state[1]).toBeCloseTo(0.75 * -1 + 0.25 * Math.tanh(-0.5 * 2 - 0.6 + 0.7 * 0.5 - 0.8 * -1), 14);
  });

  it('spares the constant and self-connections when it drops weights', async () => {
    const units = 40;
    const { rows } = await createCell({ id: 'tanh', options: { units, density: 0.1 }, inputSize: 20 });
    for (let unit = 0; unit < units; unit++) {
      const sources = [...rows.source.subarray(rows.start[unit], rows.start[unit + 1])];
      expect(sources).toContain(20);
      expect(sources).toContain(21 + unit);
    }
    const dropped = 1 - (rows.source.length - 2 * units) / (units * (20 + units - 1));
    expect(dropped).toBeCloseTo(0.9, 1);
  });

  it('draws weights within 1 / sqrt(fan-in), times the gain', async () => {
    const { params } = await createCell({ id: 'tanh', options: { units: 12, gain: 3 }, inputSize: 3 });
    const largest = Math.max(...params.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(3 / 4);
    expect(largest).toBeGreaterThan(0.95 * (3 / 4));
  });

  it('scales its recurrent weights, and no others, to the spectral radius asked for', async () => {
    for (const density of [1, 0.2]) {
      const options = { units: 30, density };
      const [drawn, scaled] = [
        await createCell({ id: 'tanh', options }),
        await createCell({ id: 'tanh', options: { ...options, spectralRadius: 0.9 } }),
      ];
      expect(scaled.rows).toEqual(drawn.rows);
      expect(radiusOf(scaled)).toBeCloseTo(0.9, 8);
      const ratio = 0.9 / radiusOf(drawn);
      expect(Math.abs(ratio - 1)).toBeGreaterThan(0.01);
      scaled.params.forEach((weight, e) => {
        const expected = drawn.rows.source[e]! > 3 ? ratio * drawn.params[e]! : drawn.params[e]!;
        expect(weight).toBeCloseTo(expected, 12);
      });
    }
  });
});

/** Of W alone, as a full matrix. */
function radiusOf({ rows, params, units }: Cell): number {
  const W = Array.from({ length: units }, () => new Float64Array(units));
  for (let unit = 0; unit < units; unit++) {
    for (let e = rows.start[unit]!; e < rows.start[unit + 1]!; e++) {
      const from = rows.source[e]! - rows.inputSize - 1;
      if (from >= 0) W[unit]![from] = params[e]!;
    }
  }
  return spectralRadius(units, (v, out) =>
    W.forEach((row, i) => (out[i] = row.reduce((sum, w, j) => sum + w * v[j]!, 0))),
  );
}
