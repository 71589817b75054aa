import { describe, expect, test } from 'vitest';
import * as patterns from '../conditioning/patterns.ts';
import { createRng } from '../rng.ts';

const bitsOf = (pattern: number): number => [...pattern.toString(2)].filter((digit) => digit === '1').length;

describe('patterns', () => {
  test('half patterns are all floor(n/2)-of-n patterns, in the order of itertools.combinations', () => {
    expect(patterns.halfPatterns(4).map((p) => [0, 1, 2, 3].filter((c) => patterns.isCueOn(p, c)).join(''))).toEqual([
      '01',
      '02',
      '03',
      '12',
      '13',
      '23',
    ]);
    for (const cues of [2, 3, 5, 6, 8, 16]) {
      const all = patterns.halfPatterns(cues);
      expect(new Set(all).size).toBe(patterns.countHalfPatterns(cues));
      expect(all.every((p) => bitsOf(p) === Math.floor(cues / 2) && p < 2 ** cues)).toBe(true);
    }
    expect(patterns.countHalfPatterns(6)).toBe(20);
  });

  test('drawn half patterns are distinct, and each is as likely as any other', () => {
    const rng = createRng(1);
    const seen = new Map<number, number>();
    for (let i = 0; i < 4000; i++) {
      const drawn = patterns.drawHalfPatterns(6, 10, rng);
      expect(new Set(drawn).size).toBe(10);
      for (const p of drawn) seen.set(p, (seen.get(p) ?? 0) + 1);
    }
    expect(seen.size).toBe(20);
    expect([...seen.values()].every((count) => Math.abs(count - 2000) < 160)).toBe(true); // 5 standard deviations
  });

  test('a pattern by rejection is a uniform half pattern, fair bits are uniform over all', () => {
    const rng = createRng(2);
    const half = new Map<number, number>();
    const fair = new Map<number, number>();
    for (let i = 0; i < 40_000; i++) {
      const [a, b] = [patterns.drawHalfPattern(6, rng), patterns.drawFairPattern(6, rng)];
      half.set(a, (half.get(a) ?? 0) + 1);
      fair.set(b, (fair.get(b) ?? 0) + 1);
    }
    expect([...half.keys()].every((p) => bitsOf(p) === 3)).toBe(true);
    expect([half.size, fair.size]).toEqual([20, 64]);
    expect([...half.values()].every((count) => Math.abs(count - 2000) < 220)).toBe(true);
    expect([...fair.values()].every((count) => Math.abs(count - 625) < 125)).toBe(true);
  });
});
