import { describe, expect, it } from 'vitest';
import { methodsOf } from '../../src/report/methods.ts';
import { madeUpSetting, settingRuns } from '../support/report-runs.ts';
import type { Setting } from '../../src/run/setting.ts';

const runs = (setting: Setting) => settingRuns(setting, {});
const told = (settings: readonly Setting[], overrides = {}) =>
  methodsOf(settings.map(runs), overrides).map(({ name, tuned, settings: own }) => ({ name, tuned, n: own.length }));

describe('methods', () => {
  const sweep = ['a', 'b'].flatMap((agent) => [0.1, 0.2, 0.4].map((alpha) => madeUpSetting(agent, { alpha })));

  it('are agents, and their numbers that vary are hyperparameters', () => {
    expect(told(sweep)).toEqual([
      { name: 'a', tuned: ['agent.rule.alpha'], n: 3 },
      { name: 'b', tuned: ['agent.rule.alpha'], n: 3 },
    ]);
  });

  it('are named by the rule, the environment and the steps where these vary, and by nothing that follows', () => {
    const rules = ['adam', 'idbd'].map((id) => madeUpSetting('a', { id, [`of ${id}`]: 1 }));
    expect(told(rules).map(({ name }) => name)).toEqual(['a rule=adam', 'a rule=idbd']);
    const isis = [
      [7, 13],
      [14, 26],
    ].map((isi) => madeUpSetting('a', {}, { env: { id: 'trace-conditioning', isi } }));
    expect(told(isis).map(({ name }) => name)).toEqual(['a env.isi=[7,13]', 'a env.isi=[14,26]']);
    const steps = [1000, 2000].map((n) => madeUpSetting('a', {}, { steps: n, every: n / 10, window: n / 10 }));
    expect(told(steps).map(({ name }) => name)).toEqual(['a steps=1000', 'a steps=2000']);
  });

  it('keep what is asked to name them, and tune what is asked to be tuned, by the end of a path', () => {
    expect(told(sweep, { keep: ['rule.alpha'] })).toHaveLength(6);
    const words = ['x', 'y'].map((kind) => madeUpSetting('a', { kind }));
    expect(told(words)).toHaveLength(2);
    expect(told(words, { tune: ['kind'] })).toEqual([{ name: 'a', tuned: ['agent.rule.kind'], n: 2 }]);
  });

  it('refuse a path that is not there, or that may be several', () => {
    expect(() => told(sweep, { tune: ['alfa'] })).toThrow('Cannot use --tune alfa: no setting here has such an option');
    expect(() => told(sweep, { keep: ['id'] })).toThrow(/^Cannot use --keep id: it may be agent\.id or /);
  });

  it('belong to one task where nothing but the agent varies', () => {
    const other = madeUpSetting('a', {}, { steps: 5 });
    expect(new Set(methodsOf(sweep.map(runs)).map(({ task }) => task))).toEqual(new Set(['trace-conditioning']));
    const tasks = methodsOf([...sweep, other].map(runs)).map(({ task }) => task);
    const shorts = methodsOf([...sweep, other].map(runs)).map(({ name, short }) => [name, short]);
    expect(shorts).toEqual([
      ['a steps=1000', 'a'],
      ['b', 'b'],
      ['a steps=5', 'a'],
    ]);
    expect(tasks).toEqual([
      'trace-conditioning steps=1000',
      'trace-conditioning steps=1000',
      'trace-conditioning steps=5',
    ]);
  });
});
