import fc from 'fast-check';
import { expect, it } from 'vitest';
import { valueOfRank } from '../../src/run/ranks.ts';

const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));

it('the value of every rank is that of the sorted values, in any order of asking', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.infiniteStream(fc.nat()), (values, asked) => {
      const sorted = Float64Array.from(values).sort();
      const shuffled = Float64Array.from(values);
      for (let i = 0; i < 5; i++) {
        const rank = asked.next().value! % values.length;
        expect(valueOfRank(shuffled, rank) + 0).toBe(sorted[rank]! + 0); // -0 and 0 are equal
      }
    }),
  );
});

it('a rank is found in the part that an earlier search has left it in', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 3, maxLength: 60 }), (values) => {
      const sorted = Float64Array.from(values).sort();
      const shuffled = Float64Array.from(values);
      const middle = values.length >> 1;
      valueOfRank(shuffled, middle);
      expect(valueOfRank(shuffled, 1, 0, middle) + 0).toBe(sorted[1]! + 0);
      expect(valueOfRank(shuffled, values.length - 2, middle) + 0).toBe(sorted.at(-2)! + 0);
    }),
  );
});

it('nothing is lost while values change places', () => {
  const values = Float64Array.of(5, 1, 4, 1, 3);
  expect(valueOfRank(values, 2)).toBe(3);
  expect([...values].sort()).toEqual([1, 1, 3, 4, 5]);
});
