/** ObGD: the worked example, the bound that the paper proves, and what happens without it. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { get } from '../support/arrays.ts';
import { smallLearner, stepOf } from '../support/learners.ts';
import { overshoot } from '../support/overshoot.ts';

const BED = {
  cell: { id: 'none' },
  estimator: { id: 'none' },
  features: { id: 'raw', bias: false, observation: true },
};
const bounded = (over: object = {}) => ({ id: 'obgd', ...over });

async function onInputs(rule: { id: string } & object, inputSize: number) {
  return smallLearner({ ...BED, rule }, { inputSize });
}

it('the worked example: one step from 0 stays within the bound', async () => {
  const x = [1, -2, 0.5];
  const learner = await onInputs(bounded(), 3);
  learner.step(stepOf(x, 0, 0, { start: true }));
  learner.step(stepOf([0, 0, 0], 3, 0));
  const expected = [1 / 7, -2 / 7, 1 / 14];
  get(learner, 'head.weights').forEach((w, i) => expect(w).toBeCloseTo(expected[i]!, 14));
  expect(get(learner, 'rule.bound')[0]).toBeCloseTo(1 / 21, 14);
  const plain = await onInputs({ id: 'td-lambda', alpha: 1 } as { id: string }, 3);
  plain.step(stepOf(x, 0, 0, { start: true }));
  plain.step(stepOf([0, 0, 0], 3, 0));
  expect(get(plain, 'head.weights')[0]).toBe(3); // control: no bound
});

describe.each([2, 3])('with kappa %d', (kappa) => {
  it('no step takes away more than 1 / kappa of its error, features in [0, 1]', async () => {
    const { worst, flips, counted } = await overshoot(bounded({ kappa }), 5000);
    expect(counted).toBeGreaterThan(4900);
    expect(worst).toBeGreaterThan(0.4 / kappa);
    expect(worst).toBeLessThanOrEqual(1 / kappa + 1e-12);
    expect(flips).toBe(0);
  });

  it('control: without a bound steps overshoot, and weights leave all bounds', async () => {
    const { worst, flips, end } = await overshoot({ id: 'td-lambda', alpha: 1, lambda: 0.8 }, 5000);
    expect(worst).toBeGreaterThan(1);
    expect(flips).toBeGreaterThan(0);
    expect(end).toBeLessThan(5000);
  });
});

it('the bound spans head and cell', async () => {
  const learner = await smallLearner({ rule: bounded() });
  const rng = createRng('life');
  let binding = 0;
  for (let t = 0; t < 200; t++) {
    const before = Object.fromEntries(['cell', 'head'].map((name) => [name, get(learner, `rule.z.${name}`)]));
    const { delta } = learner.step(stepOf([rng.normal(), rng.normal()], rng.normal(), 0.9, { start: t === 0 }));
    if (t === 0) continue;
    const norm = [...before['cell']!, ...before['head']!].reduce((sum, z) => sum + Math.abs(z), 0);
    const M = 2 * Math.max(Math.abs(delta[0]!), 1) * norm;
    expect(get(learner, 'rule.bound')[0]).toBeCloseTo(1 / Math.max(M, 1), 12);
    if (M > 1) binding++;
  }
  expect(binding).toBeGreaterThan(100);
});

it('the adaptive form does not care how large gradients of one weight are', async () => {
  const paths = await Promise.all(
    [1, 1000].map(async (scale) => {
      const learner = await onInputs(bounded({ adaptive: true, lambda: 0, epsilon: 1e-300 }), 2);
      const rng = createRng('scaled');
      for (let t = 0; t < 300; t++) {
        learner.step(stepOf([scale * rng.normal(), 0], rng.normal(), 0, { start: t === 0 }));
      }
      return get(learner, 'head.weights')[0]!;
    }),
  );
  expect(paths[0]).not.toBe(0);
  // u is free of scale, so the weight takes the same steps as long as errors are alike: its first ones.
  const first = await Promise.all(
    [1, 1000].map(async (scale) => {
      const learner = await onInputs(bounded({ adaptive: true, lambda: 0, epsilon: 1e-300 }), 2);
      learner.step(stepOf([scale, 0], 0, 0, { start: true }));
      learner.step(stepOf([0, 0], 0.5, 0));
      return get(learner, 'head.weights')[0]!;
    }),
  );
  expect(first[1]).toBeCloseTo(first[0]!, 12);
  expect(paths[1]).not.toBeCloseTo(paths[0]!, 6); // control: later errors differ, and so do weights
});
