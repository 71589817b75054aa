import { describe, expect, it } from 'vitest';
import { parseSeeds, realNumber, wholeNumber } from '../../src/cli/numbers.ts';

describe('seeds', () => {
  it('are a number of them, a list, ranges, or a mixture, each once', () => {
    expect(parseSeeds('3')).toEqual([0, 1, 2]);
    expect(parseSeeds('7,5')).toEqual([7, 5]);
    expect(parseSeeds('100-102')).toEqual([100, 101, 102]);
    expect(parseSeeds('1,4-6,5')).toEqual([1, 4, 5, 6]);
    expect(parseSeeds('8-8')).toEqual([8]);
  });

  it.each(['', ' ', '0', '-1', 'a', '1,,2', '1-', '3-1', '1.5', '1e9', '0-100001'])('are not "%s"', (text) => {
    expect(() => parseSeeds(text)).toThrow(/^Cannot use --seeds/);
  });
});

describe('numbers', () => {
  it('are whole and positive where they count something', () => {
    expect(wholeNumber('--steps', '1000')).toBe(1000);
    expect(wholeNumber('--steps', '1e6')).toBe(1_000_000);
    for (const text of ['', '0', '-3', '2.5', 'x', 'Infinity', '1e300']) {
      expect(() => wholeNumber('--steps', text)).toThrow(`Cannot use --steps ${text}: `);
    }
  });

  it('are finite where they measure something', () => {
    expect(realNumber('--discount', '0.9')).toBe(0.9);
    expect(realNumber('--discount', '0')).toBe(0);
    for (const text of ['', ' ', 'x', 'NaN', 'Infinity']) {
      expect(() => realNumber('--discount', text)).toThrow(`Cannot use --discount ${text}: `);
    }
  });
});
