/** Whatever is given that cannot be: an EnvError of one line, and no other error. */
import { describe, expect, test } from 'vitest';
import type { Info, StepTuple } from '../env.ts';
import { Env } from '../env.ts';
import { EnvError } from '../errors.ts';
import { EnvSpec } from '../env-spec.ts';
import { listWrappers } from '../entry-point.ts';
import * as gym from '../gymnasium.ts';
import type { AnyEnv } from '../part.ts';
import { makeEnv } from '../registry.ts';
import { createRng, rngKinds } from '../rng.ts';
import { batchSpace, box, concatenate, createEmptyArray, dict, discrete, type Element, graph } from '../spaces.ts';
import { multiBinary, multiDiscrete, oneOf, sequence, text, tuple } from '../spaces.ts';
import { FineEnv } from './fine-env.ts';
import { refuses } from './refuses.ts';
import { wrapped, wrapperCases } from './wrappers.ts';

const nothing = null as never;

/** Shows sequences, which have no flat form. */
class Listing extends Env<Element, number> {
  readonly observationSpace = sequence(discrete(3)) as never;
  readonly actionSpace = discrete(2);
  reset(): [Element, Info] {
    return [[1], {}];
  }
  step(): StepTuple<Element> {
    return [[1], 0, false, false, {}];
  }
}

describe.each(listWrappers())('options of %s', (name) => {
  const { Class, inner, options } = wrapperCases[name]!;
  const needs = Object.keys(options).length > 0;
  const make = (given: unknown) => () => new Class(inner(), given as never);
  const rows: [string, () => unknown, string][] = [
    ['null', make(null), 'must be an object, got null'],
    ['a number', make(5), 'must be an object, got 5'],
    ['one that is misspelt', make({ ...options, zzz: 1 }), `Cannot wrap in ${name}: unknown option "zzz"`],
  ];
  if (needs)
    rows.push(
      ...Object.keys(options).map((key): (typeof rows)[number] => [
        `${key}: 5n`,
        make({ ...options, [key]: 5n }),
        'Cannot ',
      ]),
    );
  const lenient = ['multidiscrete', 'disableRenderOrderEnforcing', 'normalizeTime'];
  refuses(rows.filter(([row]) => !lenient.some((key) => row.startsWith(key))));
  test('are those of the control', () => void make(options)());
});

describe('required options that are left out', () => {
  const optional = ['NormalizeObservation', 'NormalizeReward', 'OrderEnforcing', 'PreviousAction'];
  optional.push('RecordEpisodeStatistics', 'TimeAwareObservation');
  const all = listWrappers().filter((name) => Object.keys(wrapperCases[name]!.options).length > 0);
  for (const name of all.filter((one) => !optional.includes(one))) {
    const { Class, inner } = wrapperCases[name]!;
    for (const given of [undefined, {}]) {
      test(`${name} of ${String(given)}`, () => {
        expect(() => new Class(inner(), given as never)).toThrow(EnvError);
      });
    }
  }
});

describe('wrappers', () => {
  const listing = (): AnyEnv => new Listing() as never;
  const constant = (): AnyEnv => Object.assign(new FineEnv(), { observationSpace: box([0, 0, 5, 0], [1, 1, 5, 1]) });
  refuses([
    ['a scale of null', () => new gym.NoisyObservation(new FineEnv(), { scale: nothing }), 'scale must be one number'],
    ['flicker of lists', () => new gym.FlickerObservation(listing(), { p: 0.5 }), 'has no flat form'],
    ['masks of lists', () => new gym.MaskObservation(listing(), { keep: [0] }), 'has no flat form'],
    ['a huge stack', () => new gym.FrameStackObservation(new FineEnv(), { stackSize: 1e9 }), 'more than ten million'],
    ['a huge delay', () => new gym.DelayObservation(new FineEnv(), { delay: 1e9 }), 'Cannot keep 1000000001 frames'],
    ['a line through a point', () => new gym.RescaleObservation(constant(), { min: 0, max: 1 }), 'entry 2 of Box('],
    ['no null action', () => new gym.PreviousAction(new FineEnv(), { nullAction: nothing }), 'null action null is not'],
    [
      'how long of null',
      () => new gym.StickyAction(new FineEnv(), { repeatActionProbability: 0.5, repeatActionDuration: nothing }),
      'must be a number or [least, most], got null',
    ],
  ]);

  const acting = (name: string) => (): AnyEnv => {
    const env = wrapped(name);
    env.reset();
    return env;
  };
  refuses(
    ['ClipAction', 'RescaleAction'].flatMap((name) =>
      [null, undefined, 5n, 'a', new Float64Array(1)].map((action) => {
        return [`${name}: ${String(action)}`, () => acting(name)().step(action as never), 'is not in Box('] as const;
      }),
    ),
  );

  test.each(['DelayObservation', 'PreviousAction', 'Antialias', 'MaskObservation', 'NoisyObservation'])(
    '%s refuses a result that is too short or too long',
    (name) => {
      const env = wrapped(name);
      const { size } = env.observationSpace;
      const out = (n: number) => ({ observation: new Float64Array(n), reward: 0, terminated: false, truncated: false });
      env.resetInto(out(size));
      env.stepInto(1, out(size));
      for (const n of [0, size - 1, size + 1]) {
        expect(() => env.resetInto(out(n))).toThrow(`it writes ${size} entries, the result has ${n}`);
        expect(() => env.stepInto(1, out(n))).toThrow(`it writes ${size} entries, the result has ${n}`);
      }
    },
  );
});

