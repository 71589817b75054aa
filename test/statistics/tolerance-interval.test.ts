import { describe, expect, test } from 'vitest';
import { toleranceInterval } from '../../src/statistics/tolerance-interval.ts';

const runs = (n: number): number[] => Array.from({ length: n }, (_, i) => (7 * i) % n); // 0 .. n - 1 in disorder (7 does not divide n)

describe('the tolerance interval', () => {
  test('the confidence of the whole range is 1 - n b^(n-1) + (n - 1) b^n', () => {
    for (const n of [2, 5, 30, 45]) {
      const { confidence } = toleranceInterval(runs(n), { coverage: 0.9 });
      expect(confidence).toBeCloseTo(1 - n * 0.9 ** (n - 1) + (n - 1) * 0.9 ** n, 12);
      expect(confidence).not.toBeCloseTo(1 - 0.9 ** n, 2); // one-sided
    }
  });

  test('46 runs are the fewest for nine tenths at 95 %, and 45 get no bounds but what they can say', () => {
    // 46 from 1 - n b^(n-1) + (n - 1) b^n >= .95; also the figure in Wilks's tables.
    const enough = toleranceInterval(runs(46));
    expect(enough).toMatchObject({ low: 0, high: 45, needs: 46 });
    expect(enough.confidence).toBeGreaterThanOrEqual(0.95);
    const few = toleranceInterval(runs(45));
    expect(few).toMatchObject({ low: NaN, high: NaN, needs: 46 });
    expect(few.confidence).toBeLessThan(0.95);
  });

  test('narrows from the range as runs grow, and stays in the middle', () => {
    const { low, high } = toleranceInterval(runs(1000));
    expect(low).toBeGreaterThan(0);
    expect(Math.abs(low - (999 - high))).toBeLessThanOrEqual(1);
    expect(high - low).toBeGreaterThan(900); // never less than the share itself
    expect(toleranceInterval(runs(1000), { coverage: 0.5 }).low).toBeGreaterThan(low);
    expect(toleranceInterval(runs(1000), { level: 0.999 }).low).toBeLessThan(low);
  });

  test('of one order statistic less would not be enough', () => {
    // The binomial sum itself: P(Binomial(n, b) < span).
    const below = (span: number, n: number, b: number): number => {
      let [sum, term] = [0, (1 - b) ** n];
      for (let k = 0; k < span; k++) {
        sum += term;
        term *= ((n - k) / (k + 1)) * (b / (1 - b));
      }
      return sum;
    };
    for (const n of [50, 120]) {
      const { low, high, confidence } = toleranceInterval(runs(n));
      expect(confidence).toBeCloseTo(below(high - low, n, 0.9), 11);
      expect(below(high - low - 1, n, 0.9)).toBeLessThan(0.95);
    }
  });

  test('diverged runs may be a bound as infinities; a NaN makes both unknown', () => {
    const values = runs(46);
    expect(toleranceInterval([...values, Infinity]).high).toBe(Infinity);
    expect(toleranceInterval([...values, NaN])).toEqual({ low: NaN, high: NaN, confidence: NaN, needs: 46 });
    expect(toleranceInterval([])).toMatchObject({ low: NaN, high: NaN, confidence: 0 });
    expect(toleranceInterval([4])).toMatchObject({ low: NaN, high: NaN, confidence: 0 });
  });

  test('shares in per cent are refused', () => {
    expect(() => toleranceInterval([1, 2], { coverage: 90 })).toThrow('coverage must lie in (0, 1), got 90');
    expect(() => toleranceInterval([1, 2], { level: 95 })).toThrow('level must lie in (0, 1), got 95');
  });
});
