import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { chooseReference, type ReferenceOptions } from '../../src/audit/choose-reference.ts';
import { createEstimator } from '../oracle/estimate.ts';
import { createCell } from '../oracle/problem.ts';

describe('the reference of an audit', () => {
  const choose = async (kind: ReferenceOptions['kind'], within: number) => {
    const cell = await createCell({ id: 'gru' });
    const { cost } = await createEstimator(cell, 'rtrl');
    const budget = cost.macsPerStep + within;
    return { ...chooseReference(cell, { kind, budget, stretch: 10, rng: createRng(0) }), cost };
  };

  it('is exact RTRL where the budget allows it, else a probe', async () => {
    expect((await choose('auto', 0)).reference.kind).toBe('shadow');
    expect((await choose('auto', -1)).reference.kind).toBe('probe');
    const { exactMacs, cost } = await choose('auto', -1);
    expect(exactMacs).toBe(cost.macsPerStep);
  });

  it('is what is asked for, unless the budget forbids it', async () => {
    expect((await choose('probe', 0)).reference.kind).toBe('probe');
    expect((await choose('shadow', 0)).reference.kind).toBe('shadow');
    await expect(choose('shadow', -1)).rejects.toThrow(
      /^Cannot audit against exact RTRL: it takes \d+ multiply-adds per step, the budget is \d+; raise --budget/,
    );
  });
});
