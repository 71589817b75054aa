import { expect, it } from 'vitest';
import { distinct } from '../src/distinct.ts';

it('lists each number once, ascending, and says where each stands', () => {
  const list = Int32Array.of(10, 2, 2, 7, 10, 100);
  const { values, of } = distinct(list);
  expect([...values]).toEqual([2, 7, 10, 100]); // as numbers, not as words
  expect([...of].map((i) => values[i])).toEqual([...list]);
  expect(distinct([])).toEqual({ values: new Int32Array(0), of: new Int32Array(0) });
});
