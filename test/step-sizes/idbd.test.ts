/** IDBD: by hand, h against finite differences, through the weights of a cell, and a short tracking task (Sutton 1992). */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { mean } from '../../src/statistics/mean.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { get } from '../support/arrays.ts';
import { smallLearner, stepOf } from '../support/learners.ts';
import { linearLearner } from '../support/linear-bed.ts';
import { regress, sizesOf, tracking } from '../support/regression-bed.ts';
import { oneWeight } from './by-hand.ts';

it('gives the numbers worked by hand', async () => {
  const moments = [
    { delta: 9, gradient: 2 }, // nothing to move yet
    { delta: 3, gradient: -1 }, // beta stays as h = 0; w += .1 * 3 * 2;  h = .6
    { delta: 2, gradient: 5, gamma: 0 }, // beta += .5 * 2 * -1 * .6;  h = .6 (1 - alpha) - 2 alpha
    { delta: 1, gradient: 0, gamma: 0 }, // beta += .5 * 5 h;  25 alpha > 1 clips: h = 5 alpha
    { delta: 1, gradient: 0 },
  ];
  const second = 0.1 * Math.exp(-0.6);
  const h = 0.6 * (1 - second) - 2 * second;
  const third = second * Math.exp(0.5 * 5 * h);
  const w = [1, 1.6, 1.6 - 2 * second, 1.6 - 2 * second + 5 * third];
  const seen = await oneWeight('idbd', { alpha: 0.1, theta: 0.5 }, moments);
  w.forEach((value, t) => {
    expect(seen[t]![0]).toBeCloseTo(value, 12);
    expect(seen[t]![1]).toBe(seen[t]![0]); // cell and head alike
  });
  expect(seen[4]).toEqual(seen[3]); // no gradient, no change
});

it('has an importance ratio weigh what a step is worth', async () => {
  const moments = [
    { delta: 0, gradient: 2 },
    { delta: 3, gradient: 1, ratio: 0.5 }, // w += .1 * 3 * .5 * 2;  h = .3
    { delta: 1, gradient: 1, ratio: 0 }, // nothing
    { delta: 1, gradient: 0 }, // beta += .5 * .3
  ];
  const seen = (await oneWeight('idbd', { alpha: 0.1, theta: 0.5 }, moments)).map(([cell]) => cell!);
  [1, 1.3, 1.3, 1.3 + 0.1 * Math.exp(0.15)].forEach((w, t) => expect(seen[t]).toBeCloseTo(w, 12));
});

it('keeps ln alpha within bounds, and each of its steps, where asked to', async () => {
  const moments = [1, 1, 1, 1, 1].map((gradient) => ({ delta: 40, gradient, gamma: 0 }));
  const last = async (options: object): Promise<number> => {
    const seen = (await oneWeight('idbd', { alpha: 0.1, theta: 1, ...options }, moments)).map(([cell]) => cell!);
    return Math.log((seen[4]! - seen[3]!) / 40);
  };
  const start = Math.log(0.1);
  expect(await last({ betaMax: -1 })).toBeCloseTo(-1, 12);
  expect(await last({ betaChange: 0.25 })).toBeCloseTo(start + 0.75, 12); // h = 0 at the first of four
  expect(await last({ betaMin: 0, theta: 0 })).toBeCloseTo(0, 12);
  expect(await last({ theta: 0.001 })).toBeGreaterThan(start + 0.9); // off by default
});

describe('h', () => {
  const rng = createRng('h');
  const life = Array.from({ length: 60 }, () => [0.5 + 0.3 * rng.normal(), rng.normal()] as const);

  /** One weight on targets, with step sizes that stand still. */
  async function at(beta: number): Promise<{ w: number; h: number }> {
    const learner = await linearLearner({ id: 'idbd', alpha: Math.exp(beta), theta: 0 }, 1);
    for (const [x, y] of life) learner.step(stepOf([x], 0, 0, { target: [y] }));
    return { w: get(learner, 'head.weights')[0]!, h: get(learner, 'rule.h.head')[0]! };
  }

  it('is the derivative of the weight to ln alpha', async () => {
    const [beta, e] = [Math.log(0.05), 1e-5];
    const difference = ((await at(beta + e)).w - (await at(beta - e)).w) / (2 * e);
    const { w, h } = await at(beta);
    expect(Math.abs(h)).toBeGreaterThan(1e-3);
    expect(Math.abs(h - difference)).toBeLessThanOrEqual(1e-8);
    expect(Math.abs(w - difference)).toBeGreaterThan(1e-2); // control
    expect(Math.abs((await at(beta + 0.1)).h - difference)).toBeGreaterThan(1e-4);
  });
});

describe('on the weights of a cell', () => {
  const THETA = 0.02;

  /** IDBD by hand with the exact sensitivities that the learner shows, over the life of a learner. */
  async function lived(): Promise<{ seen: Float64Array; expected: Float64Array; constant: Float64Array }> {
    const learner = await smallLearner({ rule: { id: 'idbd', alpha: 0.05, theta: THETA } });
    const w = Float64Array.from(get(learner, 'cell.params'));
    const constant = w.slice();
    const [beta, h] = [new Float64Array(w.length).fill(Math.log(0.05)), new Float64Array(w.length)];
    const rng = createRng('cell');
    for (let t = 0; t < 200; t++) {
      const x = [rng.normal(), rng.normal()];
      const { delta } = learner.step(stepOf(x, 0, 0, { start: t === 0, target: [Math.sin(t) + x[0]!] }));
      learner.gradient.forEach((g, i) => {
        beta[i]! += THETA * delta[0]! * g * h[i]!;
        const alpha = Math.exp(beta[i]!);
        w[i]! += alpha * delta[0]! * g;
        constant[i]! += 0.05 * delta[0]! * g;
        h[i] = h[i]! * Math.max(0, 1 - alpha * g ** 2) + alpha * delta[0]! * g;
      });
    }
    return { seen: Float64Array.from(get(learner, 'cell.params')), expected: w, constant };
  }

  it('takes their sensitivity for the input', async () => {
    const { seen, expected, constant } = await lived();
    expectEqual(seen, expected, 1e-12);
    expectDifferent(seen, constant, 1e-2); // control: had the step sizes stayed
  });
});

describe('in the tracking task', () => {
  const SEEDS = [0, 1, 2];
  const mse = async (rule: { id: string } & Record<string, unknown>): Promise<number> => {
    const runs = SEEDS.map(async (seed) => regress(rule, await tracking(seed), { examples: 30_000, from: 20_000 }));
    return mean((await Promise.all(runs)).map((run) => run.mse));
  };

  it('halves the error of the best least mean squares', async () => {
    const idbd = await mse({ id: 'idbd', alpha: 0.05, theta: 0.01 });
    const lms = await mse({ id: 'td-lambda', alpha: 0.035, lambda: 0 });
    expect(idbd).toBeGreaterThan(1.45);
    expect(idbd).toBeLessThan(1.65);
    expect(lms).toBeGreaterThan(3.1);
    expect(lms).toBeLessThan(3.7);
    expect(await mse({ id: 'idbd', alpha: 0.05, theta: 0 })).toBeGreaterThan(3.1); // control: it is theta that does it
  });

  it('finds which inputs matter', async () => {
    const { learner } = await regress({ id: 'idbd', alpha: 0.05, theta: 0.002 }, await tracking(0), {
      examples: 60_000,
    });
    const sizes = sizesOf(learner);
    expect(mean(sizes.slice(0, 5))).toBeGreaterThan(0.1);
    expect(Math.max(...sizes.slice(5))).toBeLessThan(0.03);
  });
});
