/** Short forms of published prediction problems; test/slow/step-sizes.test.ts has them at length. */
import { describe, expect, it } from 'vitest';
import { bestErrors } from '../support/random-mdp-bed.ts';
import { walkError } from '../support/walk-bed.ts';

describe('the random walk of 19 states, RMS error over ten episodes', () => {
  it('orders the traces as the book does', async () => {
    const at = { alpha: 0.4, lambda: 0.8 };
    const online = await walkError({ id: 'true-online-td', ...at }, 40);
    const accumulating = await walkError({ id: 'td-lambda', anew: true, ...at }, 40);
    expect(Math.abs(online - 0.253)).toBeLessThan(0.02);
    expect(Math.abs(accumulating - 0.271)).toBeLessThan(0.02);
    expect(online).toBeLessThan(accumulating); // on the same walks
    expect(await walkError({ id: 'true-online-td', alpha: 0.4, lambda: 0 }, 40)).toBeGreaterThan(0.35); // control
  });
});

it('random chains order true online TD, replacing and accumulating traces as published', async () => {
  const sweep = { mdps: 6, runs: 5, alphas: [0.1, 0.2, 0.4, 0.7, 1, 1.5], lambdas: [0, 0.8, 0.9, 0.95, 0.99] };
  const online = await bestErrors({ id: 'true-online-td' }, sweep);
  const replacing = await bestErrors({ id: 'td-lambda', trace: 'replacing', anew: true }, sweep);
  const accumulating = await bestErrors({ id: 'td-lambda', anew: true }, sweep);
  expect(online).toBeLessThan(replacing);
  expect(replacing).toBeLessThan(accumulating);
  expect(accumulating).toBeLessThan(1);
  const still = { ...sweep, lambdas: [0] };
  expect(await bestErrors({ id: 'true-online-td' }, still)).toBeGreaterThan(replacing); // control: it takes a trace
});
