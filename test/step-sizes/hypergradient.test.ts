/** Hypergradient descent: by hand, and its gradient against a finite difference. */
import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { get } from '../support/arrays.ts';
import { stepOf } from '../support/learners.ts';
import { linearLearner } from '../support/linear-bed.ts';
import { oneWeight } from './by-hand.ts';

const MOMENTS = [
  { delta: 9, gradient: 2 }, // z_0 = 2
  { delta: 3, gradient: -1 }, // w += .1 * 6, u = 6;  z_1 = .5 * .5 * 2 - 1 = -.5
  { delta: 2, gradient: 0 }, // alpha += .01 * 2 * (-1 * 6), once per weight that shares it;  u = -1
];

it('gives the numbers worked by hand, one step size for all', async () => {
  const seen = await oneWeight('hypergradient', { alpha: 0.1, theta: 0.01, lambda: 0.5 }, MOMENTS);
  [1, 1.6, 1.6 - (0.1 - 0.24)].forEach((w, t) => {
    expect(seen[t]![0]).toBeCloseTo(w, 12);
    expect(seen[t]![1]).toBe(seen[t]![0]);
  });
});

it('gives the numbers worked by hand, one for each weight', async () => {
  const seen = await oneWeight('hypergradient', { alpha: 0.1, theta: 0.01, lambda: 0.5, shared: false }, MOMENTS);
  [1, 1.6, 1.6 - (0.1 - 0.12)].forEach((w, t) => expect(seen[t]![0]).toBeCloseTo(w, 12));
});

it('keeps the step size within bounds where asked to', async () => {
  const options = { alpha: 0.1, theta: 0.01, lambda: 0.5, alphaMin: 0 };
  for (const shared of [true, false]) {
    const seen = await oneWeight('hypergradient', { ...options, shared }, MOMENTS);
    expect(seen[2]![0]).toBe(seen[1]![0]); // alpha = 0
  }
  const seen = await oneWeight('hypergradient', { ...options, theta: -0, alphaMax: 0.05 }, MOMENTS);
  expect(seen[1]![0]).toBeCloseTo(1.3, 12);
});

it('descends along the derivative of the squared error to the step size of the step before', async () => {
  const rng = createRng('slope');
  const life = Array.from({ length: 2 }, () => [[rng.normal(), rng.normal(), rng.normal()], rng.normal()] as const);
  const lived = async (alpha: number, theta: number) => {
    const learner = await linearLearner({ id: 'hypergradient', alpha, theta }, 3);
    const errors = life.map(([x, y]) => learner.step(stepOf(x, 0, 0, { target: [y] })).delta[0]!);
    return { loss: errors[1]! ** 2 / 2, alpha: get(learner, 'rule.alpha')[0]! };
  };
  const e = 1e-5;
  const slope = ((await lived(0.1 + e, 0)).loss - (await lived(0.1 - e, 0)).loss) / (2 * e);
  expect(Math.abs(slope)).toBeGreaterThan(1e-2);
  const { alpha } = await lived(0.1, 0.01);
  expect((0.1 - alpha) / 0.01).toBeCloseTo(slope, 8);
  expect((await lived(0.1, 0)).alpha).toBe(0.1); // control
});
