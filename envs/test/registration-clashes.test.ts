/** Registering beside what is built in; a file of its own, because registrations stay. */
import { afterAll, describe, expect, test, vi } from 'vitest';
import * as errors from '../gymnasium-errors.ts';
import { namespace } from '../namespace.ts';
import { findSpec, register, spec } from '../registration.ts';
import { Pulse } from './pulse.ts';

const entryPoint = () => new Pulse();
const warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
const lastWarning = (): unknown => warnings.mock.lastCall?.[0];
afterAll(() => warnings.mockRestore());

describe('register, beside what is built in,', () => {
  test('replaces a file by its name with a warning, and refuses versions of one', () => {
    register('baird', { entryPoint: 'baird' });
    expect(lastWarning()).toBe('baird is built in and is replaced');
    expect(() => register('cart-pole-v1', { entryPoint })).toThrow(
      'Cannot register cart-pole-v1: cart-pole is there, and a name has versions or none',
    );
  });

  test("comes before a file's other ids, with a warning at the first look", async () => {
    const mine = register('Pendulum-v1', { entryPoint: 'pendulum', maxEpisodeSteps: 7 });
    const before = warnings.mock.calls.length;
    expect(await spec('Pendulum-v1')).toBe(mine);
    expect(lastWarning()).toBe('Pendulum-v1 is built in, and what was registered by that id is made in its place');
    expect((await findSpec('Pendulum')).maxEpisodeSteps).toBe(7);
    expect(lastWarning()).toBe('Pendulum names no version: Pendulum-v1 is made, the newest');
    await spec('Pendulum-v1');
    expect(warnings.mock.calls.length).toBe(before + 2);
    register('Pendulum-v9', { entryPoint: 'pendulum' }); // one's own newer version is no clash
    expect((await findSpec('Pendulum')).version).toBe(9);
  });

  test.each(['Acrobot', 'popgym-RepeatFirstEasy'])('is an error where %s mixes with versions of it', async (id) => {
    const version = id === 'Acrobot' ? 'Acrobot-v1' : 'popgym-RepeatFirstEasy-v0';
    expect((await findSpec(version)).entryPoint).toBe(id === 'Acrobot' ? 'acrobot' : 'repeat-first');
    register(id, { entryPoint });
    const failure = findSpec(version);
    await expect(failure).rejects.toThrow(errors.RegistrationError);
    await expect(failure).rejects.toThrow(`Cannot register ${id}: ${version} is there, and a name has `);
    expect((await findSpec(version)).id).toBe(version); // what was refused is gone
  });

  test('leaves python/ to Gymnasium in Python', () => {
    for (const id of ['python/Pulse-v0', 'python/ALE/Pulse-v0', 'python/my_pkg:Pulse']) {
      expect(() => register(id, { entryPoint })).toThrow(errors.RegistrationError);
      expect(() => register(id, { entryPoint })).toThrow(`Cannot register ${id}: python/ is what `);
    }
    expect(() => namespace('python', () => register('Pulse-v0', { entryPoint }))).toThrow('Cannot register python/');
    expect(() => register('pythonic/Pulse-v0', { entryPoint })).not.toThrow();
  });
});
