/** `make` on environments in Python, whose ids may have two slashes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EnvSpec } from '../../env-spec.ts';
import { make } from '../../make.ts';
import { AsyncPythonEnv } from '../../python/async-python-env.ts';
import { PythonEnv } from '../../python/python-env.ts';
import { PythonVectorEnv } from '../../python/python-vector-env.ts';
import { hasGymnasium, here } from './pythons.ts';

const path = process.env['PYTHONPATH'];
beforeAll(() => void (process.env['PYTHONPATH'] = here));
afterAll(() => {
  if (path === undefined) delete process.env['PYTHONPATH'];
  else process.env['PYTHONPATH'] = path;
});
const odd = { modules: ['gym_odd'], stderr: 'keep' };

describe.skipIf(!hasGymnasium)('make("python/...")', () => {
  test.each(['python/Odd/Wide-v0', 'python/gym_odd:Odd/Wide-v0'])('makes %s, inside our wrappers', async (id) => {
    using env = await make(id, { ...(id.includes(':') ? { stderr: 'keep' } : odd), maxEpisodeSteps: 2 });
    expect(env.unwrapped).toBeInstanceOf(PythonEnv);
    expect(String(env)).toBe(`<TimeLimit<OrderEnforcing<PassiveEnvChecker<PythonEnv<${id}>>>>>`);
    expect(env.spec).toMatchObject({ name: 'Wide', version: 0, namespace: id.slice(0, id.lastIndexOf('/')) });
    env.reset({ seed: 1 });
    expect([env.step(5), env.step(6)].map(([, reward, , truncated]) => [reward, truncated])).toEqual([
      [1.5, false],
      [1.5, true],
    ]);
    using again = await make(EnvSpec.fromJSON(JSON.stringify(env.spec)));
    expect([String(again), again.spec]).toEqual([String(env), env.spec]);
  });

  test('answers with what Gymnasium says of an id that it does not know, as without our wrappers', async () => {
    const messages = ['python/Odd/Wode-v0', 'python/Odd/Wide-v7', 'python/Add/Wide-v0'].map((id) =>
      make(id, odd).then(String, (error: Error) => error.message),
    );
    const [name, version, namespace] = await Promise.all(messages);
    expect(name).toMatch(/^Cannot make python\/Odd\/Wode-v0: .*Did you mean: `Wide`/);
    expect(version).toMatch(/^Cannot make python\/Odd\/Wide-v7: .*v0/);
    expect(namespace).toMatch(/^Cannot make python\/Add\/Wide-v0: .*Did you mean: `Odd`/);
  });

  test('what is used in a block is closed at its end, promised or not', async () => {
    const vector = new PythonVectorEnv('CartPole-v1', { numEnvs: 2 });
    {
      using used = vector;
      used.reset();
    }
    expect(() => vector.reset()).toThrow('it is closed');
    const promised = await AsyncPythonEnv.make('CartPole-v1');
    {
      await using used = promised;
      await used.reset();
    }
    await expect(promised.reset()).rejects.toThrow('it is closed');
  });
});

test('what only looks like such an id is answered as before', async () => {
  await expect(make('pyton/CartPole-v1')).rejects.toThrow('no namespace "pyton"; did you mean "python"?');
  await expect(make('ALE/sub/Pong-v5')).rejects.toThrow('its form is [namespace/]Name[-vN]');
  await expect(make('python/no-such-file.js:Pulse-v0')).rejects.toThrow('Cannot load python/no-such-file.js: ');
});
