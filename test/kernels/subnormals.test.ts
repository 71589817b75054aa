/**
 * Traces that nothing feeds any more decay, and numbers too small for full precision cost a hundred times the time on
 * many processors. The kernels keep them away by design: after a long silence no array holds one.
 */
import { describe, expect, it } from 'vitest';
import type { Learner } from '../../src/learner.ts';
import { get } from '../support/arrays.ts';
import { learnerOn, type LearnerCase, live, randomLife } from '../support/kernel-learners.ts';

const CELLS = [
  'tanh',
  'tanh-columns',
  'ctrnn',
  'gru',
  'gru-reset-before',
  'rhn',
  'lstm',
  'elstm',
  'lstm-columns',
  'deep-columns',
  'lru',
  'rtu',
] as const;
const ESTIMATORS: LearnerCase['estimator'][] = [
  ['columnar'],
  ['snap', { n: 2 }],
  ['immediate'],
  ['tbptt', { window: 4 }],
];
const cases = CELLS.flatMap((cell) =>
  ESTIMATORS.flatMap((estimator) =>
    (['td-lambda', 'rmsprop'] as const).map((rule) => ({
      name: `${cell} with ${estimator[0]} and ${rule}`,
      chosen: { cell: [cell], estimator, rule: [rule, { alpha: 1e-4, lambda: 0.5 }], coldStart: true } as LearnerCase,
    })),
  ),
);
const activations = (['tanh', 'relu'] as const).map((activation) => ({
  name: `rtu with ${activation} inside and as features`,
  chosen: {
    cell: ['rtu', { activation }],
    estimator: ['columnar'],
    features: ['activated', { activation }],
    rule: ['td-lambda', { alpha: 1e-4, lambda: 0.5 }],
    coldStart: true,
  } as LearnerCase,
}));

/** Some steps of noise from a cold start, then silence: x, cumulant and discount 0 but for the constant 1. */
function silence(steps: number) {
  const life = randomLife(steps);
  life.observation.fill(0, 100 * life.inputSize);
  life.cumulant.fill(0, 50);
  life.start.fill(0, 1);
  return life;
}

/** f32 numbers that are neither 0 nor normal. */
function subnormals(learner: Learner): string[] {
  return Object.keys(learner.arrays).filter((name) =>
    get(learner, name).some((value) => value !== 0 && Math.abs(Math.fround(value)) < 2 ** -126),
  );
}

describe('after a silence of 3,000 steps', () => {
  it.each([...cases, ...activations])('$name holds no subnormal number', async ({ chosen }) => {
    const { learner } = await learnerOn(chosen, { path: 'compiled', precision: 'f32' });
    live(learner, silence(3000));
    expect(subnormals(learner)).toEqual([]);
  });

  it('traces without the floor do: the reference path, seen in f32', async () => {
    const { learner } = await learnerOn(
      {
        cell: ['lstm-columns'],
        estimator: ['columnar'],
        rule: ['td-lambda', { alpha: 1e-4, lambda: 0.5 }],
        coldStart: true,
      },
      { path: 'reference' },
    );
    live(learner, silence(3000));
    expect(subnormals(learner)).not.toEqual([]);
  });
});
