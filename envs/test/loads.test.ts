/** What was saved is loaded where it belongs; where it does not, one line says so and nothing has changed. */
import { describe, expect, test } from 'vitest';
import { actionsFor, play, record, tupleForm } from '../check/rollout.ts';
import { EnvError } from '../errors.ts';
import { EnvSpec } from '../env-spec.ts';
import * as gym from '../gymnasium.ts';
import type { AnyEnv } from '../part.ts';
import { makeEnv } from '../registry.ts';
import { FineEnv } from './fine-env.ts';
import { Pulse } from './pulse.ts';
import { wrapped } from './wrappers.ts';

const json = (x: unknown): unknown => JSON.parse(JSON.stringify(x)) as unknown;

/** A load that must be refused in one line, and leave everything as it was. */
function refusesLoad(env: AnyEnv, saved: unknown, words: string): void {
  const before = json(env.save!());
  expect(() => env.load!(saved)).toThrow(EnvError);
  expect(() => env.load!(saved)).toThrow(words);
  expect(() => env.load!(saved)).not.toThrow('\n');
  expect(json(env.save!())).toEqual(before);
}

describe('a task', () => {
  test.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, string]>([
    ['frozen-lake', { map: '8x8' }, { map: '4x4' }, 'saved with map "8x8", and this one has "4x4"'],
    ['random-walk', { states: 19 }, { states: 5 }, 'saved with states 19, and this one has 5'],
    ['cycle-world', { states: 6 }, { states: 3 }, 'saved with states 6, and this one has 3'],
    ['t-maze', { size: 6 }, { size: 5 }, 'saved with size 6, and this one has 5'],
  ])('%s does not load the state of one with other options', async (id, options, others, words) => {
    const [env, other, same] = [await makeEnv(id, options), await makeEnv(id, others), await makeEnv(id, options)];
    env.reset({ seed: 3 });
    env.step(0);
    other.reset({ seed: 4 });
    refusesLoad(other, json(env.save!()), `Cannot load ${id}: it was ${words}`);
    other.step(0);
    same.load!(json(env.save!()));
    expect(same.step(0)).toEqual(env.step(0));
  });

  test('loads what was saved before an option was there', async () => {
    const env = await makeEnv('cycle-world');
    env.reset({ seed: 1 });
    const { options, ...saved } = env.save!() as { options: object };
    expect(options).toHaveProperty('states');
    const copy = await makeEnv('cycle-world');
    copy.load!({ ...saved, options: {} });
    expect(copy.step(0)).toEqual(env.step(0));
  });

  test.each<[string, object]>([
    ['a generator of another state', { rng: { x: 0, y: 0, z: 0, w: 0 } }],
    ['a generator of another kind', { rngKind: 'numpy' }],
    ['too few numbers', { numbers: [] }],
    ['a phase that is none', { phase: 'over' }],
  ])('stays as it was where it is given %s', async (_, change) => {
    const env = await makeEnv('trace-patterning');
    env.reset({ seed: 2 });
    env.step(0);
    const saved = json(env.save!()) as object;
    env.step(0);
    refusesLoad(env, { ...saved, ...change }, 'Cannot ');
    env.load!(saved); // the control: unchanged it is fine
  });

  test('keeps the generator it was told to use, from before the first reset', async () => {
    const [env, copy] = [await makeEnv('random-walk', { rng: 'numpy' }), await makeEnv('random-walk')];
    copy.load!(json(env.save!()));
    const actions = actionsFor(env, 40);
    const life = record(tupleForm(env), undefined as never, actions);
    expect(record(tupleForm(copy), undefined as never, actions)).toEqual(life);
    expect(record(tupleForm(await makeEnv('random-walk')), undefined as never, actions)).not.toEqual(life);
  });

  test('hands the kind of its generator on to a third', async () => {
    const [a, b, c] = [
      await makeEnv('random-walk', { rng: 'numpy' }),
      await makeEnv('random-walk'),
      await makeEnv('random-walk'),
    ];
    a.reset({ seed: 9 });
    b.load!(json(a.save!()));
    c.load!(json(b.save!()));
    const actions = actionsFor(a, 40);
    expect(b.save!()).toEqual(a.save!());
    expect(play(tupleForm(c), actions)).toEqual(play(tupleForm(a), actions));
  });
});

