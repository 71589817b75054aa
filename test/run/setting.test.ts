import { relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveSetting } from '../../src/run/setting.ts';
import { SMALL_ENV, smallSetting } from '../support/runs.ts';
import { smallAgent } from '../support/learners.ts';
import { put, tempFolder } from '../support/temp.ts';
import { LEAKY_CELL, RING_ENV } from '../support/user-files.ts';

const folder = tempFolder();
const agent = { ...smallAgent(), id: 'small' };

describe('a setting', () => {
  it('has every default filled in, those of the parts and of the environment too', async () => {
    const setting = await resolveSetting({ agent, env: { id: 'trace-conditioning' } });
    expect(setting).toMatchObject({ steps: 100_000, every: 2000, window: 10_000, target: 'return', learn: true });
    expect(setting.agent.rule).toEqual({
      id: 'td-lambda',
      alpha: 0.05,
      headAlpha: null,
      lambda: 0.8,
      trace: 'accumulating',
      anew: false,
    });
    expect(setting.agent.cell).toMatchObject({ id: 'tanh-columns', columns: 2, scale: 0.5 });
    expect(setting.env).toMatchObject({ isi: [7, 13], distractors: 10 });
  });

  it('resolves to itself', async () => {
    const setting = await smallSetting();
    expect(await resolveSetting(setting)).toEqual(setting);
    expect(await smallSetting({ steps: 5 })).not.toEqual(setting);
  });

  it('knows the generator that an environment draws from', async () => {
    const env = { id: 'trace-conditioning', rng: 'numpy' };
    const setting = await resolveSetting({ agent, env });
    expect(setting.env).toMatchObject({ rng: 'numpy', distractors: 10 });
    expect(await resolveSetting(setting)).toEqual(setting);
    await expect(resolveSetting({ agent, env: { ...env, rng: 'nunpy' } })).rejects.toThrow('unknown rng "nunpy"');
  });

  it("scores against the target of the environment's floors, unless told otherwise", async () => {
    const ccn = { id: 'ccn-trace-patterning' };
    expect((await resolveSetting({ agent, env: ccn })).target).toBe('value');
    expect((await resolveSetting({ agent, env: ccn, target: 'return' })).target).toBe('return');
  });

  it('keeps paths whole, so that a run can be gone on with from anywhere', async () => {
    const cell = put(folder, 'leaky.ts', LEAKY_CELL);
    const env = put(folder, 'ring.ts', RING_ENV);
    const setting = await resolveSetting({
      agent: { ...agent, cell: { id: relative('.', cell) } },
      env: { id: relative('.', env) },
    });
    expect(setting.agent.cell).toEqual({ id: cell, columns: 3, leak: 0.9 });
    expect(setting.env.id).toBe(env);
    expect((await resolveSetting({ agent, env: SMALL_ENV, load: 'here/state.ckpt' })).load).toBe(
      resolve('here/state.ckpt'),
    );
  });
});

describe('what is wrong with a setting is told in one line', () => {
  const wrong: [string, Record<string, unknown>, string][] = [
    ['an unknown option', { step: 5 }, 'Cannot set up the run: there is no option step'],
    ['a wrong number', { steps: 0 }, 'Cannot set up the run: steps: '],
    ['an unknown part', { agent: { ...agent, cell: { id: 'lstm-colums' } } }, 'did you mean "lstm-columns"?'],
    [
      'an option of a part',
      { agent: { ...agent, rule: { id: 'rmsprop', alpha: -1 } } },
      'Cannot set up rmsprop (step-sizes): alpha: ',
    ],
    [
      'an option of the environment',
      { env: { id: 'cycle-world', state: 3 } },
      'Cannot make environment cycle-world: there is no option state',
    ],
    ['an unknown environment', { env: { id: 'cycle-word' } }, 'did you mean "cycle-world"?'],
    ['nothing to include', { include: ['lastObservation'] }, 'include.0: '],
  ];
  it.each(wrong)('%s', async (_, over, message) => {
    const act = resolveSetting({ agent, env: { id: 'cycle-world' }, ...over });
    const error: unknown = await act.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: expect.stringMatching(/^(User|Env)Error$/) as string });
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('\n');
    await expect(resolveSetting({ agent, env: { id: 'cycle-world' } })).resolves.toBeDefined();
  });
});

describe('a target that the environment cannot give', () => {
  it('is refused where the environment has no value of its own', async () => {
    await expect(smallSetting({ target: 'value' })).rejects.toThrow(
      /^Cannot score trace-conditioning by value: it has none of its own; use target=return$/,
    );
  });

  it('is refused at a discount that is not the value’s, and granted at its own', async () => {
    const env = { id: 'ccn-trace-patterning' };
    await expect(smallSetting({ env, discount: 0.5 })).rejects.toThrow(
      /^Cannot score ccn-trace-patterning by its own value at discount 0.5: that value is for 0.9; use target=return$/,
    );
    expect((await smallSetting({ env, discount: 0.9 })).target).toBe('value');
    expect((await smallSetting({ env, discount: 0.5, target: 'return' })).target).toBe('return');
  });
});
