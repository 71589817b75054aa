/** Spaces of real Gymnasium environments, and their elements, through the bridge. */
import { describe, expect, test } from 'vitest';
import { checkEnv } from '../../check.ts';
import type { StepResult } from '../../env.ts';
import { AsyncPythonEnv } from '../../python/async-python-env.ts';
import type { PythonOptions } from '../../python/options.ts';
import type { PythonEnv } from '../../python/python-env.ts';
import { PythonVectorEnv } from '../../python/python-vector-env.ts';
import { createRng } from '../../rng.ts';
import { box, dict, discrete, multiBinary, multiDiscrete, type Space, tuple } from '../../spaces.ts';
import { plain } from '../space-values.ts';
import { making } from './making.ts';
import { hasGymnasium } from './pythons.ts';

const make = making();
const odd: PythonOptions = { modules: ['gym_odd'] };
const echo: PythonOptions = { modules: ['gym_echo'], info: true };

const outFor = ({ observationSpace }: PythonEnv): StepResult => ({
  observation: new Float64Array(observationSpace.size).fill(NaN),
  reward: NaN,
  terminated: true,
  truncated: true,
});
const colours = dict({ place: box(0, 1, [2], 'float32'), colour: discrete(3) });

describe.skipIf(!hasGymnasium)('spaces of Gymnasium', () => {
  test.each<[string, Space<unknown>]>([
    ['Tuple', tuple([discrete(3, 5), box(-1, 1, [2, 2], 'float32'), multiDiscrete([2, 3])])],
    [
      'Dict',
      dict({
        image: box(0, 255, [2, 3], 'uint8'),
        count: discrete(5, -2),
        legs: multiDiscrete(
          [
            [2, 3],
            [4, 5],
          ],
          {
            start: [
              [0, -1],
              [0, 7],
            ],
          },
        ),
        flags: multiBinary([2, 2]),
        far: box(-Infinity, Infinity, [], 'float32'),
        deep: tuple([dict({ b: box(-9, 9, [3], 'int16'), a: discrete(2) }), discrete(3)]),
      }),
    ],
    ['Bits', multiBinary([2, 3])],
  ])('%s is the same space here', (name, space) => {
    const env = make(`Echo/${name}-v0`, echo);
    expect([String(env.observationSpace), String(env.actionSpace)]).toEqual([String(space), String(space)]);
    expect(env.actionSpace.equals(space)).toBe(true);
    expect(env.actionSpace.equals(colours)).toBe(false);
  });

  test.each([
    'Dict',
    'Tuple',
    'Grid',
    'Bits',
    'Types',
    'Text',
    'Words',
    'OneOf',
    'Sequence',
    'Stack',
    'Graph',
    'Nodes',
  ])('every element of %s comes back as it went, whichever way it is called', async (name) => {
    const env = make(`Echo/${name}-v0`, echo);
    const { observationSpace: space } = env;
    const other = await AsyncPythonEnv.make(`Echo/${name}-v0`, echo);
    const [first] = env.reset({ seed: 3 });
    expect(space.contains(first), String(space)).toBe(true);
    expect((await other.reset({ seed: 3 }))[0]).toEqual(first);
    const rng = createRng(name);
    const out = outFor(env);
    const seen = new Set<string>();
    for (let t = 0; t < 60; t++) {
      const x = space.sample(rng);
      const [observation, , , , info] = env.step(x);
      expect(plain(observation)).toEqual(plain(x));
      expect(space.contains(observation)).toBe(true);
      seen.add(JSON.stringify(plain(observation)));
      if (t < 10) expect((await other.step(x))[0]).toEqual(observation);
      if (!space.isFlattenable) continue;
      env.stepInto(x, out);
      expect(plain(out.observation)).toEqual(plain(Float64Array.from(info['flat'] as number[])));
      expect([out.reward, out.terminated, out.truncated]).toEqual([0, false, false]);
    }
    expect(seen.size).toBeGreaterThan(10);
    await other.close();
  });

  test('half precision comes as float32', () => {
    const env = make('Echo/Half-v0', echo);
    expect([env.actionSpace.dtype, env.step.length]).toEqual(['float32', 1]);
    env.reset();
    expect(env.step(Float64Array.of(0.5, 0.1))[0]).toEqual(Float64Array.of(0.5, 0.0999755859375));
  });

  test('Blackjack-v1: a Tuple of three, the same over JSON, flat as Gymnasium flattens it', () => {
    const env = make('Blackjack-v1');
    expect(env.observationSpace.equals(tuple([discrete(32), discrete(11), discrete(2)]))).toBe(true);
    const out = outFor(env);
    for (let seed = 0; seed < 40; seed++) {
      const [observation] = env.reset({ seed }) as [readonly number[], unknown];
      expect(env.resetJson({ seed })[0]).toEqual(observation);
      env.resetInto(out, { seed });
      const [sum, dealer, ace] = observation;
      const hot = [...out.observation].flatMap((x, i) => (x === 1 ? [i] : []));
      expect([out.observation.length, hot]).toEqual([45, [sum, 32 + dealer!, 43 + ace!]]);
    }
    expect(checkEnv(() => make('Blackjack-v1')).filter(({ ok }) => !ok)).toEqual([]);
  });

  test('wrappers that make Dicts and stacks: TimeAwareObservation, FrameStackObservation', () => {
    const aware = { name: 'gymnasium.wrappers:TimeAwareObservation', kwargs: { flatten: false } };
    const stack = { name: 'gymnasium.wrappers:FrameStackObservation', kwargs: { stack_size: 3 } };
    const env = make('CartPole-v1', { wrappers: [aware] });
    expect([env.observationSpace.kind, Object.keys(env.reset({ seed: 1 })[0])]).toEqual(['dict', ['obs', 'time']]);
    const [observation] = env.step(1) as [{ obs: Float64Array; time: unknown }, ...unknown[]];
    expect([observation.obs.length, plain(observation.time)]).toEqual([4, [1]]);
    expect(env.observationSpace.contains(observation)).toBe(true);
    const both = make('CartPole-v1', { wrappers: [aware, stack] });
    both.reset({ seed: 1 });
    const [stacked] = both.step(1) as [{ obs: Float64Array; time: unknown }, ...unknown[]];
    expect([stacked.obs.length, stacked.obs.slice(8)]).toEqual([12, observation.obs]);
    expect(both.observationSpace.contains(stacked)).toBe(true);
    const cards = make('Blackjack-v1', { wrappers: [stack] });
    const [seen] = cards.reset({ seed: 1 });
    expect([cards.observationSpace.contains(seen), (seen as unknown[]).length]).toEqual([true, 3]);
  });

  test.each(['Odd/Nested-v0', 'Odd/Sequence-v0'])('%s keeps the contract', (id) => {
    const report = checkEnv(() => make(id, odd));
    expect(report.filter(({ ok, level }) => !ok && level === 'error')).toEqual([]);
  });

  test('MultiDiscrete observations, MultiBinary actions, and what is neither', () => {
    const env = make('Odd/Multi-v0', odd);
    expect(env.reset()[0]).toEqual(Int32Array.of(2, 5));
    expect(env.step(Int8Array.of(1, 1, 0))[0]).toEqual(Int32Array.of(2, 4));
    const out = outFor(env);
    env.stepInto(Int8Array.of(1, 0, 0), out);
    expect(out.observation).toEqual(Float64Array.of(0, 0, 1, 0, 1));
    for (const wrong of [Int8Array.of(1, 2, 0), Int8Array.of(1, 0), Float64Array.of(1, 1, 0), [1, 1, 0], 1]) {
      expect(() => env.step(wrong)).toThrow('is not in MultiBinary(3)');
    }
    expect(() => env.step(Int8Array.of(1, 2, 0))).toThrow('the action [1, 2, 0] is not in');
  });

  test('Dict and Tuple: real numbers may leave their bounds, nothing else may', () => {
    const env = make('Odd/Nested-v0', odd);
    expect(env.reset()[0]).toEqual({ held: [0, Int8Array.of(1, 0)], place: Float64Array.of(0, 0) });
    const [observation] = env.step({ arm: Float64Array.of(0.5, -7), hand: 1 });
    expect(observation).toEqual({ held: [1, Int8Array.of(1, 0)], place: Float64Array.of(0.5, -7) });
    const arm = Float64Array.of(0, 0);
    for (const wrong of [{ arm, hand: 2 }, { arm }, { arm, hand: 0, more: 1 }, { arm: [0, 0], hand: 1 }, null, 3]) {
      expect(() => env.step(wrong as never)).toThrow('is not in Dict(arm: Box');
    }
    expect(env.resetJson({ seed: 1 })).toEqual([{ place: [0, 0], held: [0, [1, 0]] }, { first: true }]);
    expect(env.stepJson({ arm: [0.5, -0.25], hand: 1 }).slice(0, 4)).toEqual([
      { place: [0.5, -0.25], held: [1, [1, 0]] },
      1.5,
      false,
      false,
    ]);
  });

  test('observations of more than a pipe holds come whole, Discrete may start anywhere', () => {
    const env = make('Odd/Wide-v0', { ...odd, info: true });
    const [first] = env.reset() as [Float64Array, unknown];
    expect([first.length, first.every((x) => x === 7)]).toEqual([100_800, true]);
    expect((env.step(6)[0] as Float64Array).every((x) => x === 6)).toBe(true);
    expect(() => env.step(4)).toThrow('the action 4 is not in Discrete(3, start=5)');
  });

  test('64-bit integers go as doubles, and a Discrete observation is one-hot in the flat form', () => {
    const env = make('Odd/Long-v0', odd);
    const out = outFor(env);
    env.resetInto(out);
    const zero = { reward: 0, terminated: false, truncated: false };
    expect(out).toEqual({ observation: Float64Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0), ...zero });
    expect(env.step(Float64Array.of(-4, 5))[0]).toBe(-4);
    env.stepInto(Float64Array.of(4, 0), out);
    expect([...out.observation].indexOf(1)).toBe(8);
    env.step(Float64Array.of(5, 0)); // an environment that leaves its own space
    expect(() => env.stepInto(Float64Array.of(5, 0), out)).toThrow('is not in Discrete(9, start=-4)');
  });

  test('infos of what travels as JSON come where asked for, and not elsewhere', () => {
    expect(make('Odd/Sequence-v0', { ...odd, info: true }).reset()[1]).toEqual({ first: true });
    const env = make('Odd/Sequence-v0', odd);
    expect(env.reset()).toEqual([[Float64Array.of(0), Float64Array.of(1)], {}]);
    expect(() => env.stepInto(3, outFor(env))).toThrow('Cannot flatten an element of Sequence(');
    const multi = make('Odd/Multi-v0', { ...odd, info: true });
    expect(multi.reset()[1]).toEqual({ first: true });
    const [, , , , info] = multi.step(Int8Array.of(0, 0, 0));
    expect(info).toMatchObject({ nan: null, array: [0, 1, 2], number: 0.5, odd: { 1: [2] } });
    expect(make('Odd/Multi-v0', odd).reset()[1]).toEqual({});
  });

  test('a space of none of the ten kinds is refused by PythonEnv, and lived in JSON by AsyncPythonEnv', async () => {
    expect(() => make('Echo/Unknown-v0', echo)).toThrow(
      /^Cannot make environment python\/Echo\/Unknown-v0: there is no space such as .*Unknown.* here; use AsyncPythonEnv/,
    );
    const env = await AsyncPythonEnv.make('Echo/Unknown-v0', echo);
    await expect(env.reset()).rejects.toThrow('there is no space such as');
    expect((await env.resetJson())[0]).toBe('anything');
    expect((await env.stepJson('so'))[0]).toBe('so');
    await env.close();
  });

  test('a Box without entries is refused by all of them, in one line', async () => {
    const words =
      /^Cannot make environment python\/Echo\/Empty-v0: Box\(.*\) has no space here: Cannot make a Box: every/;
    expect(() => make('Echo/Empty-v0', echo)).toThrow(words);
    expect(() => new PythonVectorEnv('Echo/Empty-v0', echo)).toThrow(words);
    const env = await AsyncPythonEnv.make('Echo/Empty-v0', echo);
    await expect(env.reset()).rejects.toThrow(words);
    expect((await env.resetJson())[0]).toEqual([]);
    await env.close();
  });

  test('several in lockstep: nested numbers stand in a row, copy by copy; what is no number is refused', () => {
    const batch = new PythonVectorEnv('Odd/Nested-v0', { ...odd, numEnvs: 2 });
    expect(batch.singleObservationSpace.kind).toBe('dict');
    expect(batch.reset()[0]).toEqual(Float64Array.of(0, 1, 0, 0, 0, 0, 1, 0, 0, 0)); // held: 0, bits; place
    const { observations } = batch.step([0.5, -0.25, 1, -1, 0.75, 0]);
    expect(observations).toEqual(Float64Array.of(1, 1, 0, 0.5, -0.25, 0, 1, 0, -1, 0.75));
    expect(() => batch.step([1, 2])).toThrow('it takes 6 numbers, got 2');
    batch.close();
    expect(() => new PythonVectorEnv('Odd/Text-v0', { ...odd, numEnvs: 2 })).toThrow(
      'several environments at a time need spaces of numbers, not Text',
    );
  });
});
