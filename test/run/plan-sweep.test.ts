/** From an experiment, or a pair, and what is laid over it to the settings of a sweep. */
import { describe, expect, it } from 'vitest';
import { defineExperiment } from '../../src/experiment/experiment.ts';
import { predictionRun } from '../../src/experiment/prediction-run.ts';
import { settingHash } from '../../src/results/setting-hash.ts';
import { sweepPlan } from '../../src/results/sweep-plan.ts';
import { planSweep } from '../../src/run/plan-sweep.ts';

const pair = { experiment: null, agent: 'columnar-td', env: 'cycle-world' } as const;
const two = defineExperiment({
  question: 'Which of two is better?',
  title: 'Two agents',
  sweep: (full) =>
    ['columnar-td', 'no-memory'].map((agent) => ({ agent, env: { id: 'cycle-world' }, steps: full ? 90 : 9 })),
  seeds: (full) => (full ? 3 : 2),
  run: predictionRun,
  score: () => ({}),
});
const labels = async (needs: Parameters<typeof planSweep>[0]): Promise<string[]> =>
  (await planSweep(needs)).settings.map(({ label }) => label);
const refusal = async (needs: Parameters<typeof planSweep>[0]): Promise<string> =>
  planSweep(needs).then(
    () => 'nothing refused',
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('a plan', () => {
  it('of an experiment holds its settings and its seeds, at either size', async () => {
    const plan = await planSweep({ name: 'two', experiment: two });
    expect(sweepPlan.parse(plan)).toEqual(plan);
    expect(plan).toMatchObject({ experiment: 'two', seeds: [0, 1] });
    expect(plan.settings.map(({ label, config }) => [label, config['steps']])).toEqual([
      ['columnar-td', 9],
      ['no-memory', 9],
    ]);
    for (const { hash, config } of plan.settings) expect(hash).toBe(settingHash(config));
    const full = await planSweep({ name: 'two', experiment: two, full: true, agent: 'no-memory', seeds: [7] });
    expect(full.settings.map(({ config }) => config['steps'])).toEqual([90]);
    expect(full.seeds).toEqual([7]);
    expect(full.id).not.toBe(plan.id);
  });

  it('sweeps a list for every setting, settings first, the last key fastest', async () => {
    const set = { agent: { rule: { alpha: [0.1, 0.01] } }, steps: { $linear: [5, 6, 2] } };
    expect(await labels({ name: 'two', experiment: two, set })).toEqual(
      ['columnar-td', 'no-memory'].flatMap((agent) =>
        [0.1, 0.01].flatMap((alpha) => [5, 6].map((steps) => `${agent} rule.alpha=${alpha} steps=${steps}`)),
      ),
    );
  });

  it('of a pair has one seed, and the name of both', async () => {
    const plan = await planSweep({ ...pair, set: { agent: { rule: { alpha: { $log10: [-3, -2] } } } } });
    expect(plan).toMatchObject({ experiment: 'columnar-td.cycle-world', seeds: [0] });
    expect(plan.settings.map(({ label }) => label)).toEqual([
      'columnar-td rule.alpha=0.001',
      'columnar-td rule.alpha=0.01',
    ]);
  });

  it('has the same id for the same settings alone', async () => {
    const id = async (alpha: unknown): Promise<string> =>
      (await planSweep({ ...pair, set: { agent: { rule: { alpha } } } })).id;
    expect(await id([0.1, 0.01])).toBe(await id({ $log10: [-1, -2] }));
    expect(await id([0.1, 0.01])).not.toBe(await id([0.1, 0.02]));
  });

  it('lays flags over as they are, lists too, and what is set after them', async () => {
    const flags = { include: ['lastAction', 'lastReward'], agent: { rule: { id: 'td-lambda' } } };
    const plan = await planSweep({ ...pair, flags, set: { agent: { rule: { alpha: [0.1, 0.2] } } } });
    expect(plan.settings).toHaveLength(2);
    for (const { config } of plan.settings) {
      expect(config).toMatchObject({ include: flags.include, agent: { rule: { id: 'td-lambda' } } });
    }
  });

  it('runs settings once that defaults make alike', async () => {
    const set = { agent: { rule: [{ id: 'td-lambda' }, { id: 'td-lambda', lambda: [0, 0.5] }] } };
    const all = (await planSweep({ ...pair, set })).settings;
    expect(all.length).toBeLessThan(4);
    expect(new Set(all.map(({ hash }) => hash)).size).toBe(all.length);
  });

  it('draws at random from settings and lists together, the same for a seed', async () => {
    const needs = { name: 'two', experiment: two, set: { agent: { rule: { alpha: [0.1, 0.2, 0.3, 0.4] } } } };
    const drawn = async (count: number, seed: number): Promise<string[]> =>
      labels({ ...needs, random: { count, seed } });
    expect(await drawn(4, 0)).toEqual(await drawn(4, 0));
    expect(await drawn(4, 0)).not.toEqual(await drawn(4, 1));
    expect((await drawn(100, 0)).sort()).toEqual((await labels(needs)).sort());
  });
});

describe('a list', () => {
  const trace = { ...pair, env: 'trace-conditioning' };
  const hint = 'a list is swept, one value at a time: for the list itself write env.isi=[[14,26]]';

  it('that was meant as a value is refused with the way to write it', async () => {
    const line = await refusal({ ...trace, set: { env: { isi: [14, 26] } } });
    expect(line).toBe(`UserError: Cannot make environment trace-conditioning: isi: expected tuple, got 14; ${hint}`);
    expect(await refusal({ ...pair, set: { include: ['lastAction'] } })).toContain('write include=[["lastAction"]]');
    const [one] = (await planSweep({ ...trace, set: { env: { isi: [[14, 26]] } } })).settings;
    expect(one!.config).toMatchObject({ env: { isi: [14, 26] } });
  });

  it('is not hinted at where something else is wrong', async () => {
    const line = await refusal({ ...trace, set: { env: { isi: 14 }, steps: [5, 6] } });
    expect(line).toBe('UserError: Cannot make environment trace-conditioning: isi: expected tuple, got 14');
  });
});

describe('what cannot be planned', () => {
  it.each([
    [{ experiment: null, agent: 'columnar-td' }, 'Cannot run nothing'],
    [{ name: 'two', experiment: two, agent: 'nobody' }, 'its agents are columnar-td, no-memory'],
    [{ ...pair, set: { agent: { rule: { alpha: [] } } } }, 'Cannot sweep over agent.rule.alpha: an empty list'],
  ])('is one line', async (needs, words) => {
    const line = await refusal(needs);
    expect(line).toMatch(/^UserError: [^\n]+$/);
    expect(line).toContain(words);
  });
});
