import { createRng } from '@rl-tools/envs';
import { describe, expect, test } from 'vitest';
import { probabilityOfImprovement } from '../../src/statistics/probability-of-improvement.ts';

const of = (x: number[][], y: number[][], better: 'higher' | 'lower') =>
  probabilityOfImprovement(x, y, { better, rng: createRng('poi'), resamples: 1000 });

describe('the probability of improvement', () => {
  test('counts pairs by hand, ties half, and averages tasks', () => {
    // Task 1: 3 beats 1 and 2, 1 ties with 1: 2.5 of 4. Task 2: none of 2.
    const x = [[3, 1], [0]];
    const y = [
      [1, 2],
      [5, 6],
    ];
    expect(of(x, y, 'higher').probability).toBe((2.5 / 4 + 0) / 2);
    expect(of(x, y, 'higher').probability).not.toBe(2.5 / 6); // pooled pairs
  });

  test('the direction is what the caller says: errors that are lower are better', () => {
    const [good, bad] = [[[0.1, 0.2, 0.3]], [[0.4, 0.5, 0.25]]];
    expect(of(good, bad, 'lower').probability).toBeCloseTo(8 / 9, 14);
    expect(of(good, bad, 'higher').probability).toBeCloseTo(1 / 9, 14);
    expect(of(bad, good, 'lower').probability).toBeCloseTo(1 / 9, 14);
  });

  test('a method beside itself is at one half, and one that always wins at one', () => {
    const runs = [
      [1, 5, 3],
      [2, 2, 9, 4],
    ];
    expect(of(runs, runs, 'higher').probability).toBe(0.5);
    expect(of([[5, 6]], [[1, 2, 3]], 'higher')).toEqual({ probability: 1, low: 1, high: 1 });
  });

  test('a diverged run loses against all that did not diverge, in either direction, and ties with another', () => {
    for (const better of ['higher', 'lower'] as const) {
      expect(of([[NaN, 1]], [[NaN, 1]], better).probability).toBe(0.5);
      expect(of([[NaN, NaN]], [[-1e9, 1e9]], better).probability).toBe(0);
      expect(of([[NaN, NaN]], [[NaN, NaN]], better).probability).toBe(0.5);
    }
  });

  test('the interval holds the estimate, and narrows with more runs', () => {
    const rng = createRng('runs');
    const runs = (n: number, mean: number): number[][] => [Array.from({ length: n }, () => mean + rng.normal())];
    const few = of(runs(10, 0.5), runs(10, 0), 'higher');
    const many = of(runs(200, 0.5), runs(200, 0), 'higher');
    for (const { low, high, probability } of [few, many]) {
      expect(low).toBeLessThan(probability);
      expect(high).toBeGreaterThan(probability);
    }
    expect(many.high - many.low).toBeLessThan(0.5 * (few.high - few.low));
    expect(many.probability).toBeCloseTo(0.638, 1); // Phi(.5/sqrt 2)
  });

  test('one run a task gives no interval, no run or no task nothing, and other tasks cannot be compared', () => {
    expect(of([[1]], [[0]], 'higher')).toEqual({ probability: 1, low: NaN, high: NaN });
    expect(of([[]], [[0, 1]], 'higher').probability).toBeNaN();
    expect(of([], [], 'higher').probability).toBeNaN();
    expect(() => of([[1]], [[1], [2]], 'higher')).toThrow('both need runs on the same tasks, got 1 and 2 tasks');
  });
});
