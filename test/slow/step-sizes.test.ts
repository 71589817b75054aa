/**
 * Published results of step-size rules, by learners of this project on 30 seeds. Expected figures: those of the papers, and
 * of an independent program of ours in another language (its measured value is in each comment).
 */
import { describe, expect, it } from 'vitest';
import { mean } from '../../src/statistics/mean.ts';
import { kalmanError } from '../oracle/kalman.ts';
import type { RuleChoice } from '../support/linear-bed.ts';
import { bestErrors } from '../support/random-mdp-bed.ts';
import { drift, regress, tracking } from '../support/regression-bed.ts';
import { walkError } from '../support/walk-bed.ts';

const seeds = (n: number): number[] => Array.from({ length: n }, (_, seed) => seed);
const show = (what: string, value: number): number => {
  console.log(`${what}: ${value.toFixed(4)}`);
  return value;
};

async function trackingError(rule: RuleChoice, n: number, options: object = {}): Promise<number> {
  const errors: number[] = [];
  for (const seed of seeds(n)) {
    errors.push((await regress(rule, await tracking(seed, options), { examples: 30_000, from: 20_000 })).mse);
  }
  return show(`tracking ${JSON.stringify(rule)}`, mean(errors));
}

describe('IDBD (Sutton 1992)', () => {
  it('experiment 1: less than half the error of the best least mean squares', async () => {
    let lms = Infinity;
    for (const alpha of [0.03, 0.035, 0.04]) {
      lms = Math.min(lms, await trackingError({ id: 'td-lambda', alpha, lambda: 0 }, 30));
    }
    const idbd = await trackingError({ id: 'idbd', alpha: 0.05, theta: 0.01 }, 30);
    expect(lms).toBeGreaterThan(3.25); // 3.365; the paper: about 3.5
    expect(lms).toBeLessThan(3.55);
    expect(idbd).toBeGreaterThan(1.5); // 1.538; the paper: about 1.5
    expect(idbd).toBeLessThan(1.6);
    expect(idbd / lms).toBeLessThanOrEqual(0.5);
  });

  it('experiment 2: finds the best step sizes there are', async () => {
    const ends: number[][] = [];
    for (const seed of seeds(10)) {
      const { sizes } = await regress({ id: 'idbd', alpha: 0.05, theta: 0.001 }, await tracking(seed), {
        examples: 250_000,
      });
      ends.push(sizes);
    }
    const relevant = show('relevant step sizes', mean(ends.flatMap((sizes) => sizes.slice(0, 5))));
    const irrelevant = show('largest irrelevant', Math.max(...ends.flatMap((sizes) => sizes.slice(5))));
    expect(relevant).toBeGreaterThan(0.115); // .1319; the paper: .13 +- .015
    expect(relevant).toBeLessThan(0.145);
    expect(irrelevant).toBeLessThan(0.009); // .0078; the paper: .007
    let [best, least] = [0, Infinity];
    for (const alpha of [0.05, 0.1, 0.12, 0.13, 0.14, 0.15, 0.2]) {
      const error = await trackingError({ id: 'td-lambda', alpha, lambda: 0 }, 30, { inputs: 5 });
      if (error < least) [best, least] = [alpha, error];
    }
    expect([0.12, 0.13, 0.14, 0.15]).toContain(best); // .14; the paper: .13 +- .01
    expect(Math.abs(best - relevant)).toBeLessThan(0.03);
  });

  it('as TD errors with discount 0 it learns from each example one step late, and is worse for it', async () => {
    const errors: number[] = [];
    for (const seed of seeds(5)) {
      const how = { examples: 30_000, from: 20_000, by: 'td' } as const;
      errors.push((await regress({ id: 'idbd', alpha: 0.05, theta: 0.01 }, await tracking(seed), how)).mse);
    }
    expect(show('by TD errors', mean(errors))).toBeGreaterThan(1.8);
  });
});

