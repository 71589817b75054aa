/** `using env = ...`: TypeScript compiles it; without the syntax `env[Symbol.dispose]()` does the same. */
import { describe, expect, test } from 'vitest';
import type { AnyEnv } from '../part.ts';
import * as gym from '../gymnasium.ts';
import { listEnvs, makeEnv } from '../registry.ts';
import { Pulse } from './pulse.ts';
import { wrapped, wrapperCases } from './wrappers.ts';

class Closing extends Pulse {
  closed = 0;
  override close(): void {
    this.closed++;
  }
}

describe('Symbol.dispose', () => {
  test('closes an environment at the end of its block, and on an exception', () => {
    const env = new Closing();
    {
      using used = env;
      used.reset();
      expect(env.closed).toBe(0);
    }
    expect(env.closed).toBe(1);
    expect(() => {
      using used = env;
      used.step(-1);
    }).toThrow('pulse was told to fail');
    expect(env.closed).toBe(2);
  });

  test.each(Object.keys(wrapperCases))('closes what is inside %s', (name) => {
    const inner = wrapperCases[name]!.inner();
    let closed = 0;
    wrapped(name, Object.assign(inner, { close: () => closed++ }) as AnyEnv)[Symbol.dispose]();
    expect(closed).toBe(1);
  });

  test('closes a vector, and each of its environments once', () => {
    const envs = [new Closing(), new Closing()];
    const vector = new gym.SyncVectorEnv(envs.map((env) => () => env));
    vector[Symbol.dispose]();
    vector[Symbol.dispose]();
    expect(vector.closed).toBe(true);
    expect(envs.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  test('every task has it', async () => {
    for (const id of listEnvs().filter((one) => !['pomdp', 'recorded'].includes(one))) {
      using env = await makeEnv(id);
      expect(env[Symbol.dispose]).toBeTypeOf('function');
    }
  });
});
