import { describe, expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { createCell } from '../oracle/problem.ts';

describe('deep-columns', () => {
  const sigma = (a: number): number => 1 / (1 + Math.exp(-a));

  it.each(['sum', 'convex'] as const)('computes features, gates and the %s of old and new', async (gate) => {
    const options = { columns: 1, features: 1, lateral: 1, gate };
    const cell = await createCell({ id: 'deep-columns', options, inputSize: 1 });
    // W1, b1 | W2, b2 | wf: F, h, b | wi: F, h, b
    cell.params.set([0.5, 0.1, 0.7, 0.2, 0.3, -0.4, 0.5, 0.6, -0.7, -0.8]);
    const lane = cell.lane();
    lane.state[0] = -0.5;
    step(cell, lane, Float64Array.of(2));
    const F = 0.7 * (0.5 * 2 + 0.1) + 0.2; // both above zero
    const f = sigma(0.3 * F - 0.4 * -0.5 + 0.5);
    const i = Math.tanh(0.6 * F - 0.7 * -0.5 - 0.8);
    expect(lane.state[0]).toBeCloseTo(f * -0.5 + (gate === 'sum' ? 1 : 1 - f) * i, 14);
  });

  it.each([
    ['accumulator', 1],
    ['feed-forward', 0],
  ] as const)('has no gate as %s', async (gate, kept) => {
    const options = { columns: 1, features: 1, lateral: 1, gate };
    const cell = await createCell({ id: 'deep-columns', options, inputSize: 1 });
    expect(cell.rows.groups.map(({ name }) => name)).toEqual(['hidden', 'feature', 'input']);
    // W1, b1 | W2, b2 | wi: F, h, b
    cell.params.set([0.5, 0.1, 0.7, 0.2, 0.6, -0.7, -0.8]);
    const lane = cell.lane();
    lane.state[0] = -0.5;
    step(cell, lane, Float64Array.of(2));
    const F = 0.7 * (0.5 * 2 + 0.1) + 0.2;
    expect(lane.state[0]).toBeCloseTo(kept * -0.5 + Math.tanh(0.6 * F - 0.7 * -0.5 - 0.8), 14);
  });

  it('cuts hidden and feature values below zero', async () => {
    const cell = await createCell({ id: 'deep-columns', options: { columns: 1, features: 1 }, inputSize: 1 });
    cell.params.fill(-1);
    const lane = cell.lane();
    step(cell, lane, Float64Array.of(3));
    expect([...lane.pre.subarray(-2)]).toEqual([0, 0]);
  });

  it('keeps every own feature and the share of other links that `lateral` says', async () => {
    const [M, k, lateral] = [20, 5, 0.2];
    const { rows } = await createCell({
      id: 'deep-columns',
      options: { columns: M, features: k, lateral },
      inputSize: 2,
    });
    const firstFeature = rows.width - M * k;
    let others = 0;
    for (let gate = 2 * M * k; gate < rows.count; gate++) {
      const column = (gate - 2 * M * k) % M;
      const sources = [...rows.source.subarray(rows.start[gate], rows.start[gate + 1])];
      for (let f = 0; f < k; f++) expect(sources).toContain(firstFeature + column * k + f);
      expect(sources).toContain(2); // the constant
      others += sources.length - k - 1;
    }
    expect(others / (2 * M * (k * (M - 1) + M))).toBeCloseTo(lateral, 1);
  });

  it('moves exactly the columns that read a feature within the step', async () => {
    const options = { columns: 6, features: 2, lateral: 0.2 };
    const { rows } = await createCell({ id: 'deep-columns', options });
    const firstFeature = rows.width - 12;
    for (let f = 0; f < 12; f++) {
      const readers = new Set([Math.floor(f / 2)]);
      for (let gate = 24; gate < rows.count; gate++) {
        const sources = rows.source.subarray(rows.start[gate], rows.start[gate + 1]);
        if (sources.includes(firstFeature + f)) readers.add((gate - 24) % 6);
      }
      expect(new Set(rows.dest.subarray(rows.destStart[12 + f], rows.destStart[13 + f]))).toEqual(readers);
    }
  });

  it('draws weights as nn.Linear does, with the full fan-in of the gates', async () => {
    const [M, k, m] = [10, 4, 25];
    const { params, rows } = await createCell({
      id: 'deep-columns',
      options: { columns: M, features: k },
      inputSize: m,
    });
    const bounds = [m, k, k * M + M, k * M + M].map((fan) => 1 / Math.sqrt(fan));
    rows.groups.forEach(({ start, end }, g) => {
      const largest = Math.max(...params.subarray(rows.start[start], rows.start[end]).map(Math.abs));
      expect(largest).toBeLessThanOrEqual(bounds[g]!);
      expect(largest).toBeGreaterThan(0.9 * bounds[g]!);
    });
  });
});
