/** K1 and K2: by hand, and the drift task where learned gains beat least squares (Sutton 1992). */
import { describe, expect, it } from 'vitest';
import { drift, type Examples, regress } from '../support/regression-bed.ts';
import { kalmanError } from '../oracle/kalman.ts';
import { oneWeight } from './by-hand.ts';

it('k1 gives the numbers worked by hand', async () => {
  const moments = [
    { delta: 9, gradient: 2 },
    { delta: 3, gradient: 1 }, // p = .5: k = .5 * 2 / (1 + 2 * .5 * 4) = .2; w += .6;  h = .6 (1 - .4) = .36
    { delta: -2, gradient: 0 }, // beta -= .1 * 2 * .36
  ];
  const p = 0.5 * Math.exp(-0.072);
  const w = [1, 1.6, 1.6 - (2 * p) / (1 + 2 * p)];
  const seen = await oneWeight('k1', { alpha: 0.5, theta: 0.1 }, moments);
  w.forEach((value, t) => {
    expect(seen[t]![0]).toBeCloseTo(value, 12);
    expect(seen[t]![1]).toBe(seen[t]![0]); // the sum runs over cell and head
  });
});

it('k2 gives the numbers worked by hand', async () => {
  const moments = [
    { delta: 9, gradient: 2 },
    { delta: 3, gradient: 0 }, // epsilon = 9 - 1 - 2 * .5 * 4 = 4; beta += .1 * 4 * 4 / (1 + 2 * 16)
  ];
  const p = 0.5 * Math.exp(1.6 / 33);
  const seen = await oneWeight('k2', { alpha: 0.5, theta: 0.1 }, moments);
  const expected = 1 + (p * 2 * 3) / (1 + 8 * p);
  expect(seen[1]![0]).toBeCloseTo(expected, 12);
  expect(seen[1]![1]).toBe(seen[1]![0]);
});

describe('in the drift task', () => {
  const rmse = async (rule: { id: string } & Record<string, unknown>): Promise<number> =>
    Math.sqrt((await regress(rule, drift(0), { examples: 30_000, from: 20_000 })).mse);

  it('learned gains beat least squares, which beats least mean squares', async () => {
    const k1 = await rmse({ id: 'k1', alpha: 0.1, theta: 0.001 });
    const k2 = await rmse({ id: 'k2', alpha: 0.1, theta: 0.01 });
    const squares = kalman(drift(0), 20);
    const told = kalman(drift(0), 5);
    const lms = await rmse({ id: 'td-lambda', alpha: 0.045, lambda: 0 });
    expect(k1).toBeLessThan(5.6);
    expect(k2).toBeLessThan(6);
    expect(squares).toBeGreaterThan(8.2);
    expect(squares).toBeLessThan(9);
    expect(lms).toBeGreaterThan(10.2);
    expect(lms).toBeLessThan(11.1);
    expect(told).toBeLessThan(k1); // nothing can beat the filter that is told all
    expect(await rmse({ id: 'k1', alpha: 0.1, theta: 0 })).toBeGreaterThan(8); // control: it is theta that does it
  });
});

const kalman = (stream: Examples, walking: number): number =>
  kalmanError(stream, { walking, examples: 30_000, from: 20_000 });
