/** A vector goes on where it was saved, in one thread and in several, and nothing moves before all actions are good. */
import { describe, expect, test } from 'vitest';
import type { Info, StepTuple } from '../env.ts';
import { Env } from '../env.ts';
import { EnvError } from '../errors.ts';
import * as gym from '../gymnasium.ts';
import type { AnyEnv } from '../part.ts';
import { box, discrete, tuple } from '../spaces.ts';
import { FineEnv } from './fine-env.ts';
import { Pulse } from './pulse.ts';

type Pair = readonly [number, Float64Array];

/** Pays ten times the first part of its action, and the second. */
class Paired extends Env<Float64Array, Pair> {
  readonly observationSpace = box(0, 1, [1]);
  readonly actionSpace = tuple([discrete(3), box(0, 9, [1])]);
  reset(): [Float64Array, Info] {
    return [new Float64Array(1), {}];
  }
  step([a, b]: Pair): StepTuple<Float64Array> {
    return [new Float64Array(1), 10 * a + b[0]!, false, false, {}];
  }
}

const modes = ['sync', 'async'] as const;
const cycle = (vectorizationMode: (typeof modes)[number], more: object = {}): Promise<gym.VectorEnv> =>
  gym.makeVec('random-walk', { numEnvs: 3, vectorizationMode, states: 5, ...more });
const actions = [0, 0, 0];
const go = (vector: gym.VectorEnv, steps: number): unknown[] =>
  Array.from({ length: steps }, () => vector.step(actions));

describe.each(modes)('a vector (%s)', (mode) => {
  test.each(['next-step', 'same-step'] as const)(
    'goes on from what it saved, at every step, in %s mode',
    async (how) => {
      const [vector, copy] = [await cycle(mode, { autoresetMode: how }), await cycle(mode, { autoresetMode: how })];
      vector.reset({ seed: 5 });
      copy.reset({ seed: 50 });
      let ends = 0;
      for (let moment = 0; moment < 40; moment++) {
        copy.load(JSON.parse(JSON.stringify(vector.save())) as unknown);
        const seen = vector.step(actions);
        expect(copy.step(actions)).toEqual(seen);
        ends += Number(seen[2].includes(true));
      }
      expect(ends).toBeGreaterThan(2); // an end that was not saved would step what has ended
      copy.reset({ seed: 50 });
      expect(go(copy, 5)).not.toEqual(go(vector, 5));
      vector.close();
      copy.close();
    },
  );

  test('saves the observations that a reset by mask returns again', async () => {
    const [vector, copy] = [await cycle(mode), await cycle(mode)];
    const options = { resetMask: [true, false, false] };
    vector.reset({ seed: 5 });
    copy.reset({ seed: 6 });
    go(vector, 3);
    copy.load(vector.save());
    expect(copy.reset({ options })).toEqual(vector.reset({ options }));
    vector.close();
    copy.close();
  });

  test('stays as it was where one of its environments refuses', async () => {
    const vector = await cycle(mode);
    vector.reset({ seed: 5 });
    const saved = JSON.parse(JSON.stringify(vector.save())) as { envs: { hasEnded: unknown }[] };
    const before = vector.save();
    go(vector, 3);
    const now = vector.save();
    saved.envs[2]!.hasEnded = 'no';
    expect(() => vector.load(saved)).toThrow('environment 2 of the vector: what was saved is not the state of one');
    expect(vector.save()).toEqual(now);
    expect(now).not.toEqual(before);
    vector.close();
  });

  test('refuses a bad action before any environment moves', async () => {
    const [vector, alone] = [await cycle(mode), await cycle(mode)];
    vector.reset({ seed: 5 });
    alone.reset({ seed: 5 });
    for (const bad of [7, NaN, null, 'a', 5n]) {
      expect(() => vector.step([0, bad, 0] as never)).toThrow(gym.InvalidAction);
      expect(() => vector.step([0, bad, 0] as never)).toThrow('the action of environment 1, ');
    }
    expect(go(vector, 5)).toEqual(go(alone, 5));
    expect(go(vector, 1)).not.toEqual(go(alone, 2).slice(1));
    vector.close();
    alone.close();
  });
});

const pulses = (): gym.SyncVectorEnv => new gym.SyncVectorEnv([() => new Pulse(), () => new Pulse()]);

test('both actions of a Tuple and batches of them are taken', () => {
  const vector = new gym.SyncVectorEnv([() => new Paired(), () => new Paired()] as never);
  vector.reset();
  const list = [[1, Float64Array.of(4)], [2, Float64Array.of(5)]]; // prettier-ignore
  const batch = [Int32Array.of(1, 2), Float64Array.of(4, 5)];
  expect(vector.actionSpace.contains(batch)).toBe(true);
  expect([...vector.step(batch)[1]]).toEqual([14, 25]);
  expect([...vector.step(list)[1]]).toEqual([14, 25]);
  expect(() => vector.step([Int32Array.of(1, 3), Float64Array.of(4, 5)])).toThrow(gym.InvalidAction);
});

test('an environment that fails leaves the others stepped', () => {
  const failing = new Pulse();
  failing.step = () => {
    throw new EnvError('pulse was told to fail');
  };
  const vector = new gym.SyncVectorEnv([() => failing, () => new Pulse()] as (() => AnyEnv)[]);
  vector.reset();
  expect(() => vector.step([0, 0])).toThrow('pulse was told to fail');
  expect(vector.getAttr('t')).toEqual([0, 1]);
});

test('environments are not saved one by one: whether an episode has ended would be lost', () => {
  for (const name of ['save', 'load'])
    expect(() => pulses().call(name)).toThrow(`Cannot call ${name} of each environment`);
});

test('a vector does not load what is not its own', () => {
  const vector = pulses();
  vector.reset();
  const saved = vector.save() as { envs: unknown[] };
  for (const [given, words] of [
    [null, 'belongs to no vector'],
    [{ ...saved, envs: saved.envs.slice(1) }, '1 environments were saved'],
    [{ ...saved, autoresetMode: 'same-step' }, 'saved in autoreset mode "same-step"'],
  ] as const) {
    expect(() => vector.load(given)).toThrow(EnvError);
    expect(() => vector.load(given)).toThrow(words);
  }
  const listed = new gym.DictInfoToList(pulses());
  listed.load(saved);
  expect(listed.save()).toEqual(saved);
  const mute = Object.assign(new FineEnv(), { save: undefined, load: undefined });
  expect(() => new gym.SyncVectorEnv([() => mute] as never).save()).toThrow('Cannot save environment 0 of the vector');
});

test('a reset without a seed may say so by null, and a misspelt one is refused', () => {
  const vector = new gym.SyncVectorEnv([() => new FineEnv(), () => new FineEnv()]);
  const [one, other] = [vector.reset({ seed: 1 }), vector.reset({ seed: null })];
  expect(vector.reset({ seed: 1 })).toEqual(one);
  expect(vector.reset(null as never)).toEqual(other);
  expect(other).not.toEqual(one);
  expect(() => vector.reset({ sed: 1 } as never)).toThrow('unknown key "sed", did you mean "seed"?');
  expect(() => vector.reset({ seed: 'a' } as never)).toThrow('seed must be a number or a list of them, got "a"');
});
