import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ascending } from '../../src/statistics/ascending.ts';

test('is the built-in order of numbers, for short and long lists, NaN and infinities included', () => {
  const values = fc.array(
    fc.double().map((x) => x + 0),
    { maxLength: 150 },
  ); // + 0: the two zeros are one to us
  fc.assert(
    fc.property(values, (list) => {
      const before = [...list];
      expect(Array.from(ascending(list))).toEqual(Array.from(Float64Array.from(list).sort()));
      expect(list).toEqual(before);
    }),
  );
  expect(Array.from(ascending([10, 9, 2]))).toEqual([2, 9, 10]); // not as text
  expect(Array.from(ascending([3, NaN, 1]))).toEqual([1, 3, NaN]);
  expect(Array.from(ascending([3, NaN, 1]))).not.toEqual([3, NaN, 1]);
});
