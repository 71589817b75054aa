/** What wrappers refuse, and what the golden lives do not show. */
import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import * as gym from '../gymnasium.ts';
import type { AnyEnv } from '../part.ts';
import { box, dict, discrete, type Element } from '../spaces.ts';
import { Env, type Info, type StepTuple } from '../env.ts';
import { FineEnv } from './fine-env.ts';
import { Pulse } from './pulse.ts';
import { Parted, Steered } from './wrappers.ts';

/** Observations are records: { left: 2 numbers, wheel: one of 3, zoom: 1 number }. */
class Recorded extends Env<Element, number> {
  override readonly metadata = new Pulse().metadata;
  readonly observationSpace = dict({ zoom: box(0, 9), left: box(0, 9, [2]), wheel: discrete(3) });
  readonly actionSpace = discrete(1);
  reset(): [Element, Info] {
    return [{ zoom: Float64Array.of(7), left: Float64Array.of(1, 2), wheel: 1 }, {}];
  }
  step(): StepTuple<Element> {
    return [this.reset()[0], 0, false, false, {}];
  }
}

const pulse = (): AnyEnv => new Pulse();
const first = (env: AnyEnv): unknown => env.reset()[0];

describe('observations', () => {
  test('a filter keeps parts of a Dict in its order, and of a Tuple in that named', () => {
    const some = new gym.FilterObservation(new Recorded(), { filterKeys: ['zoom', 'left'] });
    expect(String(some.observationSpace)).toBe('Dict(left: Box(0, 9, [2]), zoom: Box(0, 9, [1]))');
    expect(first(some)).toEqual({ left: Float64Array.of(1, 2), zoom: Float64Array.of(7) });
    const swapped = new gym.FilterObservation(new Parted(), { filterKeys: [1, 0] });
    expect((first(swapped) as unknown[])[0]).toBe(0);
    expect(String(swapped.observationSpace)).toBe('Tuple(Discrete(11), Box(0, 1, [4]))');
  });

  test('flattening gives the flat form', () => {
    expect(first(new gym.FlattenObservation(new Recorded()))).toEqual(Float64Array.of(1, 2, 0, 1, 0, 7));
  });

  test('the time stands where its key sorts among those of a Dict', () => {
    const limited = new gym.TimeLimit(new Recorded(), { maxEpisodeSteps: 5 });
    const env = new gym.TimeAwareObservation(limited);
    env.reset();
    expect(env.step(0)[0]).toEqual(Float64Array.of(1, 2, 1, 0, 1, 0, 7));
    const last = new gym.TimeAwareObservation(limited, { dictTimeKey: 'zz' });
    last.reset();
    expect(last.step(0)[0]).toEqual(Float64Array.of(1, 2, 0, 1, 0, 7, 1));
    expect(() => new gym.TimeAwareObservation(limited, { dictTimeKey: 'left' })).toThrow('there is a part "left"');
  });

  test('what is not a Box is stacked and delayed in flat form', () => {
    const stacked = new gym.FrameStackObservation(new Recorded(), { stackSize: 2, paddingType: 'zero' });
    expect(first(stacked)).toEqual(Float64Array.of(0, 0, 1, 0, 0, 0, 1, 2, 0, 1, 0, 7));
    const delayed = new gym.DelayObservation(new Recorded(), { delay: 1 });
    expect(first(delayed)).toEqual({ left: new Float64Array(2), wheel: 0, zoom: new Float64Array(1) });
  });

  test('a transformation may change the space', () => {
    const func = (x: Float64Array): number => (x[0]! > 0 ? 1 : 0);
    const env = new gym.TransformObservation(pulse(), { func, observationSpace: discrete(2) });
    expect(first(env)).toBe(0);
    expect(env.step(0)[0]).toBe(1);
  });

  test('statistics held stay as they are', () => {
    const env = new gym.NormalizeObservation(pulse());
    env.reset();
    env.updateRunningMean = false;
    const mean = [...env.statistics.mean];
    env.step(0);
    expect([...env.statistics.mean]).toEqual(mean);
    env.updateRunningMean = true;
    env.step(0);
    expect([...env.statistics.mean]).not.toEqual(mean);
  });
});

