/** TIDBD: it is IDBD without a discount, h is a derivative, and both of its gradients by hand. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { loadPart } from '../../src/registry.ts';
import type { WeightGroup } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { get } from '../support/arrays.ts';
import { smallLearner, stepOf } from '../support/learners.ts';
import { linearLearner, live, type Moment, randomLife, type RuleChoice } from '../support/linear-bed.ts';
import { regress, tracking } from '../support/regression-bed.ts';

const SIZE = 4;
const BOTH = [['semi'], ['ordinary']] as const;

async function arraysOf(rule: RuleChoice, moments: readonly Moment[]): Promise<Record<string, number[]>> {
  const learner = await linearLearner(rule, SIZE);
  live(learner, moments);
  const names = ['head.weights', 'rule.beta.head', 'rule.h.head'];
  return Object.fromEntries(names.map((name) => [name, get(learner, name)]));
}

describe.each(BOTH)('with the %s gradient', (gradient) => {
  const rule = { id: 'tidbd', alpha: 0.05, theta: 0.01, lambda: 0.8, gradient };
  const idbd = { id: 'idbd', alpha: 0.05, theta: 0.01 };

  it('is IDBD bit by bit where the discount is 0', async () => {
    const life = (gamma: number) => randomLife('one step', SIZE, 2000, { gamma });
    expect(await arraysOf(rule, life(0))).toEqual(await arraysOf(idbd, life(0)));
    expect(await arraysOf(rule, life(0.1))).not.toEqual(await arraysOf(idbd, life(0.1))); // control
  });

  it('is IDBD bit by bit on targets', async () => {
    const weights = async (choice: RuleChoice, seed: number) => {
      const { learner } = await regress(choice, await tracking(seed), { examples: 2000 });
      return get(learner, 'head.weights');
    };
    expect(await weights(rule, 0)).toEqual(await weights(idbd, 0));
    expect(await weights({ ...rule, theta: 0.011 }, 0)).not.toEqual(await weights(idbd, 0)); // control
  });
});

it('with lambda 0 it is what IDBD does with TD errors, bit by bit', async () => {
  const life = randomLife('lambda 0', SIZE, 500);
  const tidbd = (lambda: number) => ({ id: 'tidbd', alpha: 0.05, theta: 0.01, lambda });
  const idbd = await arraysOf({ id: 'idbd', alpha: 0.05, theta: 0.01 }, life);
  expect(await arraysOf(tidbd(0), life)).toEqual(idbd);
  expect(await arraysOf(tidbd(0.1), life)).not.toEqual(idbd); // control
});

/** One linear group with the paper's delta_t, which predicts v_{t-1} anew; bootstraps of another life where given. */
async function byThePaper(
  options: object,
  moments: readonly Moment[],
  { kind = 'head', bootstraps = null }: { kind?: 'cell' | 'head'; bootstraps?: readonly number[] | null } = {},
) {
  const part = await loadPart('step-sizes', 'tidbd');
  const n = moments[0]!.x.length;
  const phi = new Float64Array(n);
  const weights = new Float64Array(n);
  const gradient = new Float64Array(n);
  const group: WeightGroup = { name: kind, weights, gradient, ...(kind === 'head' ? { features: phi } : {}) };
  const rule = part.create(part.options.parse(options), createRng(0), { groups: [group] });
  const v = (x: ArrayLike<number>): number => weights.reduce((sum, w, i) => sum + w * x[i]!, 0);
  const said: number[] = [];
  moments.forEach(({ x, c = 0, gamma = 0.9, start = false }, t) => {
    phi.set(x);
    if (start) rule.reset();
    const bootstrap = bootstraps?.[t] ?? gamma * v(x);
    said.push(bootstrap);
    const delta = start ? 0 : c + bootstrap - v(moments[t - 1]!.x);
    const discount_t = start ? 0 : gamma;
    const credit = { delta, v_tm1: 0, v_t: 0, discount_t, ratio: 1, supervised: false, combined: false };
    if (!start) rule.apply(credit);
    gradient.set(x);
    rule.trace(credit);
  });
  return { weights, h: get(rule, `h.${kind}`), beta: get(rule, `beta.${kind}`), bootstraps: said };
}

