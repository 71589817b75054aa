import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cosine } from '../../src/statistics/cosine.ts';
import { norm } from '../../src/statistics/norm.ts';
import { relativeError } from '../../src/statistics/relative-error.ts';
import { signAlignment } from '../../src/statistics/sign-alignment.ts';
import { UserError } from '../../src/user-error.ts';

const vector = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 8 });
const pair = fc.integer({ min: 1, max: 8 }).chain((n) => {
  const entry = fc.double({ min: -100, max: 100, noNaN: true });
  return fc.tuple(fc.array(entry, { minLength: n, maxLength: n }), fc.array(entry, { minLength: n, maxLength: n }));
});

describe('norm', () => {
  test('of 3, 4 is 5, also where the squares overflow or vanish', () => {
    expect(norm([3, -4])).toBe(5);
    expect(norm([3e200, 4e200])).toBeCloseTo(5e200, -190);
    expect(norm([3e-200, 4e-200]) / 5e-200).toBeCloseTo(1, 14);
    expect(Math.sqrt(3e200 ** 2 + 4e200 ** 2)).toBe(Infinity); // the control: the plain formula
    expect(norm([])).toBe(0);
    expect([norm([1, NaN, Infinity]), norm([1, -Infinity])]).toEqual([NaN, Infinity]);
  });
});

describe('cosine', () => {
  test('is 1, 0 and -1 for equal, orthogonal and opposite directions', () => {
    expect(cosine([1, 2], [2, 4])).toBeCloseTo(1, 15);
    expect(cosine([1, 2], [-2, 1])).toBeCloseTo(0, 15);
    expect(cosine([1, 2], [-1, -2])).toBeCloseTo(-1, 15);
    expect(cosine([1, 0], [1, 1])).toBeCloseTo(Math.SQRT1_2, 15);
    expect(cosine([1e-300, 0], [1e-300, 1e-300])).toBeCloseTo(Math.SQRT1_2, 15);
  });

  test('is symmetric, within [-1, 1], and blind to positive scale only', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const c = cosine(a, b);
        expect(Math.abs(c)).toBeLessThanOrEqual(1);
        expect(cosine(b, a)).toBeCloseTo(c, 12);
        const longer = a.map((x) => 4 * x);
        expect(cosine(longer, b)).toBeCloseTo(c, 12);
      }),
    );
    expect(cosine([-1, -2], [3, 1])).not.toBeCloseTo(cosine([1, 2], [3, 1]), 1);
  });

  test('of zero vectors: two agree, one has no direction', () => {
    expect(cosine([0, 0], [0, 0])).toBe(1);
    expect(cosine([0, 0], [0, 1])).toBe(0);
  });

  test('is NaN where an entry is not finite', () => {
    expect(cosine([1, NaN], [1, 1])).toBeNaN();
    expect(cosine([1, Infinity], [1, 1])).toBeNaN();
  });
});

describe('relativeError', () => {
  test('is the distance in units of the second vector, not of the first', () => {
    expect(relativeError([3, 4], [0, 5])).toBeCloseTo(Math.sqrt(10) / 5, 15);
    expect(relativeError([1], [2])).toBe(0.5);
    expect(relativeError([2], [1])).not.toBe(0.5);
  });

  test('is 0 for equal vectors, zero ones included, and Infinity against zero', () => {
    fc.assert(
      fc.property(vector, (a) => {
        expect(relativeError(a, a)).toBe(0);
      }),
    );
    expect(relativeError([0, 0], [0, 0])).toBe(0);
    expect(relativeError([0, 1], [0, 0])).toBe(Infinity);
    expect(relativeError([NaN], [1])).toBeNaN();
    expect(relativeError([1], [Infinity])).toBeNaN();
  });
});

describe('signAlignment', () => {
  test('follows the published code by hand', () => {
    // Products 2, -3, 0, 5e-11 (too small), 4: two agree, one opposes.
    const result = signAlignment([1, -1, 0, 5e-11, 2], [2, 3, 7, 1, 2]);
    expect(result.counted).toBe(3);
    expect(result.alignment).toBeCloseTo(2 / 3, 15);
    // All five differences count in the sum: 1 + 4 + 7 + (1 - 5e-11) + 0.
    expect(result.absError).toBeCloseTo((13 - 5e-11) / 3, 12);
    expect(result.absError).not.toBeCloseTo(5 / 3, 3); // the control: only those above the threshold
  });

  test('lets a product exactly at the threshold count for neither side', () => {
    expect(signAlignment([1e-10, 1], [1, 1]).counted).toBe(1);
    expect(signAlignment([2e-10, 1], [1, 1]).counted).toBe(2);
    expect(signAlignment([-1e-10, 1], [1, 1]).counted).toBe(1);
  });

  test('is 1 with no error for the truth itself and 0 for its negative', () => {
    const truth = [1, -2, 3];
    expect(signAlignment(truth, truth)).toEqual({ alignment: 1, absError: 0, counted: 3 });
    expect(signAlignment([-1, 2, -3], truth)).toEqual({ alignment: 0, absError: 4, counted: 3 });
  });

  test('has no answer where nothing counts or an entry is not finite', () => {
    expect(signAlignment([0], [0])).toEqual({ alignment: NaN, absError: NaN, counted: 0 });
    expect(signAlignment([0], [1])).toEqual({ alignment: NaN, absError: Infinity, counted: 0 });
    expect(signAlignment([1, Infinity], [1, 1]).alignment).toBeNaN();
    expect(signAlignment([1, NaN], [1, 1]).absError).toBeNaN();
  });
});

test('vectors of different lengths are refused with both lengths', () => {
  for (const compare of [cosine, relativeError, signAlignment]) {
    expect(() => compare([1, 2], [1])).toThrow(UserError);
    expect(() => compare([1, 2], [1])).toThrow('got 2 and 1');
  }
});
