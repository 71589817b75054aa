import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import { createRng } from '../rng.ts';
import { box, discrete } from '../spaces.ts';
import { meanOf, meanSquare } from './stream.ts';

const bound = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -9, max: 9 }));

describe('Box', () => {
  test('contains each of its samples, whatever the bounds', () => {
    const pairs = fc.array(fc.tuple(bound, bound, fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(pairs, fc.nat(), (entries, seed) => {
        const low = entries.map(([a, b, open]) => (open ? -Infinity : Math.min(a, b)));
        const high = entries.map(([a, b, , open]) => (open ? Infinity : Math.max(a, b)));
        const space = box(low, high);
        expect(space.contains(space.sample(createRng(seed)))).toBe(true);
      }),
    );
  });

  test('contains neither what is outside, nor NaN, nor another length, nor an ordinary array', () => {
    const space = box(0, 1, [2]);
    expect(space.contains(Float64Array.of(0, 1))).toBe(true);
    expect(space.contains(Float64Array.of(0, 1.1))).toBe(false);
    expect(space.contains(Float64Array.of(0, NaN))).toBe(false);
    expect(space.contains(Float64Array.of(0))).toBe(false);
    expect(space.contains([0, 1])).toBe(false);
  });

  test('samples by the laws of Gymnasium: uniform, exponential from the one bound, normal', () => {
    const space = box([2, 5, -Infinity, -Infinity], [6, Infinity, -3, Infinity]);
    const rng = createRng(1);
    const samples = Array.from({ length: 20_000 }, () => space.sample(rng));
    const column = (i: number): number[] => samples.map((sample) => sample[i]!);
    const variance = (x: number[]): number => meanSquare(x) - meanOf(x) ** 2;
    expect(meanOf(column(0))).toBeCloseTo(4, 1);
    expect(variance(column(0))).toBeCloseTo(16 / 12, 1);
    expect(meanOf(column(1))).toBeCloseTo(6, 1);
    expect(variance(column(1))).toBeCloseTo(1, 0);
    expect(meanOf(column(2))).toBeCloseTo(-4, 1);
    expect(meanOf(column(3))).toBeCloseTo(0, 1);
    expect(variance(column(3))).toBeCloseTo(1, 1);
    expect(Math.min(...column(1))).toBeGreaterThanOrEqual(5);
    expect(Math.max(...column(2))).toBeLessThanOrEqual(-3);
  });

  test('knows its shape, its size and its name', () => {
    expect(box(0, 1).shape).toEqual([1]);
    expect(box(-1, 1, [2, 3])).toMatchObject({ kind: 'box', shape: [2, 3], size: 6 });
    expect(box([0, 0], [1, 1]).size).toBe(2);
    expect(`${box(0, 1, [12])}`).toBe('Box(0, 1, [12])');
    expect(`${box([0, -1], [1, 1])}`).toBe('Box(-1..0, 1, [2])');
  });

  test('copies itself flat, and refuses what does not fit', () => {
    const out = new Float64Array(2);
    box(0, 1, [2]).flatten(Float64Array.of(0.25, 1), out);
    expect([...out]).toEqual([0.25, 1]);
    expect(() => box(0, 1, [2]).flatten(Float64Array.of(0), out)).toThrow(EnvError);
  });

  test.each([
    ['low above high', () => box(1, 0), 'low must not exceed high, got low 1 and high 0 at entry 0'],
    ['NaN', () => box(NaN, 0), 'low NaN'],
    ['an empty interval at infinity', () => box(Infinity, Infinity), 'low Infinity'],
    ['a shape of parts', () => box(0, 1, [2.5]), 'positive integer, got [2.5]'],
    ['an empty array', () => box([], []), 'positive integer, got [0]'],
    ['bounds of another length', () => box([0, 0], 1, [3]), 'low has 2 entries, its shape asks for 3'],
  ])('refuses %s in one line', (_, make, message) => {
    expect(make).toThrow(EnvError);
    expect(make).toThrow(message);
  });
});

describe('Discrete', () => {
  test('samples and contains exactly start .. start + n - 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), fc.nat(), (n, start, seed) => {
        const space = discrete(n, start);
        const rng = createRng(seed);
        const seen = new Set(Array.from({ length: 300 }, () => space.sample(rng)));
        expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => start + i));
        expect([start - 1, start + n, start + 0.5, '0', null].some((x) => space.contains(x))).toBe(false);
      }),
    );
  });

  test('is one-hot when flat, over whatever was there', () => {
    const out = new Float64Array(3).fill(NaN);
    discrete(3, 5).flatten(6, out);
    expect([...out]).toEqual([0, 1, 0]);
    expect(() => discrete(3).flatten(3, out)).toThrow('Cannot flatten 3 into 3 entries: the space is Discrete(3)');
  });

  test('knows its shape, its size and its name', () => {
    expect(discrete(4)).toMatchObject({ kind: 'discrete', shape: [], size: 4, n: 4, start: 0 });
    expect(`${discrete(4)} ${discrete(4, 1)}`).toBe('Discrete(4) Discrete(4, start=1)');
  });

  test.each([0, -1, 1.5, NaN])('refuses n = %s', (n) => {
    expect(() => discrete(n)).toThrow(`n must be a positive integer, got ${n}`);
  });

  test('refuses a start that is no integer', () => {
    expect(() => discrete(2, 0.5)).toThrow('start must be an integer, got 0.5');
  });
});
