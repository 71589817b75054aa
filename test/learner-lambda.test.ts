/**
 * Forward and backward view: with a step size so small that the weights hardly move, the updates of an episode add up to
 * those of the offline lambda-return (Sutton & Barto 2018, section 12.1):
 *   G_t = c_{t+1} + gamma_{t+1} ((1 - lambda) v_{t+1} + lambda G_{t+1}),   sum_t alpha (G_t - v_t) grad v_t
 */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import type { Learner } from '../src/learner.ts';
import type { Step } from '../src/types.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { get } from './support/arrays.ts';
import { smallLearner, stepOf } from './support/learners.ts';

const ALPHA = 1e-8;
const HEAD = Float64Array.of(0.9, -0.4, 0.3);

function episode(length: number): Step[] {
  const rng = createRng('episode');
  return Array.from({ length }, (_, t) => {
    const gamma = t === length - 1 ? 0 : 0.5 + 0.5 * rng.uniform();
    return stepOf([rng.normal(), rng.normal()], rng.normal(), gamma, { start: t === 0 });
  });
}

async function learnerOf(alpha: number, lambda: number): Promise<Learner> {
  const learner = await smallLearner({ rule: { id: 'td-lambda', alpha, lambda }, estimator: { id: 'rtrl' } });
  learner.write('head.weights', HEAD);
  return learner;
}

/** [cell; head] */
const weightsOf = (learner: Learner): number[] => [...get(learner, 'cell.params'), ...get(learner, 'head.weights')];

/** Sum of the online updates, in units of alpha. */
async function online(steps: readonly Step[], lambda: number): Promise<Float64Array> {
  const learner = await learnerOf(ALPHA, lambda);
  const before = weightsOf(learner);
  for (const s of steps) learner.step(s);
  return Float64Array.from(weightsOf(learner), (w, i) => (w - before[i]!) / ALPHA);
}

/** The same from lambda-returns and from gradients by finite differences, all weights fixed. */
async function offline(steps: readonly Step[], lambda: number): Promise<Float64Array> {
  const idle = await learnerOf(0, lambda);
  const weights = weightsOf(idle);
  const cells = idle.arrays['cell.params']!;
  const valuesAt = (w: readonly number[]): number[] => {
    idle.write('cell.params', Float64Array.from(w.slice(0, cells)));
    idle.write('head.weights', Float64Array.from(w.slice(cells)));
    return steps.map((s) => idle.step(s).prediction[0]!);
  };
  const v = valuesAt(weights);
  const G = new Float64Array(steps.length);
  for (let t = steps.length - 2; t >= 0; t--) {
    const { cumulant, discount } = steps[t + 1]!;
    G[t] = cumulant[0]! + discount[0]! * ((1 - lambda) * v[t + 1]! + lambda * G[t + 1]!);
  }
  const h = 1e-6;
  return Float64Array.from(weights, (_, i) => {
    const shifted = (by: number): number[] => valuesAt(weights.map((w, j) => (j === i ? w + by : w)));
    const [up, down] = [shifted(h), shifted(-h)];
    let sum = 0;
    for (let t = 0; t < steps.length - 1; t++) sum += (G[t]! - v[t]!) * ((up[t]! - down[t]!) / (2 * h));
    return sum;
  });
}

describe.each([0, 0.7, 1])('lambda %d', (lambda) => {
  it('online updates add up to those of the lambda-return', async () => {
    const steps = episode(25);
    expectEqual(await online(steps, lambda), await offline(steps, lambda), 1e-6);
  });

  it('and not to those of another lambda', async () => {
    const steps = episode(25);
    expectDifferent(await online(steps, lambda), await offline(steps, lambda === 0.7 ? 0.6 : 0.5), 1e-2);
  });
});

it('lambda 1 is Monte Carlo: the return of the episode does not ask the predictions', async () => {
  const steps = episode(25);
  const shifted = episode(25).map((s, t) => (t === 24 ? { ...s, cumulant: Float64Array.of(5) } : s));
  expectDifferent(await online(steps, 1), await online(shifted, 1), 1e-2);
  expect((await offline(steps, 1)).every(Number.isFinite)).toBe(true);
});
