import { describe, expect, it } from 'vitest';
import { createBed, lateralProbability } from '../../bench/testbed/bed.ts';

describe('the test-bed', () => {
  it('turns sparsity into the probability of a lateral link', () => {
    expect(lateralProbability(0)).toBe(0);
    expect(lateralProbability(0.1)).toBeCloseTo(0.0043, 4);
    expect(lateralProbability(4)).toBeCloseTo(0.174, 3);
    expect(lateralProbability(23)).toBe(1);
    expect(lateralProbability(100)).toBe(1);
  });

  it('draws bits, targets within 50 of zero and a small read-out', () => {
    const { inputs, targets, head, cell } = createBed({ sparsity: 23, seed: 0 });
    const bits = inputs.flatMap((x) => [...x]);
    expect(new Set(bits)).toEqual(new Set([0, 1]));
    expect(bits.reduce((sum, bit) => sum + bit, 0) / bits.length).toBeCloseTo(0.5, 1);
    expect(targets.every((y) => Math.abs(y) <= 50)).toBe(true);
    expect(Math.max(...targets) - Math.min(...targets)).toBeGreaterThan(80);
    expect(Math.sqrt(head.reduce((sum, w) => sum + w * w, 0) / head.length)).toBeCloseTo(0.1, 1);
    expect(cell.params).toHaveLength(20 * 5 * 51 + 20 * 5 * 6 + 2 * 20 * (5 * 20 + 20 + 1));
  });

  it('keeps the data when only the sparsity changes', () => {
    const [none, full] = [createBed({ sparsity: 0, seed: 3 }), createBed({ sparsity: 23, seed: 3 })];
    expect(full.inputs).toEqual(none.inputs);
    expect(full.targets).toEqual(none.targets);
    expect(createBed({ sparsity: 0, seed: 4 }).targets).not.toEqual(none.targets);
  });
});