describe('actions and rewards', () => {
  test('clipped and rescaled actions are those of the environment', () => {
    const clip = new gym.ClipAction(new Steered());
    clip.reset();
    expect(clip.actionSpace.contains(Float64Array.of(1e9, -1e9))).toBe(true);
    expect(clip.step(Float64Array.of(99, -99))[1]).toBe(3 - 10);
    const scaled = new gym.RescaleAction(new Steered(), { min: 0, max: 1 });
    scaled.reset();
    expect(scaled.step(Float64Array.of(0.5, 1))[1]).toBe(1 + 30);
  });

  test('an action that sticks is a copy: who gave it may write over it', () => {
    const env = new gym.StickyAction(new Steered(), { repeatActionProbability: 0.999 });
    env.reset({ seed: 1 });
    const action = Float64Array.of(2, 0);
    env.step(action);
    action.fill(0);
    expect(env.step(action)[1]).toBe(2);
  });

  test('actions and rewards are what the functions make of them', () => {
    const func = (action: number): number => 2 - action;
    const env = new gym.TransformAction(new gym.TransformReward(pulse(), { func: (r) => 10 * r }), { func });
    env.reset();
    expect(env.step(2)[1]).toBe(15);
  });

  test('changed rewards take the target and the floors away, changed observations the floors', () => {
    const floors = { zero: 1, constant: 1, timing: null, ideal: 0, target: 'return' as const };
    const env = (): AnyEnv => Object.assign(new FineEnv(), { metadata: { ...new FineEnv().metadata, floors } });
    expect(new gym.TimeLimit(env(), { maxEpisodeSteps: 5 }).metadata.floors).toBe(floors);
    const [reward, observation] = [new gym.ClipReward(env(), { min: 0 }), new gym.Antialias(env())];
    expect([reward.metadata.floors, observation.metadata.floors]).toEqual([null, null]);
    expect([typeof reward.value, typeof observation.value]).toEqual(['undefined', 'function']);
  });

  test('statistics queue up to their length, in both call forms', () => {
    const env = new gym.RecordEpisodeStatistics(pulse(), { bufferLength: 2 });
    const out = { observation: new Float64Array(2), reward: 0, terminated: false, truncated: false };
    for (let episode = 0; episode < 3; episode++) {
      env.resetInto(out);
      while (!out.terminated) env.stepInto(0, out);
    }
    expect(env.episodeCount).toBe(3);
    expect(env.lengthQueue).toEqual([6, 3]);
    expect(env.timeQueue.every((t) => t >= 0 && t < 10)).toBe(true);
    expect(() => {
      const twice = new gym.RecordEpisodeStatistics(new gym.RecordEpisodeStatistics(pulse()));
      twice.reset();
      for (let t = 0; t < 4; t++) twice.step(0);
    }).toThrow('the info of pulse has "episode" already');
  });
});

describe('wrapper attributes', () => {
  test('are found in the outermost that has them, methods bound', () => {
    const env = new gym.TimeLimit(new gym.OrderEnforcing(pulse()), { maxEpisodeSteps: 5 });
    expect(gym.getWrapperAttr(env, 'maxEpisodeSteps')).toBe(5);
    expect(gym.getWrapperAttr(env, 'hasReset')).toBe(false);
    expect((gym.getWrapperAttr(env, 'value') as () => number)()).toBe(0);
    expect(gym.hasWrapperAttr(env, 'nothing')).toBe(false);
    gym.setWrapperAttr(env, 'episode', 7);
    expect((env.unwrapped as Pulse).episode).toBe(7);
    gym.setWrapperAttr(env, 'nothing', 1);
    expect(gym.getWrapperAttr(env, 'nothing')).toBe(1);
    expect(Object.hasOwn(env, 'nothing')).toBe(true);
  });
});