describe('a task', () => {
  const start = async (): Promise<AnyEnv> => {
    const env = await makeEnv('trace-patterning');
    env.reset();
    return env;
  };
  test('refuses a result that became too short, an unknown key and an unknown wish', async () => {
    const env = await start();
    const short = { observation: new Float64Array(1), reward: 0, terminated: false, truncated: false };
    expect(() => env.stepInto(0, short)).toThrow('Cannot step trace-patterning: it writes ');
    for (const [options, words] of [
      [{ sed: 1 }, 'unknown key "sed", did you mean "seed"?'],
      [{ options: { task: 'kep' } }, 'options.task must be "keep", got "kep"'],
      [{ options: 5 }, 'options must be an object, got 5'],
      [{ seed: 'x' }, 'the seed must be a non-negative integer, got "x"'],
      [{ seed: 1n }, 'the seed must be a non-negative integer, got 1'],
      [5, '{ seed, options } is needed, got 5'],
    ] as const) {
      expect(() => env.reset(options as never)).toThrow(EnvError);
      expect(() => env.reset(options as never)).toThrow(words);
    }
    env.reset({ seed: 1, options: { task: 'keep' } });
    env.reset(nothing);
  });

  test.each(['CartPole-v1', 'ring-world', 'copy-task', 'Pendulum-v1', 'mine-sweeper'])(
    '%s refuses other actions',
    async (id) => {
      const env = await gym.make(id);
      env.reset({ seed: 1 });
      for (const action of [5n, null, undefined, 'a', {}, -1]) {
        expect(() => env.step(action as never), String(action)).toThrow(EnvError);
      }
      env.step(env.actionSpace.sample(createRng(1)));
    },
  );
});

describe('what makes environments', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ['make(id, null)', () => gym.make('cycle-world', nothing), 'its options must be an object, got null'],
    ['make(null)', () => gym.make(nothing), 'Cannot make an environment of null'],
    ['makeEnv(null)', () => makeEnv(nothing), 'Cannot find an environment by null'],
    ['makeEnv(5)', () => makeEnv(5 as never), 'Cannot find an environment by 5'],
    ['makeEnv({})', () => makeEnv({} as never), 'Cannot find an environment by an object'],
    ['makeEnv(id, null)', () => makeEnv('cycle-world', nothing), 'its options must be an object, got null'],
    ['makeEnv with a bigint', () => makeEnv('cycle-world', { states: 5n }), 'states: '],
    ['spec(null)', () => gym.spec(nothing), 'Cannot '],
    ['spec(5)', () => gym.spec(5 as never), 'Cannot '],
    ['spec({})', () => gym.spec({} as never), 'Cannot '],
    ['makeVec()', () => gym.makeVec(undefined as never), 'Cannot make an environment of undefined'],
    ['makeVec(5)', () => gym.makeVec(5 as never), 'Cannot make an environment of 5'],
    ['a wrapper that is no class', () => made('./package.json#nothing'), 'Cannot load'],
  ])('%s', async (_, act, words) => {
    const error = await act().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EnvError);
    expect(String(error)).toContain(words);
    expect(String(error)).not.toContain('\n');
  });
  const made = (entryPoint: string): Promise<AnyEnv> =>
    gym.make(
      new EnvSpec({ id: 'A', entryPoint: 'cycle-world', additionalWrappers: [{ name: 'B', entryPoint, kwargs: {} }] }),
    );

  refuses(
    [
      { name: 'ClipReward', entryPoint: 'ClipReward' },
      { name: 'ClipReward', entryPoint: 5, kwargs: {} },
      { name: 'ClipReward', entryPoint: 'ClipReward', kwargs: 5 },
    ].map((wrapper) => [
      `a spec with ${JSON.stringify(wrapper)}`,
      () => EnvSpec.fromJSON({ id: 'A', entryPoint: 'cycle-world', additionalWrappers: [wrapper] }),
      'additionalWrappers must be a list of { name, entryPoint, kwargs }',
    ]),
  );
});

