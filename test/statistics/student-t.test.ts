import { describe, expect, test } from 'vitest';
import { incompleteBeta } from '../../src/statistics/incomplete-beta.ts';
import { normalTail } from '../../src/statistics/normal.ts';
import { studentT, studentTQuantile, twoTails } from '../../src/statistics/student-t.ts';
import { UserError } from '../../src/user-error.ts';

/** P(T <= t) in closed form. */
const closed = {
  1: (t: number) => 0.5 + Math.atan(t) / Math.PI,
  2: (t: number) => 0.5 + t / (2 * Math.sqrt(2 + t * t)),
  4: (t: number) => 0.5 + (t * (t * t + 6)) / (2 * (t * t + 4) ** 1.5),
};
const points = [-30, -3, -1, -0.2, 0, 1e-5, 0.7, 1, 2, 12, 300];
const degrees = [1, 1.5, 2, 3, 7, 30, 1000, 1e6];
const probabilities = [1e-9, 0.001, 0.1, 0.3, 0.49999, 0.5, 0.6, 0.975, 0.999999];

describe('the distribution of Student t', () => {
  test.each(Object.entries(closed))('with %s degrees of freedom is the closed form', (df, form) => {
    for (const t of points) expect(studentT(t, Number(df))).toBeCloseTo(form(t), 12);
    expect(studentT(1, Number(df) + 0.1)).not.toBeCloseTo(form(1), 4);
  });

  test('is symmetric, and its two tails are what it leaves on both sides', () => {
    for (const df of degrees) {
      for (const t of points) {
        expect(studentT(t, df) + studentT(-t, df)).toBeCloseTo(1, 13);
        expect(twoTails(Math.abs(t), df)).toBeCloseTo(2 * studentT(-Math.abs(t), df), 13);
      }
    }
    expect([studentT(0, 3), studentT(Infinity, 3), studentT(-Infinity, 3)]).toEqual([0.5, 1, 0]);
  });

  test('nears the normal as the degrees of freedom grow', () => {
    const distance = (df: number): number => Math.abs(studentT(-2, df) - normalTail(2));
    expect(distance(1e6)).toBeLessThan(1e-6);
    expect(distance(100) / distance(1000)).toBeCloseTo(10, 0); // by 1/df
  });
});

describe('the quantile of Student t', () => {
  test('is the closed form with 1 and 2 degrees of freedom', () => {
    for (const p of probabilities) {
      const scale = (t: number): number => 1e-11 * (1 + Math.abs(t));
      const cauchy = -1 / Math.tan(Math.PI * p);
      expect(Math.abs(studentTQuantile(p, 1) - cauchy)).toBeLessThan(scale(cauchy));
      const two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
      expect(Math.abs(studentTQuantile(p, 2) - two)).toBeLessThan(scale(two));
    }
    expect(studentTQuantile(0.9, 1)).not.toBeCloseTo(studentTQuantile(0.9, 2), 1);
  });

  test('undoes the distribution', () => {
    for (const df of degrees) {
      for (const p of probabilities) expect(studentT(studentTQuantile(p, df), df) / p).toBeCloseTo(1, 10);
    }
  });

  test('is what printed tables say', () => {
    // Any textbook's table of the t distribution, to its three decimals.
    const table = [
      [0.975, 1, 12.706],
      [0.975, 9, 2.262],
      [0.975, 29, 2.045],
      [0.95, 4, 2.132],
    ] as const;
    for (const [p, df, t] of table) expect(studentTQuantile(p, df)).toBeCloseTo(t, 3);
  });

  test('has ends, and refuses what is no probability', () => {
    expect([studentTQuantile(0, 5), studentTQuantile(1, 5), studentTQuantile(0.5, 5)]).toEqual([
      -Infinity,
      Infinity,
      0,
    ]);
    expect(() => studentTQuantile(97.5, 5)).toThrow(UserError);
  });

  test('ends where degrees of freedom mean nothing', () => {
    for (const df of [0, -1, NaN, Infinity]) {
      expect(studentTQuantile(0.975, df)).toBeNaN();
      expect(studentT(1, df)).toBeNaN();
    }
    expect(studentT(NaN, 3)).toBeNaN();
  });
});

describe('the incomplete beta function', () => {
  test('is a sum of binomial probabilities for whole numbers', () => {
    // I_x(a, b) = P(Binomial(a + b - 1, x) >= a)
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    for (const [a, b, x] of [
      [1, 1, 0.3],
      [3, 8, 0.2],
      [8, 3, 0.2],
      [12, 12, 0.77],
    ] as const) {
      const n = a + b - 1;
      let sum = 0;
      for (let k = a; k <= n; k++) sum += choose(n, k) * x ** k * (1 - x) ** (n - k);
      expect(incompleteBeta(a, b, x) / sum).toBeCloseTo(1, 12);
      expect(incompleteBeta(a + 1, b, x) / sum).not.toBeCloseTo(1, 4);
    }
  });

  test('is the power, the arc sine, and one from end to end', () => {
    expect(incompleteBeta(2.5, 1, 0.4)).toBeCloseTo(0.4 ** 2.5, 14);
    expect(incompleteBeta(0.5, 0.5, 0.2)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(0.2)), 14);
    expect([incompleteBeta(3, 4, 0), incompleteBeta(3, 4, 1)]).toEqual([0, 1]);
    for (const bad of [incompleteBeta(0, 1, 0.5), incompleteBeta(1, 1, 1.5), incompleteBeta(1, Infinity, 0.5)]) {
      expect(bad).toBeNaN();
    }
  });
});
