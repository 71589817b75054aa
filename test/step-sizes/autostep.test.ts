/** Autostep: by hand, blind to the scale of targets, and a short tracking task. */
import { describe, expect, it } from 'vitest';
import { mean } from '../../src/statistics/mean.ts';
import { regress, sizesOf, tracking } from '../support/regression-bed.ts';
import { oneWeight } from './by-hand.ts';

const OPTIONS = { alpha: 0.2, theta: 0.5, tau: 4 };

it('gives the numbers worked by hand', async () => {
  const moments = [
    { delta: 9, gradient: 1, gamma: 0 }, // nothing to move yet
    { delta: 3, gradient: 2, gamma: 0 }, // cell and head share x = 1: M = 1; w += .2 * 3;  h = .6
    { delta: 1, gradient: 2, gamma: 0 }, // g = 1.2 = v: alpha = .2 e^.5; M = 2 * 4 alpha = 2.638
    { delta: -1, gradient: 0 },
  ];
  const first = 0.2 * Math.exp(0.5);
  const second = first / (8 * first); // 1/8
  const h = 0.6 * (1 - 4 * second) + 2 * second; // .55
  const g = -2 * h; // |g| = 1.1 < 1.2
  const v = 1.2 + (1 / 4) * second * 4 * (1.1 - 1.2);
  const raw = second * Math.exp((0.5 * g) / v);
  expect(8 * raw).toBeLessThan(1); // M = 1
  const w = [1, 1.6, 1.6 + 2 * second, 1.6 + 2 * second - 2 * raw];
  const seen = await oneWeight('autostep', OPTIONS, moments);
  w.forEach((value, t) => {
    expect(seen[t]![0]).toBeCloseTo(value, 12);
    expect(seen[t]![1]).toBe(seen[t]![0]);
  });
});

it('never overshoots: the sum of alpha x^2 over cell and head is at most 1', async () => {
  const moments = [1, 10, 10].map((gradient) => ({ delta: 1, gradient, gamma: 0 }));
  const seen = await oneWeight('autostep', { ...OPTIONS, theta: 0 }, moments);
  const moved = seen[2]![0]! - seen[1]![0]!; // alpha x: two of them, times x = 10, make an error of 1
  expect(2 * 10 * moved).toBeCloseTo(1, 12);
});

describe('in the tracking task', () => {
  const SCALE = 1024; // a power of two: nothing is rounded

  it('has the same step sizes, bit by bit, for targets a thousand times as large', async () => {
    const sizes = async (rule: { id: string } & Record<string, unknown>, scale: number): Promise<number[]> => {
      const seen: number[] = [];
      const each = (learner: Parameters<typeof sizesOf>[0], t: number): void => {
        if (t % 5000 === 4999) seen.push(...sizesOf(learner));
      };
      const { mse } = await regress(rule, await tracking(0), { examples: 50_000, scale, each });
      expect(mse / scale ** 2).toBeLessThan(5);
      return seen;
    };
    const autostep = { id: 'autostep', alpha: 0.05 };
    const same = await sizes(autostep, 1);
    expect(same).toHaveLength(10 * 20);
    expect(await sizes(autostep, SCALE)).toEqual(same);
    const idbd = { id: 'idbd', alpha: 0.02, theta: 1e-4 }; // control
    expect(await sizes(idbd, 2)).not.toEqual(await sizes(idbd, 1));
  });

  it('has an error between that of IDBD and of least mean squares, wherever it starts', async () => {
    const mse = async (alpha: number): Promise<number> => {
      const runs = [0, 1, 2].map(async (seed) =>
        regress({ id: 'autostep', alpha }, await tracking(seed), { examples: 30_000, from: 20_000 }),
      );
      return mean((await Promise.all(runs)).map((run) => run.mse));
    };
    const errors = [await mse(0.005), await mse(0.1)];
    for (const error of errors) {
      expect(error).toBeGreaterThan(2.05);
      expect(error).toBeLessThan(2.4);
    }
    const fixed = await regress({ id: 'autostep', alpha: 0.005, theta: 0 }, await tracking(0), {
      examples: 30_000,
      from: 20_000,
    });
    expect(fixed.mse).toBeGreaterThan(3); // control: it is theta that does it
  });
});