describe('h of one weight', () => {
  const rng = createRng('h');
  const moments = randomLife('h', 1, 60).map((moment) => ({ ...moment, x: [0.5 + 0.2 * rng.normal()] }));
  const [beta, e] = [Math.log(0.05), 1e-5];
  const at = (b: number, bootstraps: readonly number[] | null, gradient = 'semi') =>
    byThePaper({ alpha: Math.exp(b), theta: 0, lambda: 0.8, gradient }, moments, { bootstraps });

  it('is the derivative to ln alpha where bootstraps stand still, for the semi-gradient', async () => {
    const { h, bootstraps } = await at(beta, null);
    const [up, down] = [await at(beta + e, bootstraps), await at(beta - e, bootstraps)];
    const difference = (up.weights[0]! - down.weights[0]!) / (2 * e);
    expect(Math.abs(h[0]!)).toBeGreaterThan(1e-3);
    expect(Math.abs(h[0]! - difference)).toBeLessThanOrEqual(1e-8);
    expect(Math.abs((await at(beta, null, 'ordinary')).h[0]! - difference)).toBeGreaterThan(1e-4); // control
  });

  it('is the derivative to ln alpha where they move, for the ordinary gradient', async () => {
    const { h } = await at(beta, null, 'ordinary');
    const [up, down] = [await at(beta + e, null), await at(beta - e, null)];
    const difference = (up.weights[0]! - down.weights[0]!) / (2 * e);
    expect(Math.abs(h[0]! - difference)).toBeLessThanOrEqual(1e-8);
    expect(Math.abs((await at(beta, null)).h[0]! - difference)).toBeGreaterThan(1e-4); // control
  });
});

describe('by hand', () => {
  const moments = randomLife('by hand', SIZE, 200, { episode: 40 });
  const THETA = 0.01;
  const LAMBDA = 0.8;

  /** The formulas of the header; `late`: step sizes are learned after the weights have moved. */
  function worked(gradient: string, late = false): Float64Array {
    const [w, z, h] = [new Float64Array(SIZE), new Float64Array(SIZE), new Float64Array(SIZE)];
    const beta = new Float64Array(SIZE).fill(Math.log(0.05));
    const v = (x: readonly number[]): number => x.reduce((sum, value, i) => sum + value * w[i]!, 0);
    moments.forEach(({ x, c = 0, gamma = 0.9, start = false }, t) => {
      const last = start ? x : moments[t - 1]!.x;
      const delta = c + gamma * v(x) - v(last);
      for (let i = 0; i < SIZE; i++) {
        if (!start) {
          const u = gradient === 'semi' ? last[i]! : last[i]! - gamma * x[i]!;
          const before = Math.exp(beta[i]!);
          beta[i]! += THETA * delta * u * h[i]!;
          const alpha = late && gamma > 0 ? before : Math.exp(beta[i]!);
          w[i]! += alpha * delta * z[i]!;
          h[i] = h[i]! * Math.max(0, 1 - alpha * u * z[i]!) + alpha * delta * z[i]!;
        }
        z[i] = (start ? 0 : gamma * LAMBDA * z[i]!) + x[i]!;
      }
    });
    return w;
  }
  const options = { alpha: 0.05, theta: THETA, lambda: LAMBDA };

  it.each(BOTH)('a linear head has the numbers of the paper, %s gradient', async (gradient) => {
    const { weights } = await byThePaper({ ...options, gradient }, moments);
    expectEqual(weights, worked(gradient), 1e-12);
    expectDifferent(weights, worked(gradient === 'semi' ? 'ordinary' : 'semi'), 1e-3); // control
  });

  it('the weights of a cell too, by the semi-gradient', async () => {
    const { weights } = await byThePaper({ ...options, gradient: 'semi' }, moments, { kind: 'cell' });
    expectEqual(weights, worked('semi'), 1e-12);
  });

  it('and by the ordinary gradient with step sizes that are learned one step late', async () => {
    const { weights } = await byThePaper({ ...options, gradient: 'ordinary' }, moments, { kind: 'cell' });
    expectEqual(weights, worked('ordinary', true), 1e-12);
    expectDifferent(weights, worked('ordinary'), 1e-5); // control: the head's
  });
});

it('drives the weights of a cell by their sensitivity, in a learner of TD errors', async () => {
  const options = { alpha: 0.05, theta: 0.02, lambda: 0.8 };
  const learner = await smallLearner({ rule: { id: 'tidbd', ...options } });
  const w = Float64Array.from(get(learner, 'cell.params'));
  const constant = w.slice();
  const n = w.length;
  const [z, x, h] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const beta = new Float64Array(n).fill(Math.log(options.alpha));
  const rng = createRng('cell');
  for (let t = 0; t < 200; t++) {
    const start = t % 50 === 0;
    const delta = learner.step(stepOf([rng.normal(), rng.normal()], rng.normal(), 0.9, { start })).delta[0]!;
    for (let i = 0; i < n; i++) {
      if (!start) {
        beta[i]! += options.theta * delta * x[i]! * h[i]!;
        const alpha = Math.exp(beta[i]!);
        w[i]! += alpha * delta * z[i]!;
        constant[i]! += options.alpha * delta * z[i]!;
        h[i] = h[i]! * Math.max(0, 1 - alpha * x[i]! * z[i]!) + alpha * delta * z[i]!;
      }
      x[i] = learner.gradient[i]!;
      z[i] = (start ? 0 : 0.9 * options.lambda * z[i]!) + x[i]!;
    }
  }
  const seen = Float64Array.from(get(learner, 'cell.params'));
  expectEqual(seen, w, 1e-12);
  expectDifferent(seen, constant, 1e-4); // control: had the step sizes stayed
});
