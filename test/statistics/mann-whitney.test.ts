import { createRng } from '@rl-tools/envs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mannWhitney } from '../../src/statistics/mann-whitney.ts';

/** Twice the smaller share of all ways to choose which values are x's that are as extreme, by trying all of them. */
function byTrying(x: readonly number[], y: readonly number[]): number {
  const all = [...x, ...y];
  const wins = (mine: readonly number[], others: readonly number[]): number =>
    mine.flatMap((a) => others.filter((b) => a > b)).length;
  const observed = wins(x, y);
  let [ways, less, more] = [0, 0, 0];
  for (let mask = 0; mask < 2 ** all.length; mask++) {
    const mine = all.filter((_, i) => (mask >> i) & 1);
    if (mine.length !== x.length) continue;
    const won = wins(
      mine,
      all.filter((_, i) => !((mask >> i) & 1)),
    );
    ways++;
    if (won <= observed) less++;
    if (won >= observed) more++;
  }
  return Math.min(1, (2 * Math.min(less, more)) / ways);
}

test('small samples: the share of all orderings that are as extreme', () => {
  const shuffled = fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 2, maxLength: 9 });
  fc.assert(
    fc.property(shuffled, fc.integer({ min: 1, max: 8 }), (values, cut) => {
      const at = Math.min(cut, values.length - 1);
      const [x, y] = [values.slice(0, at), values.slice(at)];
      expect(mannWhitney(x, y).p).toBeCloseTo(byTrying(x, y), 12);
    }),
    { numRuns: 60 },
  );
  expect(mannWhitney([1, 2, 3], [4, 5, 6])).toEqual({ u: 0, p: 0.1, exact: true }); // 2 of 20
  expect(mannWhitney([1, 2, 4], [3, 5, 6]).p).toBe(0.2);
});

test('u counts the pairs that x wins, ties half', () => {
  expect(mannWhitney([1, 3, 3], [2, 3]).u).toBe(0 + 1.5 + 1.5);
  expect(mannWhitney([2, 3], [1, 3, 3]).u).toBe(6 - 3);
  expect(mannWhitney([1, 3, 3], [2, 3]).exact).toBe(false);
});

test('the approximation nears the exact answer where one takes over from the other', () => {
  const rng = createRng('u');
  const sample = (n: number, mean: number): number[] => Array.from({ length: n }, () => mean + rng.normal());
  const [x, y] = [sample(50, 0), sample(50, 0.4)];
  const exact = mannWhitney(x, y);
  const approximate = mannWhitney([...x, 0.123], y); // one value too many
  expect([exact.exact, approximate.exact]).toEqual([true, false]);
  expect(Math.abs(exact.p - approximate.p)).toBeLessThan(0.02);
});

test('diverged runs as infinities take the last place; a NaN or nothing has none; equal values say nothing', () => {
  expect(mannWhitney([1, 2], [3, Infinity])).toEqual(mannWhitney([1, 2], [3, 4]));
  for (const [x, y] of [
    [[], [1]],
    [[1, NaN], [2]],
  ] as const) {
    expect(mannWhitney(x, y)).toEqual({ u: NaN, p: NaN, exact: false });
  }
  expect(mannWhitney([2, 2], [2, 2, 2])).toEqual({ u: 3, p: 1, exact: false });
});
