import { createRng } from '@rl-tools/envs';
import { beforeAll, describe, expect, it } from 'vitest';
import { passive } from '../../src/audit/passive.ts';
import { estimatorVariants } from '../../src/estimator-variants.ts';
import { listParts } from '../../src/registry.ts';
import { resolvePart } from '../../src/resolve-part.ts';
import { auditEntries, makeEntries, type MakeNeeds } from '../../src/run/audit-entries.ts';
import type { Cell } from '../../src/types.ts';
import { createEstimator } from '../oracle/estimate.ts';
import { createCell } from '../oracle/problem.ts';

const active = async (id: string, options: object = {}) => (await resolvePart('estimators', { ...options, id })).choice;
const labels = async (list: string, own = active('snap')): Promise<string[]> =>
  (await auditEntries(list, await own)).map(({ label, isActive }) => (isActive ? `${label} *` : label));

describe('the list of an audit', () => {
  it('is by default every estimator of the folder, in every variant', async () => {
    const entries = await auditEntries('all', await active('snap'));
    expect(entries).toHaveLength(estimatorVariants().length);
    expect(new Set(entries.map(({ choice }) => choice.id))).toEqual(new Set(listParts('estimators')));
    expect(entries.filter(({ isActive }) => isActive).map(({ label }) => label)).toEqual(['snap n=1']);
  });

  it('has the agent’s own estimator in front where nobody names it, with what makes it its own', async () => {
    expect(await labels('uoro,immediate')).toEqual(['snap *', 'uoro', 'immediate']);
    expect(await labels('uoro', active('tbptt', { window: 7 }))).toEqual(['tbptt window=7 *', 'uoro']);
    expect(await labels('uoro,snap')).toEqual(['uoro', 'snap *']);
    const groups = active('snap', { groups: [{ match: '*', reads: 'recurrent', id: 'rtrl' }] });
    expect(await labels('uoro', groups)).toEqual(['snap by groups *', 'uoro']);
  });

  it('takes options, and names the same thing once', async () => {
    expect(await labels('snap:n=2,tbptt:window=5:mode=chunked')).toEqual([
      'snap *',
      'snap n=2',
      'tbptt window=5 mode=chunked',
    ]);
    expect(await labels('snap,snap:n=1,snap:convention=unit-block')).toEqual(['snap *']);
  });

  it('refuses what it cannot read in one line', async () => {
    await expect(labels('snap,,uoro')).rejects.toThrow('Cannot use --estimators : write all, or names such as');
    await expect(labels('rtlr')).rejects.toThrow('did you mean "rtrl"?');
    await expect(labels('snap:m=2')).rejects.toThrow('there is no option m');
    await expect(labels('snap:n=zero')).rejects.toThrow('n: expected number, got "zero"');
  });
});

describe('the estimators of an audit', () => {
  let cell: Cell;
  beforeAll(async () => {
    cell = await createCell({ id: 'gru' });
  });
  const make = async (list: string, needs: Partial<MakeNeeds> = {}) =>
    makeEntries(await auditEntries(list, await active('snap')), {
      cell,
      draw: createRng,
      budget: 1e6,
      shadow: null,
      ...needs,
    });

  it('are made, and told exact where they are', async () => {
    const { taken, leftOut } = await make('snap,rtrl');
    expect(taken.map(({ label, isExact }) => [label, isExact])).toEqual([
      ['snap', false],
      ['rtrl', true],
    ]);
    expect(leftOut).toEqual([]);
  });

  it('are left out with the reason: over the budget, or in need of targets', async () => {
    const { taken, leftOut } = await make('snap,rtrl,dni', { budget: 3000 });
    expect(taken.map(({ label }) => label)).toEqual(['snap']);
    expect(leftOut).toEqual([
      {
        label: 'rtrl',
        reason: expect.stringMatching(/^it takes [\d,]+ multiply-adds per step, the budget is 3,000/) as string,
      },
      { label: 'dni', reason: 'it learns from targets, and this agent learns from TD errors' },
    ]);
  });

  it('include the shadow where it is one of them, and that alone', async () => {
    const shadow = passive(await createEstimator(cell, 'rtrl'));
    const { taken } = await make('rtrl,snap:n=2', { shadow, budget: 1 });
    expect(taken.map(({ label }) => label)).toEqual(['rtrl']);
    expect(taken[0]!.estimator).toBe(shadow);
  });
});