describe('a wrapper', () => {
  test('keeps its own queues: a snapshot stays what it was', () => {
    const env = new gym.RecordEpisodeStatistics(new Pulse());
    const live = (steps: number): void => {
      for (let t = 0; t < steps; t++) if (env.step(0)[2]) env.reset();
    };
    env.reset();
    live(12);
    const saved = env.save!();
    const kept = json(saved);
    env.load!(saved);
    live(30);
    expect(json(saved)).toEqual(kept);
    expect(env.lengthQueue).not.toEqual((kept as { state: { lengthQueue: number[] } }).state.lengthQueue);
  });

  test('goes on counting an episode where it was saved', () => {
    const [env, copy] = [0, 1].map(() => new gym.RecordEpisodeStatistics(new Pulse()));
    env!.reset();
    env!.step(0);
    env!.step(0);
    copy!.load!(json(env!.save!()));
    copy!.step(0);
    expect((copy!.step(0)[4] as { episode: { l: number } }).episode.l).toBe(4);
  });

  test.each<[string, () => AnyEnv, () => AnyEnv]>([
    ['a longer delay', delay(3), delay(2)],
    ['a shorter delay', delay(2), delay(3)],
    ['a smaller stack', stack(2), stack(3)],
    ['a larger stack', stack(3), stack(2)],
  ])('does not load %s', (_, make, makeOther) => {
    const [env, other] = [make(), makeOther()];
    env.reset();
    env.step(0);
    other.reset();
    refusesLoad(other, json(env.save!()), 'numbers, ');
    const same = make();
    same.load!(json(env.save!()));
    expect(same.step(1)).toEqual(env.step(1));
  });

  const keeping = [
    ...['Autoreset', 'DelayObservation', 'FlickerObservation', 'FrameStackObservation', 'NoisyObservation'],
    ...['NormalizeObservation', 'NormalizeReward', 'OrderEnforcing', 'RecordEpisodeStatistics', 'StickyAction'],
    ...['TimeAwareObservation', 'TimeLimit'],
  ];
  test.each(keeping)('%s refuses a state that is none, and stays as it was', (name) => {
    const env = wrapped(name);
    env.reset({ seed: 1 });
    env.step(1);
    const saved = json(env.save!()) as { state: unknown };
    const { state } = saved;
    const broken = typeof state === 'object' ? Object.keys(state!).map((key) => ({ ...state, [key]: null })) : [];
    // Seconds go on.
    if (name === 'RecordEpisodeStatistics') Object.assign(env, { startTime: 0, saveState: () => state });
    for (const garbage of [null, 'x', [], 5.5, -1, { a: 1 }, undefined, ...broken]) {
      refusesLoad(env, { ...saved, state: garbage }, 'Cannot ');
    }
    env.load!(saved);
  });

  test('is not changed where what is inside refuses, nor the other way round', () => {
    const make = (): AnyEnv => new gym.TimeLimit(new gym.StickyAction(new FineEnv(), sticky), { maxEpisodeSteps: 9 });
    const [env, other] = [make(), make()];
    env.reset({ seed: 1 });
    env.step(1);
    other.reset({ seed: 2 });
    for (let t = 0; t < 4; t++) other.step(t % 3);
    const saved = json(other.save!()) as { state: unknown; env: { env: object; state: object } };
    const { env: inner } = saved;
    refusesLoad(env, { ...saved, env: { ...inner, env: { rng: null, t: 4 } } }, 'Cannot restore an Rng');
    refusesLoad(env, { ...saved, env: { ...inner, state: { ...inner.state, left: -1 } } }, 'left of its state is -1');
    refusesLoad(env, { ...saved, state: 'x' }, 'its state is "x"');
    env.load!(saved);
    expect(env.step(2)).toEqual(other.step(2));
  });

  test('that resets by itself knows from a save that an episode has ended', () => {
    const [env, copy] = [new gym.Autoreset(new FineEnv()), new gym.Autoreset(new FineEnv())];
    env.reset({ seed: 1 });
    copy.reset({ seed: 2 });
    for (let t = 0; t < 10; t++) env.step(0);
    copy.load!(json(env.save!()));
    const next = env.step(0);
    expect(next.slice(1, 4)).toEqual([0, false, false]);
    expect(copy.step(0)).toEqual(next);
    expect((copy.unwrapped as unknown as FineEnv).t).toBe(0);
  });
});

describe('what depends on the order of wrappers', () => {
  test('a limit outside another wrapper stays there when the whole is made again', async () => {
    const bare = Object.assign(new FineEnv(), { spec: new EnvSpec({ id: 'Fine', entryPoint: () => new FineEnv() }) });
    const lengthOf = (env: AnyEnv): number => {
      env.reset({ seed: 1 });
      let steps = 1;
      for (let last = env.step(0); !last[2] && !last[3]; last = env.step(0)) steps++;
      return steps;
    };
    const outside = new gym.TimeLimit(new gym.RepeatAction(bare, { numRepeats: 2 }), { maxEpisodeSteps: 4 });
    expect(lengthOf(outside)).toBe(4);
    expect(lengthOf(await gym.make(outside.spec!))).toBe(4);
    const inside = new gym.RepeatAction(new gym.TimeLimit(bare, { maxEpisodeSteps: 4 }), { numRepeats: 2 });
    expect(lengthOf(inside)).toBe(2);
    expect(lengthOf(await gym.make(inside.spec!))).toBe(2);
    expect(inside.spec!.maxEpisodeSteps).toBe(4);
    const both = new gym.TimeLimit(inside, { maxEpisodeSteps: 1 });
    expect(lengthOf(await gym.make(both.spec!))).toBe(1);
  });

  test('an action wrapper has no value and no ratio: they are those of the actions inside', async () => {
    const ring = await makeEnv('ring-world');
    const wrappers = [
      new gym.StickyAction(ring, sticky),
      new gym.TransformAction(ring, { func: (a: number) => a }),
      new gym.RepeatAction(ring, { numRepeats: 2 }),
    ];
    for (const env of wrappers) expect([env.value, env.ratio]).toEqual([undefined, undefined]);
    expect(new gym.TimeLimit(ring, { maxEpisodeSteps: 3 }).value).toBeTypeOf('function');
  });
});

const sticky = { repeatActionProbability: 0.5 };

function delay(n: number): () => AnyEnv {
  return () => new gym.DelayObservation(new Pulse(), { delay: n });
}

function stack(n: number): () => AnyEnv {
  return () => new gym.FrameStackObservation(new Pulse(), { stackSize: n });
}