describe('spaces', () => {
  const spaces = [
    box(0, 1),
    discrete(2),
    multiDiscrete([2]),
    multiBinary(2),
    tuple([discrete(2)]),
    dict({ a: discrete(2) }),
  ];
  const odd = [text(3), sequence(discrete(2)), graph(discrete(2)), oneOf([discrete(2)])];
  refuses([
    ['a shape that is a number', () => box(0, 1, 3 as never), 'its shape is a list, got 3'],
    ['a shape that is a text', () => box(0, 1, 'ab' as never), 'its shape is a list, got "ab"'],
    ['no bounds', () => (box as () => unknown)(), 'low must be a number or a list of them, got undefined'],
    ['one bound', () => box(0, nothing), 'high must be a number or a list of them, got null'],
    ['no parts', () => tuple(nothing), 'Cannot make a Tuple: a list of spaces is needed, got null'],
    ['no record', () => dict(nothing), 'Cannot make a Dict: a record of spaces is needed, got null'],
    ['no nodes', () => graph(nothing), 'Cannot make a Graph: it is made of spaces, got null'],
    ['edges of 5', () => graph(discrete(2), 5 as never), 'Cannot make a Graph: it is made of spaces, got 5'],
    ['no elements', () => sequence(nothing), 'Cannot make a Sequence: it is made of spaces, got null'],
    ['choices of 5', () => oneOf([5] as never), 'Cannot make a OneOf: it is made of spaces, got 5'],
    ['parts that are none', () => tuple([1] as never), 'Cannot make a Tuple: it is made of spaces, got 1'],
    ['values that are none', () => dict({ a: 1 } as never), 'Cannot make a Dict with the key a: it is made of spaces'],
    ['pairs that are none', () => dict([1] as never), 'pairs of a key and a space are needed'],
    ['elements of another', () => concatenate(discrete(2), [0, 5], createEmptyArray(discrete(2), 2)), 'concatenate 5'],
    ['no element', () => concatenate(box(0, 1), [null], createEmptyArray(box(0, 1), 1)), 'rows of 1 must fill'],
    ['a batch of half', () => batchSpace(discrete(2), 0.5), 'n must be a positive integer'],
    ...[...spaces, ...odd].map((space): [string, () => unknown, string] => [
      `a sample of ${String(space)} without an Rng`,
      () => (space as unknown as { sample: () => unknown }).sample(),
      'an Rng is needed, such as createRng(0)',
    ]),
  ]);
  test('with an Rng all of them have samples', () => {
    for (const space of [...spaces, ...odd]) expect(space.contains(space.sample(createRng(1)))).toBe(true);
  });
});

describe.each(rngKinds)('an Rng of kind %s', (kind) => {
  const rng = createRng(1, kind);
  refuses([
    ['a range without numbers', () => rng.integer(5, 2), 'needs integers low < high'],
    ['no bound', () => rng.integer(0, NaN), 'needs integers low < high'],
    ['half a bound', () => rng.integer(0.5, 3), 'needs integers low < high'],
    ['infinity', () => rng.integer(0, Infinity), 'needs integers low < high'],
    ['more than there are', () => rng.choose(3, 5), 'needs integers 0 <= k <= n'],
    ['less than nothing', () => rng.choose(3, -1), 'needs integers 0 <= k <= n'],
  ]);
  test('draws where there is one number, or none to choose', () => {
    expect(rng.integer(4, 4)).toBe(4);
    expect(rng.choose(3, 0)).toEqual([]);
    expect(rng.choose(3, 3).sort()).toEqual([0, 1, 2]);
  });
});

describe('prediction', () => {
  const go = (options: object) => () => gym.prediction(new FineEnv(), options).next();
  const on = (options: object) => () => {
    const steps = gym.prediction(new FineEnv(), options);
    for (let t = 0; t < 3; t++) steps.next();
  };
  refuses([
    ['an option that is misspelt', go({ step: 5 }), 'unknown option "step", did you mean "steps"?'],
    ['steps of NaN', go({ steps: NaN }), 'steps must be a whole number, got NaN'],
    ['steps of a text', go({ steps: 'x' }), 'steps must be a whole number, got "x"'],
    ['a policy that is none', go({ policy: 5 }), 'policy must be a function, got 5'],
    ['a cumulant that is none', go({ cumulant: null }), 'cumulant must be a function, got null'],
    ['a discount of a text', go({ discount: 'x' }), 'Cannot use discount "x"'],
    ['a discount that grows to 5', on({ discount: () => 5 }), 'Cannot use discount 5: it must lie in [0, 1]'],
    ['a discount that is NaN', on({ discount: () => NaN }), 'Cannot use discount NaN'],
    ['a cumulant that is NaN', on({ cumulant: () => NaN }), 'Cannot use cumulant NaN: a finite number is needed'],
    ['what it did not save', () => gym.prediction(new FineEnv()).load({ time: 'x' }), 'Cannot load predictions'],
    ['nothing to load', () => gym.prediction(new FineEnv()).load(null), 'Cannot load predictions'],
  ]);
  test('takes all of them where they are right', () => {
    const options = { steps: 5, policy: () => 1, cumulant: () => 2, discount: () => 1, seed: 1 };
    expect([...gym.prediction(new FineEnv(), options)]).toHaveLength(5);
  });
});
