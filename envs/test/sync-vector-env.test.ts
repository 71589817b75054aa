import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import * as gym from '../gymnasium.ts';
import type { AnyEnv } from '../part.ts';
import { addInfo } from '../vector/vector-infos.ts';
import { FineEnv } from './fine-env.ts';
import { Pulse } from './pulse.ts';
import { Parted } from './wrappers.ts';

const three = (make: () => AnyEnv, autoresetMode: gym.AutoresetMode = 'next-step'): gym.SyncVectorEnv =>
  new gym.SyncVectorEnv([make, make, make], { autoresetMode });

describe('SyncVectorEnv', () => {
  test('seeds s with s, s + 1, ...; a list one by one; without one the streams go on', () => {
    const vector = three(() => new FineEnv());
    const rows = (flat: unknown): number[][] =>
      [0, 1, 2].map((i) => [...(flat as Float64Array).slice(4 * i, 4 * i + 4)]);
    const alone = (seed: number): number[] => [...new FineEnv().reset({ seed })[0]];
    expect(rows(vector.reset({ seed: 7 })[0])).toEqual([7, 8, 9].map(alone));
    expect(rows(vector.reset({ seed: [1, null, 1] })[0])[0]).toEqual(alone(1));
    expect(rows(vector.reset()[0])).not.toContainEqual(alone(7));
    expect(() => vector.reset({ seed: [1, 2] })).toThrow('the list has 2 seeds');
  });

  test('gives what its environments give alone, reset when an episode has ended', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.array(fc.nat(2), { minLength: 1, maxLength: 40 }), (seed, actions) => {
        const vector = three(() => new FineEnv());
        const alone = new gym.Autoreset(new FineEnv());
        const expected = [alone.reset({ seed: seed + 1 })[0], ...actions.map((action) => alone.step(action))];
        const seen = [(vector.reset({ seed })[0] as Float64Array).slice(4, 8)];
        expect(seen[0]).toEqual(expected[0]);
        actions.forEach((action, t) => {
          const [observations, rewards, terminations, truncations] = vector.step([0, action, 2]);
          const [observation, reward, terminated, truncated] = expected[t + 1] as unknown[];
          expect((observations as Float64Array).slice(4, 8)).toEqual(observation);
          expect([rewards[1], terminations[1], truncations[1]]).toEqual([reward, terminated, truncated]);
        });
      }),
      { numRuns: 30 },
    );
  });

  test('what it returns is the caller’s: the next step writes over none of it', () => {
    const vector = three(() => new FineEnv());
    const [first] = vector.reset({ seed: 1 });
    const kept = structuredClone(first);
    const moment = vector.step([0, 1, 2]);
    const copy = structuredClone(moment);
    vector.step([2, 2, 2]);
    expect(first).toEqual(kept);
    expect(moment).toEqual(copy);
  });

  test('batches observations of parts', () => {
    const vector = three(() => new Parted());
    vector.reset({ seed: 1 });
    const [observations] = vector.step([0, 0, 0]);
    const [boxes, steps] = observations as [Float64Array, Int32Array];
    expect(boxes).toHaveLength(12);
    expect(steps).toEqual(Int32Array.of(1, 1, 1));
    expect(vector.observationSpace.contains(observations)).toBe(true);
  });

  test('in disabled mode an ended environment is not stepped until it is reset', () => {
    const vector = three(() => new Pulse(), 'disabled');
    vector.reset();
    for (let t = 0; t < 4; t++) vector.step([0, 0, 0]);
    expect(() => vector.step([0, 0, 0])).toThrow('Cannot step environment 0 of the vector: its episode has ended');
    const [observations] = vector.reset({ options: { resetMask: [true, true, false] } });
    expect([...(observations as Float64Array)]).toEqual([-0.5, 0, -0.5, 0, 0.25, 1]);
    for (const resetMask of [[true], [false, false, false], [1, 0, 0] as never]) {
      expect(() => vector.reset({ options: { resetMask } })).toThrow(
        'resetMask must list 3 booleans, one of them true',
      );
    }
  });

  test('calls, reads, sets, renders and closes', () => {
    const vector = three(() => new gym.OrderEnforcing(new Pulse()));
    vector.reset();
    expect(vector.render()).toEqual(['t=0', 't=0', 't=0']);
    vector.setAttr('t', [1, 2, 3]);
    expect(vector.call('value')).toEqual([1, 2, 3]);
    expect(vector.getAttr('hasReset')).toEqual([true, true, true]);
    expect(String(vector)).toBe('SyncVectorEnv(pulse, numEnvs=3)');
    vector.close();
    vector.close();
    expect(() => vector.step([0, 0, 0])).toThrow(gym.ClosedEnvironmentError);
  });

  test('is not made of what differs, nor of nothing', () => {
    expect(() => new gym.SyncVectorEnv([])).toThrow('Cannot make a vector of no environments');
    expect(() => new gym.SyncVectorEnv([() => new Pulse(), () => new FineEnv()])).toThrow('observations differ, Box(');
    const vector = three(() => new Pulse());
    vector.reset();
    expect(() => vector.step([0, 0])).toThrow(gym.InvalidAction);
    expect(() => three(() => new Pulse(), 'off' as never)).toThrow('autoreset mode "off"');
  });
});

describe('makeVec', () => {
  test('makes n of an id, wrapped, in this thread or in others', async () => {
    const wrappers = [{ name: 'ClipReward', entryPoint: 'ClipReward', kwargs: { max: 0.5 } }];
    for (const vectorizationMode of ['sync', 'async'] as const) {
      const options = { numEnvs: 2, vectorizationMode, wrappers, states: 2, maxEpisodeSteps: 3 };
      const vector = await gym.makeVec('cycle-world', options);
      vector.reset();
      expect(
        [1, 2, 3].map(() => vector.step([0, 0])).map(([, rewards, , truncations]) => [...rewards, ...truncations]),
      ).toEqual([
        [0, 0, false, false],
        [0.5, 0.5, false, false],
        [0, 0, true, true],
      ]);
      vector.close();
    }
  });

  test.each([
    [{ numEnvs: 0 }, 'numEnvs must be an integer of at least 1, got 0'],
    [{ vectorizationMode: 'asyn' }, 'vectorization mode "asyn", did you mean "async"?'],
    [{ state: 3 }, 'unknown option "state"'],
  ])('answers %j in one line', async (options, message) => {
    await expect(gym.makeVec('cycle-world', options as never)).rejects.toThrow(EnvError);
    await expect(gym.makeVec('cycle-world', options as never)).rejects.toThrow(message);
  });
});

test('infos become arrays with masks, of what was given', () => {
  const infos = addInfo({}, { n: 3, deep: { yes: true, text: 'a' }, at: Float64Array.of(1, 2) }, 2, 3);
  addInfo(infos, { n: 4, list: [1] }, 0, 3);
  expect(infos).toEqual({
    n: Float64Array.of(4, 0, 3),
    _n: [true, false, true],
    deep: {
      yes: [false, false, true],
      _yes: [false, false, true],
      text: [null, null, 'a'],
      _text: [false, false, true],
    },
    _deep: [false, false, true],
    at: Float64Array.of(0, 0, 0, 0, 1, 2),
    _at: [false, false, true],
    list: [[1], null, null],
    _list: [true, false, false],
  });
});
