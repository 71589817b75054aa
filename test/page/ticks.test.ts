import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tickLabels, ticks } from '../../src/page/plots/ticks.ts';

describe('ticks', () => {
  it('are round', () => {
    expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks(3, 97, 5)).toEqual([20, 40, 60, 80]);
    expect(ticks(-0.31, 0.29, 3)).toEqual([-0.2, 0, 0.2]);
  });

  it('lie within the range, a few of them, evenly', () => {
    const range = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(range, ([least, width]) => {
        const found = ticks(least, least + width, 5);
        expect(found.length).toBeGreaterThanOrEqual(2);
        expect(found.length).toBeLessThanOrEqual(11);
        expect(found[0]!).toBeGreaterThanOrEqual(least - 1e-6 * width);
        expect(found.at(-1)!).toBeLessThanOrEqual(least + width * (1 + 1e-6));
      }),
    );
  });

  it('of a logarithmic axis are powers of ten, where it spans two', () => {
    expect(ticks(0.002, 50, 5, true)).toEqual([0.01, 0.1, 1, 10]);
    expect(ticks(1e-9, 1e3, 5, true)).toEqual([1e-9, 1e-7, 1e-5, 1e-3, 0.1, 10, 1000]);
    expect(ticks(2, 8, 3, true)).toEqual(ticks(2, 8, 3));
  });

  it('are written shortly', () => {
    expect(tickLabels([0, 0.25, 0.5])).toEqual(['0', '0.25', '0.5']);
    expect(tickLabels([0, 20_000, 40_000])).toEqual(['0', '20k', '40k']);
    expect(tickLabels([500_000, 2_500_000])).toEqual(['0.5M', '2.5M']);
    expect(tickLabels([1e-5, 1e-4, 0.01])).toEqual(['1e-5', '1e-4', '0.01']);
    expect(tickLabels([1e-4, 0.1, 1000, 1e5], true)).toEqual(['1e-4', '0.1', '1000', '100k']);
  });

  it('are told apart, however near they are', () => {
    expect(tickLabels([390_400, 390_450, 390_500])).toEqual(['390.4k', '390.45k', '390.5k']);
    expect(tickLabels([1_000_000, 1_000_100])).toEqual(['1M', '1.0001M']);
  });
});
