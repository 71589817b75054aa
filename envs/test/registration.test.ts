import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { EnvError } from '../errors.ts';
import * as errors from '../gymnasium-errors.ts';
import { kebabCase, listWrappers } from '../entry-point.ts';
import { findSpec, pprintRegistry, register, registry, spec } from '../registration.ts';
import { listEnvs, loadEnv } from '../registry.ts';
import { Pulse } from './pulse.ts';

const entryPoint = () => new Pulse();
const warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
const lastWarning = (): unknown => warnings.mock.lastCall?.[0];

beforeAll(() => {
  for (const id of ['lab/Pulse-v0', 'lab/Pulse-v2', 'lab/Plain', 'Pulse-v1']) register(id, { entryPoint });
});
afterAll(() => warnings.mockRestore());

describe('register', () => {
  test('replaces an id with a warning', () => {
    register('lab/Twice', { entryPoint });
    const before = warnings.mock.calls.length;
    register('lab/Twice', { entryPoint, maxEpisodeSteps: 3 });
    expect(warnings.mock.calls.length).toBe(before + 1);
    expect(lastWarning()).toContain('lab/Twice was registered before and is replaced');
  });

  test('refuses a name both with and without a version', () => {
    expect(() => register('lab/Plain-v1', { entryPoint })).toThrow(errors.RegistrationError);
    expect(() => register('lab/Pulse', { entryPoint })).toThrow('Cannot register lab/Pulse: lab/Pulse-v0 is there');
    expect(() => register('other/Plain-v1', { entryPoint })).not.toThrow();
  });
});

describe('spec', () => {
  test('knows the file names and what was registered', async () => {
    for (const id of listEnvs()) expect((await spec(id)).entryPoint).toBe(id);
    expect((await spec('lab/Pulse-v2')).version).toBe(2);
  });

  test('knows every alias that a task declares, with its limit and options', async () => {
    for (const file of listEnvs()) {
      for (const alias of (await loadEnv(file)).aliases ?? []) {
        const found = await spec(alias.id);
        expect(found.entryPoint).toBe(file);
        expect(found.maxEpisodeSteps).toBe(alias.maxEpisodeSteps ?? null);
        expect(found.rewardThreshold).toBe(alias.rewardThreshold ?? null);
        expect(found.kwargs).toEqual(alias.options ?? {});
      }
    }
  });

  test.each([
    ['labb/Pulse-v0', errors.NamespaceNotFound, 'there is no namespace "labb"; did you mean "lab"?'],
    ['zzzzzz/Pulse-v0', errors.NamespaceNotFound, 'there is no namespace "zzzzzz"'],
    ['lab/Pulze-v0', errors.NameNotFound, 'Cannot find environment "lab/Pulze-v0"; did you mean "lab/Pulse-v0"?'],
    ['Qqqqqqqqqqqqqqqqqqqqq', errors.NameNotFound, 'pprintRegistry() lists all that are known'],
    ['lab/Pulse-v7', errors.VersionNotFound, 'there is v0, v2 of lab/Pulse'],
    ['lab/Pulse-v1', errors.DeprecatedEnv, 'v1 is no longer there, use "lab/Pulse-v2"'],
    ['lab/Plain-v1', errors.DeprecatedEnv, 'it has no versions, use "lab/Plain"'],
    ['not an id', EnvError, 'its form is [namespace/]Name[-vN]'],
  ])('answers %s with an error of its class, in one line', async (id, kind, message) => {
    const failure = spec(id);
    await expect(failure).rejects.toThrow(kind);
    await expect(failure).rejects.toThrow(EnvError);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.not.toThrow('\n');
  });

  test('the errors for unknown ids are all UnregisteredEnv, a deprecated one is not', () => {
    expect(new errors.NameNotFound('')).toBeInstanceOf(errors.UnregisteredEnv);
    expect(new errors.DeprecatedEnv('')).not.toBeInstanceOf(errors.UnregisteredEnv);
  });
});

describe('findSpec', () => {
  test('takes the newest version of a name without one, and says so', async () => {
    expect((await findSpec('lab/Pulse')).id).toBe('lab/Pulse-v2');
    expect(lastWarning()).toBe('lab/Pulse names no version: lab/Pulse-v2 is made, the newest');
    await expect(spec('lab/Pulse')).rejects.toThrow('there is v0, v2 of lab/Pulse');
  });

  test('warns of an older version, not of the newest', async () => {
    await findSpec('lab/Pulse-v0');
    expect(lastWarning()).toBe('lab/Pulse-v0 is out of date: lab/Pulse-v2 is the newest');
    const before = warnings.mock.calls.length;
    await findSpec('lab/Pulse-v2');
    expect(warnings.mock.calls.length).toBe(before);
  });

  test('leaves what begins with python/ to Gymnasium in Python', async () => {
    expect((await findSpec('python/CartPole-v1')).entryPoint).toBe('python/CartPole-v1');
  });

  test('imports the module before the colon', async () => {
    await expect(findSpec('./no-such-module.js:Pulse-v1')).rejects.toThrow('Cannot load ./no-such-module.js: ');
    expect((await findSpec('node:path:Pulse-v1')).id).toBe('Pulse-v1');
  });
});

test('the registry is printed by namespace, in columns', async () => {
  const text = await pprintRegistry({ columns: 2 });
  expect(text).toMatch(/===== lab =====\nlab\/Plain +lab\/Pulse-v0\nlab\/Pulse-v2 +lab\/Twice/);
  expect(text).toContain('===== built-in =====');
  for (const id of (await registry()).keys()) expect(text).toContain(id);
});

test('names of wrappers and their files go both ways', () => {
  for (const name of listWrappers()) expect(kebabCase(name)).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(kebabCase('TimeLimit')).toBe('time-limit');
  expect(kebabCase('CartPole')).toBe('cart-pole');
  expect(kebabCase('POMDPWorld')).toBe('pomdp-world');
});
