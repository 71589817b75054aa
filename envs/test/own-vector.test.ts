/** Vector entry points: vectors of the user's own, made by makeVec. */
import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import { EnvSpec, type VectorKwargs } from '../env-spec.ts';
import * as gym from '../gymnasium.ts';
import { Pulse } from './pulse.ts';

const given: VectorKwargs[] = [];

/** Any vector will do; it takes down what it was made with. */
export class Pulses extends gym.SyncVectorEnv {
  constructor(kwargs: VectorKwargs) {
    const {
      numEnvs,
      first = 0,
      autoresetMode = 'next-step',
    } = kwargs as VectorKwargs & {
      first?: number;
      autoresetMode?: gym.AutoresetMode;
    };
    super(
      Array.from({ length: numEnvs }, (_, i) => () => new Pulse(first + i)),
      { autoresetMode },
    );
    given.push(kwargs);
  }
}

const fields = { id: 'own/Pulse-v0', entryPoint: () => new Pulse(), vectorEntryPoint: Pulses };
const spec = new EnvSpec({ ...fields, maxEpisodeSteps: 9, kwargs: { first: 1 } });
const alone = new EnvSpec({ id: 'own/Alone', vectorEntryPoint: (kwargs) => new Pulses(kwargs) });

describe('makeVec with a vector entry point', () => {
  test('uses it where the spec has one and no mode is asked for', async () => {
    const vector = await gym.makeVec(spec, { numEnvs: 3, colour: 'red' });
    expect(vector).toBeInstanceOf(Pulses);
    expect(given.at(-1)).toEqual({ numEnvs: 3, first: 1, colour: 'red', maxEpisodeSteps: 9 });
    const plain = await gym.makeVec(spec, { numEnvs: 3, vectorizationMode: 'sync', first: undefined });
    expect(plain).not.toBeInstanceOf(Pulses);
    expect(plain).toBeInstanceOf(gym.SyncVectorEnv);
    const without = new EnvSpec({ id: 'own/None', entryPoint: () => new Pulse() });
    expect(await gym.makeVec(without)).not.toBeInstanceOf(Pulses);
  });

  test('is found by the id, as a function, a class, or an export of a module', async () => {
    const file = new URL('./pulse-vector.ts', import.meta.url).href;
    const entryPoints = {
      Class: Pulses,
      Function: async (kwargs: VectorKwargs) => new Pulses(kwargs),
      Text: `${file}#PulseVector`,
    };
    for (const [name, vectorEntryPoint] of Object.entries(entryPoints)) {
      gym.register(`own/${name}-v0`, { vectorEntryPoint });
      const vector = await gym.makeVec(`own/${name}-v0`, { numEnvs: 2 });
      expect(vector.numEnvs).toBe(2);
      vector.reset();
      expect(vector.step([1, 2])[1]).toEqual(Float64Array.of(2.5, 3.5));
    }
  });

  test('its spec makes it again, and goes through JSON where the entry point is text', async () => {
    const vector = await gym.makeVec(spec, { numEnvs: 2, autoresetMode: 'same-step' });
    expect(vector.autoresetMode).toBe('same-step');
    await gym.makeVec(vector.spec!, { numEnvs: 2 });
    expect(given.at(-1)).toEqual(given.at(-2));
    expect(given.at(-1)).toEqual({ numEnvs: 2, first: 1, maxEpisodeSteps: 9, autoresetMode: 'same-step' });
    const text = new EnvSpec({ id: 'own/Text', vectorEntryPoint: './pulses.js#Pulses' });
    expect(EnvSpec.fromJSON(JSON.stringify(text))).toEqual(text);
    expect(() => JSON.stringify(spec.with({ entryPoint: 'cycle-world' }))).toThrow('vectorEntryPoint is a function');
  });

  test('threads make single environments of a spec whose vector entry point is a function', async () => {
    const both = new EnvSpec({ id: 'own/Both', entryPoint: 'cycle-world', vectorEntryPoint: Pulses });
    using vector = await gym.makeVec(both, { numEnvs: 2, vectorizationMode: 'async' });
    expect(vector).toBeInstanceOf(gym.AsyncVectorEnv);
    expect(vector.reset({ seed: 1 })[0]).toHaveLength(2 * vector.singleObservationSpace.size);
  });

  const clip = { name: 'ClipReward', entryPoint: 'ClipReward', kwargs: { min: 0 } };
  const gives = (result: unknown): EnvSpec => spec.with({ vectorEntryPoint: (() => result) as never });
  const two = (): Pulses => new Pulses({ numEnvs: 2 });
  test.each<[string, EnvSpec, gym.MakeVecOptions, string]>([
    [
      'wrappers around each',
      spec,
      { wrappers: [clip] },
      'wrappers go around single environments, its vectorEntryPoint',
    ],
    ['wrappers of the spec', spec.with({ additionalWrappers: [clip] }), {}, 'has none, got ClipReward'],
    [
      'the mode without the entry point',
      spec.with({ vectorEntryPoint: null }),
      { vectorizationMode: 'vector_entry_point' },
      'own/Pulse-v0: it has no vectorEntryPoint, use the mode sync or async',
    ],
    ['another mode', spec, { vectorizationMode: 'vector' as never }, 'vectorization mode "vector"'],
    [
      'single ones where there is none',
      alone,
      { vectorizationMode: 'sync' },
      'its only entry point is one for vectors',
    ],
    ['no vector', gives(7), {}, 'its vectorEntryPoint gave 7, not a VectorEnv'],
    ['a single environment', gives(new Pulse()), {}, 'gave an object, not a VectorEnv'],
    ['another number', gives(two()), { numEnvs: 3 }, 'its vectorEntryPoint gave 2 environments, not 3'],
    [
      'another mode of reset',
      gives(two()),
      { numEnvs: 2, autoresetMode: 'disabled' },
      'gave autoreset mode "next-step"',
    ],
    ['no mode of reset', gives(Object.assign(two(), { autoresetMode: 7 })), { numEnvs: 2 }, 'mode 7, which is none'],
    ['no export', spec.with({ vectorEntryPoint: 'node:path#joinn' }), {}, 'did you mean "join"?'],
  ])('refuses %s in one line', async (_, wrong, options, message) => {
    const failure = gym.makeVec(wrong, options);
    await expect(failure).rejects.toThrow(EnvError);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.not.toThrow('\n');
  });

  test('a vector that does not fit is closed', async () => {
    const vector = two();
    await expect(gym.makeVec(gives(vector), { numEnvs: 3 })).rejects.toThrow('not 3');
    expect(vector.closed).toBe(true);
  });
});

describe('EnvSpec', () => {
  test('needs one entry point of the two', () => {
    expect(alone.entryPoint).toBe(null);
    expect(spec.with({ vectorEntryPoint: null }).vectorEntryPoint).toBe(null);
    expect(() => new EnvSpec({ id: 'own/No' })).toThrow('entryPoint must be text or a function, got null');
    expect(() => alone.with({ vectorEntryPoint: 7 as never })).toThrow('vectorEntryPoint must be text, a function');
  });
});
