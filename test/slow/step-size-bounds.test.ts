/** What bounds on updates promise, over long lives; test/step-sizes has them at short. */
import { describe, expect, it } from 'vitest';
import { DivergenceError } from '../../src/divergence-error.ts';
import { get } from '../support/arrays.ts';
import { linearLearner, live, randomLife, type RuleChoice } from '../support/linear-bed.ts';
import { overshoot } from '../support/overshoot.ts';

describe('SwiftTD over 2,000,000 steps of noise with a large meta step size', () => {
  const [ETA, LEAST] = [0.1, 1e-6];
  const rule = { id: 'swift-td', theta: 0.01, alpha: 0.01, lambda: 0.95, eta: ETA, etaMin: LEAST };

  /** Its largest weight, and extremes of its step sizes, at the end of every 100,000 steps. */
  async function extremes(choice: RuleChoice, parts: number) {
    const learner = await linearLearner(choice, 4);
    let [weight, most, least] = [0, 0, Infinity];
    for (let part = 0; part < parts; part++) {
      const moments = randomLife(`noise ${part}`, 4, 100_000, { gamma: 0.99 });
      live(
        learner,
        moments.map((moment, t) => ({ ...moment, start: part === 0 && t === 0 })),
      );
      const weights = get(learner, 'head.weights');
      const sizes = get(learner, 'rule.beta.head').map(Math.exp);
      expect([...weights, ...sizes].every(Number.isFinite)).toBe(true);
      weight = Math.max(weight, ...weights.map(Math.abs));
      [most, least] = [Math.max(most, ...sizes), Math.min(least, ...sizes)];
    }
    return { weight, most, least };
  }

  it('stays finite, and its step sizes within their bounds', async () => {
    const { weight, most, least } = await extremes(rule, 20);
    console.log(`swift-td on noise: weights up to ${weight.toFixed(3)}, step sizes from ${least} to ${most}`);
    expect(weight).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(ETA * (1 + 1e-12));
    expect(least).toBeGreaterThan(0.9 * LEAST);
  });

  it('control: without a bound it diverges', async () => {
    await expect(extremes({ ...rule, eta: null, decay: 1 }, 20)).rejects.toThrow(DivergenceError);
  });
});

describe.each([2, 3])('ObGD with kappa %d over 50,000 steps', (kappa) => {
  it('no step takes away more than 1 / kappa of its error, nor changes its sign', async () => {
    const { worst, flips, counted } = await overshoot({ id: 'obgd', kappa }, 50_000);
    console.log(`obgd, kappa ${kappa}: at most ${worst.toFixed(4)} of an error`);
    expect(counted).toBeGreaterThan(49_900);
    expect(worst).toBeGreaterThan(0.4 / kappa);
    expect(worst).toBeLessThanOrEqual(1 / kappa + 1e-12);
    expect(flips).toBe(0);
  });

  it('control: TD(.8) with step size 1 blows up', async () => {
    const { end, flips } = await overshoot({ id: 'td-lambda', alpha: 1, lambda: 0.8 }, 50_000);
    console.log(`td-lambda: left all bounds at step ${end}`);
    expect(flips).toBeGreaterThan(0);
    expect(end).toBeLessThan(50_000);
  });
});
