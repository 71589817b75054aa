import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EnvError } from '../errors.ts';
import { currentNamespace, namespace } from '../namespace.ts';
import { register, spec } from '../registration.ts';
import { Pulse } from './pulse.ts';

const warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
beforeEach(() => void warnings.mockClear());
afterAll(() => warnings.mockRestore());

const registered = (id: string): string => register(id, { entryPoint: () => new Pulse() }).id;

describe('namespace', () => {
  test('goes before the id of what is registered inside, and of nothing outside', async () => {
    expect(namespace('ns1', () => registered('Pulse-v3'))).toBe('ns1/Pulse-v3');
    expect((await spec('ns1/Pulse-v3')).namespace).toBe('ns1');
    expect(registered('Outside-v0')).toBe('Outside-v0');
    await expect(spec('Pulse-v3')).rejects.toThrow(EnvError);
  });

  test('a scope lasts to the end of the block that uses it', () => {
    {
      using scope = namespace('ns2');
      expect(scope.name).toBe('ns2');
      expect(registered('A')).toBe('ns2/A');
    }
    expect(registered('A')).toBe('A');
    const byHand = namespace('ns3');
    expect(registered('A')).toBe('ns3/A');
    byHand.close();
    byHand.close();
    expect(currentNamespace()).toBe(null);
  });

  test('the inner one holds, and the outer one comes back', () => {
    const ids = namespace('outer', () => [registered('B'), namespace('inner', () => registered('B')), registered('C')]);
    expect(ids).toEqual(['outer/B', 'inner/B', 'outer/C']);
  });

  test('the one before comes back after an exception, too', () => {
    const fail = (): void => {
      throw new Error('in the middle');
    };
    namespace('outer', () => {
      expect(() => namespace('inner', fail)).toThrow('in the middle');
      expect(currentNamespace()).toBe('outer');
    });
    expect(() => {
      using scope = namespace('block');
      expect(scope.name).toBe(currentNamespace());
      fail();
    }).toThrow('in the middle');
    expect(currentNamespace()).toBe(null);
  });

  test('lasts until a promise settles, well or badly', async () => {
    const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
    const late = namespace('late', async () => {
      await turn();
      return registered('D');
    });
    expect(currentNamespace()).toBe('late');
    expect(await late).toBe('late/D');
    expect(currentNamespace()).toBe(null);
    await expect(namespace('late', () => turn().then(() => Promise.reject(new Error('no'))))).rejects.toThrow('no');
    expect(currentNamespace()).toBe(null);
  });

  test('takes the place of a namespace in the id, with a warning where it is another', () => {
    expect(namespace('mine', () => registered('yours/E-v1'))).toBe('mine/E-v1');
    expect(warnings.mock.lastCall?.[0]).toBe('yours/E-v1 is registered as mine/E-v1');
    const before = warnings.mock.calls.length;
    expect(namespace('mine', () => registered('mine/F'))).toBe('mine/F');
    expect(warnings.mock.calls.length).toBe(before);
  });

  test.each(['', 'a/b', 'two words', 7 as never])('refuses the name %j', (name) => {
    expect(() => namespace(name)).toThrow(EnvError);
    expect(() => namespace(name)).toThrow(`Cannot open the namespace ${JSON.stringify(name)}: its name is made of`);
    expect(currentNamespace()).toBe(null);
  });
});
