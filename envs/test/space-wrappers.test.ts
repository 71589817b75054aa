/** What the wrappers that change a space refuse, and what holds of them whatever they are given. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as gym from '../gymnasium.ts';
import type { AnyEnv } from '../part.ts';
import { createRng } from '../rng.ts';
import { box, type Box, discrete, dtypes } from '../spaces.ts';
import { FineEnv } from './fine-env.ts';
import { Pulse } from './pulse.ts';
import { refuses } from './refuses.ts';
import { Parted, Steered } from './wrappers.ts';

const steered = (low: number, high: number): AnyEnv =>
  Object.assign(new Steered(), { actionSpace: box(low, high, [2]) }) as AnyEnv;
const seeing = (space: unknown): AnyEnv => Object.assign(new FineEnv(), { observationSpace: space }) as AnyEnv;

describe('ReshapeObservation', () => {
  test('keeps law and dtype of the Box, down to no side at all', () => {
    const open = box([-Infinity, 0], [1, Infinity], [2], 'float32');
    const { observationSpace } = new gym.ReshapeObservation(seeing(open), { shape: [1, 2] });
    expect(String(observationSpace)).toBe('Box(-Infinity..0, 1..Infinity, [1, 2], float32)');
    const single = new gym.ReshapeObservation(seeing(box(0, 1, [1])), { shape: [] });
    expect(single.observationSpace.shape).toEqual([]);
  });
});

describe('DtypeObservation', () => {
  test.each(dtypes.filter((dtype) => dtype !== 'float64'))('%s: what is seen lies in the new space', (dtype) => {
    const given = box([0, 0.3, 0, 1], [1, 1, 0.7, 1]);
    const env = new gym.DtypeObservation(seeing(given), { dtype });
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const observation = given.sample(createRng(seed));
        Object.assign(env.unwrapped, { observe: () => observation });
        const [seen] = env.reset() as [Float64Array, unknown];
        expect(env.observationSpace.contains(seen)).toBe(true);
        expect(env.observationSpace.contains(Float64Array.from(observation, (x, i) => x / 3 - i))).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  test('cuts what lies beyond the bounds at the range of an integer dtype', () => {
    const env = new gym.DtypeObservation(seeing(box(0, 9, [4])), { dtype: 'uint8' });
    Object.assign(env.unwrapped, { observe: () => Float64Array.of(-3, 300, 7.9, -0.5) });
    expect(env.reset()[0]).toEqual(Float64Array.of(0, 255, 7, 0));
  });
});

describe('DiscretizeAction', () => {
  test('gives the environment the middle of a bin, and finds the bin again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.nat(), (n, m, seed) => {
        for (const multidiscrete of [false, true]) {
          const env = new gym.DiscretizeAction(new Steered(), { bins: [n, m], multidiscrete });
          const action = env.actionSpace.sample(createRng(seed));
          const given = (env as unknown as { action(a: unknown): Float64Array }).action(action);
          expect((env.env.actionSpace as unknown as Box).contains(given)).toBe(true);
          expect(env.revertAction(given)).toEqual(action);
        }
      }),
      { numRuns: 50 },
    );
  });
});

refuses([
  [
    'a shape of another product',
    () => new gym.ReshapeObservation(new Pulse(), { shape: [3] }),
    'the product 2, got [3]',
  ],
  [
    'a shape with -1',
    () => new gym.ReshapeObservation(new Pulse(), { shape: [-1, -2] }),
    'must list positive integers',
  ],
  ['a shape that is no list', () => new gym.ReshapeObservation(new Pulse(), { shape: 2 as never }), 'got 2'],
  ['no Box to reshape', () => new gym.ReshapeObservation(new Parted(), { shape: [15] }), 'must be a Box, it is Tuple'],
  [
    'an unknown dtype',
    () => new gym.DtypeObservation(new Pulse(), { dtype: 'flot32' as never }),
    'did you mean "float32"?',
  ],
  ['bounds out of range', () => new gym.DtypeObservation(new Pulse(), { dtype: 'bool' }), 'low -0.5 is no bool'],
  [
    'a dtype of a Tuple',
    () => new gym.DtypeObservation(new Parted(), { dtype: 'int8' }),
    'Box, Discrete, MultiDiscrete',
  ],
  ['bins of a Discrete', () => new gym.DiscretizeAction(new Pulse(), { bins: 3 }), 'must be a Box, it is Discrete(3)'],
  [
    'no bins',
    () => new gym.DiscretizeAction(new Steered(), { bins: 0 }),
    'bins must be an integer of at least 1, got 0',
  ],
  ['bins of three entries', () => new gym.DiscretizeAction(new Steered(), { bins: [2, 2, 2] }), 'or 2 of them'],
  ['a Box without bounds', () => new gym.DiscretizeAction(steered(0, Infinity), { bins: 3 }), 'has no bounds'],
  ['a bin that is none', () => step(4), 'the action 4 is not in Discrete(4)'],
  ['a bin below zero', () => step(-1), 'the action -1 is not in'],
  ['half a bin', () => step(0.5), 'the action 0.5 is not in'],
]);

function step(action: number): unknown {
  const env = new gym.DiscretizeAction(new Steered(), { bins: 2 });
  env.reset();
  expect(env.actionSpace.equals(discrete(4) as never)).toBe(true);
  return env.step(action);
}
