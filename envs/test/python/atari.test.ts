/** An Atari game through ale-py; needs it beside gymnasium (see pythons.ts). */
import { describe, expect, test } from 'vitest';
import { difference, record, tupleForm } from '../../check/rollout.ts';
import { PythonEnv } from '../../python/python-env.ts';
import { makeEnv } from '../../registry.ts';
import { createRng } from '../../rng.ts';
import { hasAtari } from './pythons.ts';

describe.skipIf(!hasAtari)('python/ALE/Pong-v5', () => {
  test('plays the same game twice for a seed, by its memory and by its screen', async () => {
    const kwargs = { obs_type: 'ram', frameskip: 1 };
    const env = (await makeEnv('python/ALE/Pong-v5', { modules: ['ale_py'], kwargs, stderr: 'keep' })) as PythonEnv;
    expect([env.observationSpace.size, env.actionSpace.size, env.save]).toEqual([128, 6, undefined]);
    const rng = createRng(1);
    const actions = Array.from({ length: 300 }, () => env.actionSpace.sample(rng));
    const first = record(tupleForm(env), 7, actions);
    expect(difference(first, record(tupleForm(env), 7, actions))).toBe(null);
    expect(first.some(({ reward }) => reward === -1)).toBe(true);
    env.close();
    const screen = new PythonEnv('ALE/Pong-v5', { modules: ['ale_py'], stderr: 'keep' });
    expect([screen.observationSpace.shape, screen.reset()[0]]).toMatchObject([[210, 160, 3], { length: 100_800 }]);
    screen.close();
  });
});
