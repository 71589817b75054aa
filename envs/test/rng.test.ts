import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import { createRng, rngKinds } from '../rng.ts';
import type { Rng, RngKind } from '../rng.ts';
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

describe.each(rngKinds)('Rng of kind %s', (kind) => {
  const everything = (rng: Rng): unknown => {
    const x = [1, 2, 3, 4, 5];
    rng.shuffle(x);
    return [rng.uniform(), rng.integer(-3, 3), rng.normal(), x, rng.choose(9, 3), rng.integer(7, 7)];
  };

  test('continues bit by bit from what was saved at any point, through JSON', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(20), (seed, n) => {
        const rng = createRng(seed, kind);
        for (let i = 0; i < n; i++) rng.integer(0, 9); // an odd number of them leaves half an output behind
        if (n % 3 === 1) rng.normal(); // and a normal may be kept
        const saved: unknown = JSON.parse(JSON.stringify(rng.save()));
        const rest = [1, 2, 3].map(() => everything(rng));
        const other = createRng(seed + 1, kind);
        expect([1, 2, 3].map(() => everything(other))).not.toEqual(rest);
        other.restore(saved);
        expect([1, 2, 3].map(() => everything(other))).toEqual(rest);
      }),
    );
  });

  test('fills memory with the numbers that it would return, in their order', () => {
    const [one, other, another] = [createRng(5, kind), createRng(5, kind), createRng(6, kind)];
    const filled = new Float64Array(1000);
    one.fill(filled);
    expect([...filled]).toEqual(take(other, 1000));
    expect(one.save()).toEqual(other.save());
    expect([...filled]).not.toEqual(take(another, 1000));
  });

  test('keeps within its bounds', () => {
    const rng = createRng(5, kind);
    for (let i = 0; i < 2000; i++) {
      const u = rng.uniform();
      expect(u >= 0 && u < 1).toBe(true);
      expect([-1, 0, 1]).toContain(rng.integer(-1, 1));
      expect(new Set(rng.choose(6, 4)).size).toBe(4);
    }
  });

  test('refuses the states of the others', () => {
    for (const other of rngKinds.filter((one) => one !== kind)) {
      expect(() => createRng(1, kind).restore(createRng(1, other).save())).toThrow('Cannot restore an Rng');
    }
  });
});

describe('createRng', () => {
  // First numbers of default_rng(2**64 + 1).random() and RandomState(5).rand(), NumPy 2.4.6.
  test('takes large seeds as bigint and as digits, and draws what NumPy draws', () => {
    expect(createRng(2n ** 64n + 1n, 'numpy').uniform()).toBe(0.6922753364723951);
    expect(createRng('18446744073709551617', 'numpy').uniform()).toBe(0.6922753364723951);
    expect(createRng(1, 'numpy').uniform()).not.toBe(0.6922753364723951);
    expect(createRng(5, 'mt19937').uniform()).toBe(0.22199317108973948);
  });

  test('answers an unknown kind with those there are', () => {
    const act = (): unknown => createRng(1, 'nunpy' as RngKind);
    expect(act).toThrow(EnvError);
    expect(act).toThrow('Cannot create an Rng of kind "nunpy": did you mean "numpy"? Known: fast, numpy, mt19937');
  });
});