it('Autostep has one error wherever it starts', async () => {
  const errors: number[] = [];
  for (const alpha of [0.005, 0.05, 0.1]) errors.push(await trackingError({ id: 'autostep', alpha, theta: 0.01 }, 30));
  for (const error of errors) {
    expect(error).toBeGreaterThan(2.15); // 2.251, 2.260
    expect(error).toBeLessThan(2.35);
  }
  expect(Math.max(...errors) - Math.min(...errors)).toBeLessThanOrEqual(0.05);
  expect(await trackingError({ id: 'autostep', alpha: 0.005, theta: 0 }, 3)).toBeGreaterThan(3); // control
});

it('gain adaptation beats least squares, which beats least mean squares (Sutton 1992)', async () => {
  const how = { examples: 30_000, from: 20_000 };
  const rmse = async (rule: RuleChoice): Promise<number> => {
    const errors: number[] = [];
    for (const seed of seeds(10)) errors.push(Math.sqrt((await regress(rule, drift(seed), how)).mse));
    return show(`drift ${JSON.stringify(rule)}`, mean(errors));
  };
  const filter = (walking: number): number =>
    mean(seeds(10).map((seed) => kalmanError(drift(seed), { ...how, walking })));
  const k1 = await rmse({ id: 'k1', alpha: 0.1, theta: 0.001 });
  const k2 = await rmse({ id: 'k2', alpha: 0.1, theta: 0.01 });
  const idbd = await rmse({ id: 'idbd', alpha: 0.01, theta: 0.0003 });
  const squares = show('least squares', filter(20));
  let lms = Infinity;
  for (const alpha of [0.04, 0.045, 0.05]) lms = Math.min(lms, await rmse({ id: 'td-lambda', alpha, lambda: 0 }));
  expect(k1).toBeLessThanOrEqual(5.6); // 5.338
  expect(k2).toBeLessThan(idbd);
  expect(idbd).toBeLessThan(squares); // 6.477
  expect(squares).toBeGreaterThan(8.4); // 8.602
  expect(squares).toBeLessThan(8.8);
  expect(lms).toBeGreaterThan(10.4); // 10.63
  expect(lms).toBeLessThan(10.9);
  expect(show('filter that is told which weights walk', filter(5))).toBeLessThan(k1); // 4.774
});

const td = (over: object = {}): RuleChoice => ({ id: 'td-lambda', anew: true, ...over }); // the book's

it('the random walk of 19 states has the errors of the book, over 100 runs', async () => {
  const expected: [RuleChoice, number, number][] = [
    [{ id: 'true-online-td', alpha: 0.4, lambda: 0.8 }, 0.253, 0.008],
    [td({ alpha: 0.4, lambda: 0.8 }), 0.271, 0.008],
    [td({ alpha: 0.4, lambda: 0.8, trace: 'replacing' }), 0.257, 0.008],
    [td({ alpha: 0.5, lambda: 0 }), 0.388, 0.01],
  ];
  for (const [rule, value, tolerance] of expected) {
    const error = show(`walk ${JSON.stringify(rule)}`, await walkError(rule, 100));
    expect(Math.abs(error - value)).toBeLessThanOrEqual(tolerance);
  }
  const control = await walkError(td({ alpha: 0.2, lambda: 0.8 }), 100);
  expect(Math.abs(control - 0.271)).toBeGreaterThan(0.008);
});

it('random chains order true online TD, replacing and accumulating traces as published', async () => {
  const alphas = [0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 1.8];
  const sweep = { mdps: 30, runs: 10, alphas, lambdas: [0, 0.5, 0.8, 0.9, 0.95, 0.99, 1] };
  const best = async (rule: RuleChoice): Promise<number> =>
    show(`random chains ${JSON.stringify(rule)}`, await bestErrors(rule, sweep));
  const online = await best({ id: 'true-online-td' });
  const replacing = await best(td({ trace: 'replacing' }));
  const accumulating = await best(td());
  expect(online).toBeLessThan(replacing);
  expect(replacing).toBeLessThan(accumulating);
  expect(accumulating).toBeLessThan(1); // that of no learning
  // With v_{t-1} as predicted then, both are better than the book's.
  expect(await best({ id: 'td-lambda', trace: 'replacing' })).toBeLessThan(replacing);
  expect(await best({ id: 'td-lambda' })).toBeLessThan(accumulating);
});
