/** What holds of any sweep: how many settings it has, that they are settings of it, and what is drawn at random. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweepOver } from '../../../src/experiment/sweep/sweep-over.ts';
import { settingHash } from '../../../src/results/setting-hash.ts';

type Tree = Record<string, unknown>;

/** A tree of lists, each of different numbers, three deep at most. */
const grids = fc.letrec<{ tree: Tree; node: unknown }>((tie) => ({
  tree: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'id'), tie('node'), { maxKeys: 3, depthIdentifier: 'grid' }),
  node: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'grid' },
    fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 3 }),
    fc.integer(),
    tie('tree'),
  ),
})).tree;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const product = (spec: unknown): number =>
  Array.isArray(spec)
    ? spec.length
    : isTree(spec)
      ? Object.values(spec)
          .map(product)
          .reduce((a, b) => a * b, 1)
      : 1;

/** Is this setting one of the grid? */
function isOf(setting: unknown, spec: unknown): boolean {
  if (Array.isArray(spec)) return spec.includes(setting);
  if (!isTree(spec)) return setting === spec;
  const keys = Object.keys(spec);
  return (
    isTree(setting) && Object.keys(setting).join() === keys.join() && keys.every((key) => isOf(setting[key], spec[key]))
  );
}

const reversed = (spec: unknown): unknown =>
  Array.isArray(spec)
    ? [...(spec as unknown[])].reverse()
    : isTree(spec)
      ? Object.fromEntries(
          Object.entries(spec)
            .reverse()
            .map(([key, value]) => [key, reversed(value)]),
        )
      : spec;

const hashes = (settings: readonly object[]): string[] => settings.map(settingHash).sort();
const small = grids.filter((spec) => product(spec) <= 1000);

describe('any grid', () => {
  it('has as many settings as the product of its lists, each one of it and each once', () => {
    fc.assert(
      fc.property(small, (spec) => {
        const settings = sweepOver(spec);
        expect(settings).toHaveLength(product(spec));
        expect(new Set(hashes(settings)).size).toBe(settings.length);
        for (const setting of settings) expect(isOf(setting, spec)).toBe(true);
      }),
    );
    expect(isOf({ a: 1, b: 3 }, { a: [1, 2], b: [4] })).toBe(false); // control
  });

  it('is the same set in whatever order it is written', () => {
    fc.assert(
      fc.property(small, (spec) => {
        expect(hashes(sweepOver(reversed(spec) as Tree))).toEqual(hashes(sweepOver(spec)));
      }),
    );
    expect(hashes(sweepOver({ a: [1, 2] }))).not.toEqual(hashes(sweepOver({ a: [1, 3] }))); // control
  });

  it('drawn at random gives different settings of it, the same ones for a seed, all of them where there are no more', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 30 }), fc.nat(), (spec, count, seed) => {
        const drawn = sweepOver(spec, { random: { count, seed } });
        expect(drawn).toHaveLength(Math.min(count, product(spec)));
        expect(new Set(hashes(drawn)).size).toBe(drawn.length);
        for (const setting of drawn) expect(isOf(setting, spec)).toBe(true);
        expect(sweepOver(spec, { random: { count, seed } })).toEqual(drawn);
        expect(sweepOver(spec, { random: { count: count + 5, seed } }).slice(0, drawn.length)).toEqual(drawn);
      }),
    );
  });
});

describe('random search', () => {
  const alpha = { $logUniform: [1e-4, 1e-1] };
  const spec = {
    rule: [
      { id: 'a', alpha },
      { id: 'b', units: { $integer: [1, 4] }, x: { $uniform: [-1, 1] } },
    ],
    y: [1, 2],
  };
  type Drawn = { readonly rule: { readonly id: string; readonly [option: string]: number | string } };
  const drawn = (count: number, seed: number | string): Drawn[] => sweepOver<Drawn>(spec, { random: { count, seed } });

  it('draws within bounds, from each alternative about as often', () => {
    const all = drawn(2000, 0);
    const [as, bs] = ['a', 'b'].map((id) => all.map(({ rule }) => rule).filter((rule) => rule.id === id));
    for (const rule of as!) expect(Math.abs(Math.log10(Number(rule['alpha'])) + 2.5)).toBeLessThanOrEqual(1.5);
    for (const rule of bs!) expect(Math.abs(Number(rule['x']))).toBeLessThanOrEqual(1);
    expect([...new Set(bs!.map((rule) => rule['units']))].sort()).toEqual([1, 2, 3, 4]);
    const spread = 4 * Math.sqrt(2000 / 4); // four standard deviations of how often a fair coin falls
    expect(Math.abs(as!.length - 1000)).toBeLessThan(spread);
    const below = as!.filter((rule) => Number(rule['alpha']) < 10 ** -2.5).length; // half of the logarithms
    expect(Math.abs(below - as!.length / 2)).toBeLessThan(spread);
  });

  it('is the same for a seed alone', () => {
    expect(drawn(20, 7)).toEqual(drawn(20, 7));
    expect(drawn(20, 7)).not.toEqual(drawn(20, 8));
    expect(drawn(20, 7)).toEqual(drawn(20, '7'));
    expect(drawn(40, 7).slice(0, 20)).toEqual(drawn(20, 7));
  });

  it('takes few members of a grid that is too large to be listed', () => {
    const list = Array.from({ length: 1000 }, (_, i) => i);
    const some = sweepOver({ a: list, b: list, c: list }, { random: { count: 50, seed: 1 } });
    expect(new Set(hashes(some)).size).toBe(50);
  });

  it('chooses an alternative of a list as often as its neighbour, however many settings each has', () => {
    const many = Array.from({ length: 99 }, (_, i) => i);
    const rule = [{ id: 'one' }, { id: 'many', alpha: many }];
    const firsts = Array.from(
      { length: 200 },
      (_, seed) => sweepOver<Drawn>({ rule }, { random: { count: 1, seed } })[0]!,
    );
    const ones = firsts.filter((setting) => setting.rule.id === 'one').length;
    expect(Math.abs(ones - 100)).toBeLessThan(4 * Math.sqrt(200 / 4));
  });

  it('draws whole numbers that can be told until there are no more', () => {
    const settings = sweepOver({ n: { $integer: [3, 5] } }, { random: { count: 10, seed: 0 } });
    expect(settings.map(({ n }) => n).sort()).toEqual([3, 4, 5]);
  });

  it('says when there is nothing more to be found', () => {
    const narrow = { x: { $uniform: [1, 1 + 1e-11] } }; // ten numbers of 12 digits
    expect(() => sweepOver(narrow, { random: { count: 100, seed: 0 } })).toThrow(
      /finds no more than \d+ different settings/,
    );
    expect(() => sweepOver(narrow, { random: { count: 0, seed: 0 } })).toThrow('draws 1 to 100,000 settings, not 0');
  });
});
