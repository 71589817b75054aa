import { describe, expect, it } from 'vitest';
import { logInterpolate, logSlope } from '../../bench/slope.ts';

const SIZES = [1e3, 3e3, 1e4, 1e5, 1e6];

describe('the slope in logarithmic axes', () => {
  it('is the exponent of a power, whatever its factor', () => {
    const power = (exponent: number) => SIZES.map((x) => 0.37 * x ** exponent);
    expect(logSlope(SIZES, power(1))).toBeCloseTo(1, 12);
    expect(logSlope(SIZES, power(2))).toBeCloseTo(2, 12);
    expect(logSlope(SIZES, power(0))).toBeCloseTo(0, 12);
  });

  it('falls below 1 where every step pays a constant as well', () => {
    const withConstant = SIZES.map((x) => x + 2000);
    expect(logSlope(SIZES, withConstant)).toBeLessThan(0.95);
  });

  it('needs two points', () => {
    expect(() => logSlope([1], [1])).toThrow();
    expect(() => logSlope([1, 2], [1])).toThrow();
  });
});

describe('interpolation in logarithmic axes', () => {
  const points = [
    [1, 100],
    [100, 1],
  ] as const;

  it('meets the points, and the power between them', () => {
    expect(logInterpolate(points, 1)).toBe(100);
    expect(logInterpolate(points, 100)).toBeCloseTo(1, 12);
    expect(logInterpolate(points, 10)).toBeCloseTo(10, 12);
  });

  it('stays at the ends', () => {
    expect(logInterpolate(points, 0.1)).toBe(100);
    expect(logInterpolate(points, 1e6)).toBe(1);
  });
});
