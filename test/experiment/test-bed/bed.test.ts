import { describe, expect, it } from 'vitest';
import { createBed, lateralProbability } from '../../../src/experiment/test-bed/bed.ts';

describe('the test-bed', () => {
  it('turns sparsity into the probability of a lateral link', () => {
    expect(lateralProbability(0)).toBe(0);
    expect(lateralProbability(0.1)).toBeCloseTo(0.0043, 4);
    expect(lateralProbability(4)).toBeCloseTo(0.174, 3);
    expect(lateralProbability(23)).toBe(1);
    expect(lateralProbability(100)).toBe(1);
  });

  it('draws bits, targets within 50 of zero and a small read-out', async () => {
    const { inputs, targets, head, cell } = await createBed({ sparsity: 23, seed: 0 });
    const bits = inputs.flatMap((x) => [...x]);
    expect([inputs.length, inputs[0]!.length]).toEqual([50, 50]);
    expect(new Set(bits)).toEqual(new Set([0, 1]));
    expect(bits.reduce((sum, bit) => sum + bit, 0) / bits.length).toBeCloseTo(0.5, 1);
    expect(targets.every((y) => Math.abs(y) <= 50)).toBe(true);
    expect(Math.max(...targets) - Math.min(...targets)).toBeGreaterThan(80);
    expect(Math.sqrt(head.reduce((sum, w) => sum + w * w, 0) / head.length)).toBeCloseTo(0.1, 1);
    expect(cell.params).toHaveLength(20 * 5 * 51 + 20 * 5 * 6 + 2 * 20 * (5 * 20 + 20 + 1));
  });

  it('shows every observation once, each with a target of its own', async () => {
    const { inputs, targets } = await createBed({ sparsity: 0, seed: 1, columns: 2 });
    expect(new Set(inputs.map((x) => x.join(''))).size).toBe(50);
    expect(new Set(targets).size).toBe(50);
  });

  it('keeps the data when only the sparsity or the gate changes', async () => {
    const none = await createBed({ sparsity: 0, seed: 3 });
    const full = await createBed({ sparsity: 23, seed: 3, gate: 'feed-forward' });
    expect([full.inputs, full.targets, full.head]).toEqual([none.inputs, none.targets, none.head]);
    expect((await createBed({ sparsity: 0, seed: 4 })).targets).not.toEqual(none.targets);
  });
});
