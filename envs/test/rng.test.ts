import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import { createRng } from '../rng.ts';
import type { Rng } from '../rng.ts';
import { meanOf, meanSquare } from './stream.ts';

const take = (rng: Rng, n: number): number[] => Array.from({ length: n }, () => rng.uniform());

describe('Rng', () => {
  test('is uniform on [0, 1)', () => {
    const numbers = take(createRng(7), 100_000);
    expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(meanOf(numbers)).toBeCloseTo(0.5, 2);
    expect(meanSquare(numbers)).toBeCloseTo(1 / 3, 2);
    const bins = new Array<number>(16).fill(0);
    for (const x of numbers) bins[Math.floor(16 * x)]!++;
    expect(bins.every((count) => Math.abs(count - 6250) < 400)).toBe(true);
  });

  test('draws integers between both bounds, included', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9, max: 9 }),
        fc.nat({ max: 9 }),
        fc.string({ minLength: 1 }),
        (lo, width, seed) => {
          const rng = createRng(seed);
          const seen = new Set(Array.from({ length: 400 }, () => rng.integer(lo, lo + width)));
          expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: width + 1 }, (_, i) => lo + i));
        },
      ),
    );
  });

  test('draws standard normals', () => {
    const rng = createRng(3);
    const numbers = Array.from({ length: 100_000 }, () => rng.normal());
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(meanOf(numbers)).toBeCloseTo(0, 1.9);
    expect(meanSquare(numbers)).toBeCloseTo(1, 1.7);
    expect(numbers.filter((x) => Math.abs(x) > 1.96).length / numbers.length).toBeCloseTo(0.05, 2);
  });

  test('gives the same stream for the same seed and another for any other', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
        expect(take(createRng(a), 20)).toEqual(take(createRng(a), 20));
        if (a !== b) expect(take(createRng(a), 20)).not.toEqual(take(createRng(b), 20));
      }),
    );
    expect(take(createRng(1), 20)).toEqual(take(createRng('1'), 20));
  });

  test("draws seedrandom's xor128, bit by bit, and saves its state", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(100), (seed, n) => {
        const [rng, theirs] = [createRng(seed), seedrandom.xor128(seed, { state: true })];
        expect(take(rng, n)).toEqual(Array.from({ length: n }, () => theirs.double()));
        expect(rng.save()).toEqual(theirs.state());
      }),
    );
  });

  test('shuffles and chooses fairly, without losing or doubling anything', () => {
    const rng = createRng(5);
    const firsts = [0, 0, 0, 0];
    const chosen = [0, 0, 0, 0, 0];
    for (let i = 0; i < 8000; i++) {
      const x = [0, 1, 2, 3];
      rng.shuffle(x);
      expect([...x].sort()).toEqual([0, 1, 2, 3]);
      firsts[x[0]!]!++;
      const two = rng.choose(5, 2);
      expect(new Set(two).size).toBe(2);
      for (const k of two) chosen[k]!++;
    }
    for (const count of firsts) expect(Math.abs(count - 2000)).toBeLessThan(4 * Math.sqrt(8000 * 0.25 * 0.75));
    for (const count of chosen) expect(Math.abs(count - 3200)).toBeLessThan(4 * Math.sqrt(8000 * 0.4 * 0.6));
    expect(createRng(1).choose(3, 0)).toEqual([]);
  });

  test('never draws 0', () => {
    const rng = createRng(1);
    // From this state xor128 steps to 0 twice: a double of 0, which is drawn again.
    rng.restore({ x: 0, y: 0, z: 1, w: 0 });
    expect(rng.uniform()).toBeGreaterThan(0);
  });

  test('continues bit by bit from what was saved, through JSON, and only from there', () => {
    const rng = createRng('save');
    take(rng, 17);
    const saved: unknown = JSON.parse(JSON.stringify(rng.save()));
    const rest = take(rng, 50);
    const other = createRng('another');
    other.restore(saved);
    expect(take(other, 50)).toEqual(rest);
    expect(take(createRng('another'), 50)).not.toEqual(rest);
    expect(take(rng, 50)).not.toEqual(rest);
  });

  test('refuses the seed that would hang it, and states that are none', () => {
    expect(() => createRng('')).toThrow(EnvError);
    for (const junk of [null, 1, {}, { x: 0, y: 0, z: 0, w: 0 }, { x: 1, y: 2, z: 3 }]) {
      expect(() => createRng(1).restore(junk)).toThrow('Cannot restore an Rng');
    }
  });
});
