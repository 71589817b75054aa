import { expect, test } from 'vitest';
import { formatEnvId, parseEnvId } from '../env-id.ts';
import { EnvError } from '../errors.ts';

test.each([
  ['CartPole-v1', { namespace: null, name: 'CartPole', version: 1 }],
  ['popgym/RepeatFirst-v0', { namespace: 'popgym', name: 'RepeatFirst', version: 0 }],
  ['trace-patterning', { namespace: null, name: 'trace-patterning', version: null }],
  ['python/CartPole-v1', { namespace: 'python', name: 'CartPole', version: 1 }],
  ['python/ALE/Pong-v5', { namespace: 'python/ALE', name: 'Pong', version: 5 }],
  ['python/my_pkg.envs:lab/Two', { namespace: 'python/my_pkg.envs:lab', name: 'Two', version: null }],
  ['a.b:c-v2-v3', { namespace: null, name: 'a.b:c-v2', version: 3 }],
])('%s is read in its parts, and written again', (id, parts) => {
  expect(parseEnvId(id)).toEqual(parts);
  expect(formatEnvId(parts)).toBe(id);
});

test.each(['', 'a/b/c-v0', 'python/a/b/c-v0', 'a/python/b-v0', 'lab.x/A', 'two words', '/Name', 'Name-v1!'])(
  '%j is no id',
  (id) => {
    expect(() => parseEnvId(id)).toThrow(EnvError);
    expect(() => parseEnvId(id)).toThrow(`Cannot read the environment id ${JSON.stringify(id)}: its form is`);
  },
);
