import { describe, expect, it } from 'vitest';
import { cpuClock } from '../../src/plan/cpu-clock.ts';
import { planAgent, type PlanAgentNeeds } from '../../src/plan/plan-agent.ts';
import { listParts } from '../../src/registry.ts';
import { smallAgent } from '../support/learners.ts';

const NEEDS: PlanAgentNeeds = { inputSize: 4, seed: 0, clock: null };
const dense = (units: number) => smallAgent({ cell: { id: 'gru', units }, estimator: { id: 'snap', n: 1 } });

describe('planAgent', () => {
  it('plans every estimator of the folder, or says why it cannot', async () => {
    const { estimators, refused } = await planAgent(dense(5), NEEDS);
    const planned = new Set([
      ...estimators.map(({ estimator }) => estimator.id),
      ...refused.map(({ label }) => label.split(' ')[0]),
    ]);
    for (const id of listParts('estimators')) expect(planned, id).toContain(id);
  });

  it('knows which gradients are exact on this net', async () => {
    const verdict = async (cell: object, label: string) =>
      (await planAgent(smallAgent({ cell: cell as { id: string } }), NEEDS)).estimators.find(
        (plan) => plan.label === label,
      )!.gradient;
    expect(await verdict({ id: 'gru', units: 5 }, 'rtrl')).toBe('exact');
    expect(await verdict({ id: 'gru', units: 5 }, 'snap n=1')).toBe('biased');
    expect(await verdict({ id: 'gru', units: 5 }, 'snap n=2')).toBe('exact');
    expect(await verdict({ id: 'gru', units: 5 }, 'none')).toBe('none');
    expect(await verdict({ id: 'lstm-columns', columns: 3 }, 'columnar')).toBe('exact');
  });

  it('counts what is kept as a share of what RTRL keeps', async () => {
    const { estimators } = await planAgent(dense(5), NEEDS);
    const kept = (label: string) => estimators.find((plan) => plan.label === label)!.kept;
    expect(kept('rtrl')).toBe(1);
    expect(kept('snap n=1')).toBeCloseTo(1 / 5, 12);
    expect(kept('tbptt window=5')).toBeNull();
  });

  it('tells what RTRL would need on a net for which there is no memory', async () => {
    const { estimators } = await planAgent(dense(600), NEEDS); // 1.1 M parameters, 600 units
    const rtrl = estimators.find(({ label }) => label === 'rtrl')!;
    expect(rtrl.bytes).toBeGreaterThan(5e9);
    expect(rtrl.time).toBeNull();
  });

  it('lists the agent’s own estimator first where it is another setting', async () => {
    const agent = smallAgent({ cell: { id: 'gru', units: 5 }, estimator: { id: 'snap', n: 1, convention: 'strict' } });
    expect((await planAgent(agent, NEEDS)).estimators[0]!.label).toBe('snap n=1 convention=strict');
  });

  it('times short steps and tells long ones from smaller nets', async () => {
    const agent = smallAgent({ cell: { id: 'tanh', units: 90 }, estimator: { id: 'rtrl' } });
    const { estimators } = await planAgent(agent, { ...NEEDS, clock: cpuClock, path: 'reference' });
    const time = (label: string) => estimators.find((plan) => plan.label === label)!.time!;
    expect(time('snap n=1').isTimed).toBe(true);
    expect(time('rtrl').isTimed).toBe(false);
    expect(time('rtrl').us).toBeGreaterThan(20 * time('snap n=1').us);
  });

  it('refuses what a run would refuse, and cells with nothing to learn', async () => {
    const own = smallAgent({ cell: { id: 'gru', units: 3 }, estimator: { id: 'snap', n: 0 } });
    await expect(planAgent(own, NEEDS)).rejects.toThrow('Cannot set up snap (estimators)');
    const none = smallAgent({ cell: { id: 'none' }, estimator: { id: 'none' } });
    await expect(planAgent(none, NEEDS)).rejects.toThrow('Cannot plan estimators: the cell has no parameters to learn');
  });

  it('knows an estimator by its options, however they are written', async () => {
    const agent = smallAgent({ cell: { id: 'gru', units: 3 }, estimator: { id: 'snap', convention: 'unit-block' } });
    const { estimators } = await planAgent(agent, NEEDS);
    expect(estimators.filter(({ estimator }) => estimator.id === 'snap').map(({ label }) => label)).toEqual([
      'snap n=1',
      'snap n=2',
      'snap n=3',
    ]);
  });

  it('proposes nothing that moves a cell under a rule of the head alone', async () => {
    const agent = smallAgent({ cell: { id: 'gru', units: 3 }, estimator: { id: 'none' }, rule: { id: 'rls' } });
    const { estimators, refused, recommended } = await planAgent(agent, NEEDS);
    expect(estimators.map(({ label }) => label)).toEqual(['none']);
    expect(
      refused.every(({ why }) => why.startsWith('Cannot learn the cell: this step-size rule moves the head')),
    ).toBe(true);
    expect(recommended).toBeNull();
  });

  it('calls nothing exact behind random feedback, and reads lambda where it is a default', async () => {
    const base = { cell: { id: 'lstm-columns', columns: 2 }, rule: { id: 'td-lambda', alpha: 0.01 } };
    const plain = await planAgent(smallAgent(base), { ...NEEDS, discount: 0.9, delay: 20 });
    expect(plain.estimators.some(({ gradient }) => gradient === 'exact')).toBe(true);
    expect(plain.warnings[0]).toContain('= 5.3 steps');
    const fedBack = await planAgent(smallAgent({ ...base, feedback: { scale: 1 } }), NEEDS);
    expect(fedBack.estimators.some(({ gradient }) => gradient === 'exact')).toBe(false);
  });
});