describe('in one line, an EnvError for', () => {
  const steered = (): AnyEnv => new Steered();
  test.each<[string, () => AnyEnv, string, new (message: string) => Error]>([
    [
      'no limit',
      () => new gym.TimeLimit(pulse(), { maxEpisodeSteps: 0 }),
      'maxEpisodeSteps must be a positive',
      EnvError,
    ],
    [
      'delay',
      () => new gym.DelayObservation(pulse(), { delay: -1 }),
      'delay must be an integer of at least 0',
      EnvError,
    ],
    ['stack', () => new gym.FrameStackObservation(pulse(), { stackSize: 0 }), 'stackSize must be an integer', EnvError],
    [
      'padding',
      () => new gym.FrameStackObservation(pulse(), { stackSize: 2, paddingType: [9, 9] }),
      'got [9,9]',
      EnvError,
    ],
    ['time', () => new gym.TimeAwareObservation(pulse()), 'wrap it in a TimeLimit first', EnvError],
    ['filter', () => new gym.FilterObservation(pulse(), { filterKeys: [0] }), 'must be a Dict or a Tuple', EnvError],
    ['key', () => new gym.FilterObservation(new Recorded(), { filterKeys: ['zom'] }), 'did you mean "zoom"?', EnvError],
    ['keys', () => new gym.FilterObservation(new Recorded(), { filterKeys: [] }), 'must list what stays', EnvError],
    ['twice', () => new gym.FilterObservation(new Recorded(), { filterKeys: ['left', 'left'] }), 'twice', EnvError],
    [
      'bins',
      () => new gym.DiscretizeObservation(pulse(), { bins: 0 }),
      'bins must be an integer of at least 1',
      EnvError,
    ],
    ['bins', () => new gym.DiscretizeObservation(pulse(), { bins: [2] }), 'bins must be one number, or 2', EnvError],
    [
      'bounds',
      () => new gym.DiscretizeObservation(new gym.NormalizeObservation(pulse()), { bins: 2 }),
      'has no bounds',
      EnvError,
    ],
    ['scale', () => new gym.RescaleObservation(pulse(), { min: 1, max: 0 }), 'min must not exceed max', EnvError],
    ['infinity', () => new gym.RescaleObservation(pulse(), { min: -Infinity, max: 0 }), 'stays infinite', EnvError],
    ['a point', () => new gym.RescaleAction(steered(), { min: 1, max: 1 }), 'min must be below max', gym.InvalidBound],
    ['no Box', () => new gym.ClipAction(pulse()), 'the space must be a Box, it is Discrete(3)', EnvError],
    [
      'epsilon',
      () => new gym.NormalizeObservation(pulse(), { epsilon: 0 }),
      'epsilon must be positive',
      gym.InvalidBound,
    ],
    ['gamma', () => new gym.NormalizeReward(pulse(), { gamma: 1.1 }), 'gamma must lie in [0, 1]', gym.InvalidBound],
    ['clip', () => new gym.ClipReward(pulse(), {}), 'give min, max, or both', gym.InvalidBound],
    ['clip', () => new gym.ClipReward(pulse(), { min: 1, max: 0 }), 'min must not exceed max', gym.InvalidBound],
    [
      'p',
      () => new gym.StickyAction(pulse(), { repeatActionProbability: 1 }),
      'lie in [0, 1), got 1',
      gym.InvalidProbability,
    ],
    [
      'n',
      () => new gym.StickyAction(pulse(), { repeatActionProbability: 0, repeatActionDuration: [3, 1] }),
      '[least, most]',
      gym.InvalidBound,
    ],
    ['repeats', () => new gym.RepeatAction(pulse(), { numRepeats: 0 }), 'numRepeats must be an integer', EnvError],
    ['func', () => new gym.TransformReward(pulse(), { func: 7 as never }), 'func must be a function, got 7', EnvError],
    ['buffer', () => new gym.RecordEpisodeStatistics(pulse(), { bufferLength: 0 }), 'bufferLength must be', EnvError],
  ])('%s', (_, make, message, kind) => {
    expect(make).toThrow(kind);
    expect(make).toThrow(EnvError);
    expect(make).toThrow(message);
    expect(make).not.toThrow('\n');
  });
});

describe('PassiveEnvChecker', () => {
  const checked = (change: Partial<Pulse>): AnyEnv =>
    new gym.PassiveEnvChecker(Object.assign(new Pulse(), change) as AnyEnv);
  const observation = Float64Array.of(0, 0);

  test.each<[string, () => unknown, string]>([
    [
      'a reset that is no pair',
      () => checked({ reset: () => observation as never }).reset(),
      'reset() returned a Float64Array of 2',
    ],
    [
      'an observation outside',
      () => checked({ reset: () => [Float64Array.of(9, 9), {}] }).reset(),
      'observation is outside Box',
    ],
    ['four values', () => checked({ step: () => [observation, 0, false, false] as never }).step(0), 'not five values'],
    [
      'no number for a reward',
      () => checked({ step: () => [observation, NaN, false, false, {}] }).step(0),
      'reward is NaN',
    ],
    [
      'a picture that is no text',
      () => checked({ render: () => 7 as never }).render!(),
      'render() returned 7, not text',
    ],
    [
      'a space without samples',
      () => checked({ actionSpace: { ...discrete(3), sample: () => 9 } as never }),
      'its own sample',
    ],
  ])('stops at %s', (_, act, message) => {
    expect(act).toThrow(EnvError);
    expect(act).toThrow(`Environment pulse breaks its contract: `);
    expect(act).toThrow(message);
  });

  test('finds an array that step() reuses, and looks at the first calls only', () => {
    const env = checked({ step: () => [observation, 0, false, false, {}] });
    env.reset();
    env.step(0);
    expect(() => env.step(0)).toThrow('step() reused the array');
    let calls = 0;
    const late = checked({ step: () => [Float64Array.of(0, 0), ++calls < 3 ? 0 : NaN, false, false, {}] });
    late.reset();
    for (let t = 0; t < 5; t++) late.step(0);
  });
});
