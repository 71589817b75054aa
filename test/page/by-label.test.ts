import { expect, it } from 'vitest';
import { byLabel } from '../../src/page/parts/by-label.ts';

it('numbers in labels are ordered by what they are worth', () => {
  const sorted = [
    'a x=-2',
    'a x=0.0003',
    'a x=0.001',
    'a x=1e-2',
    'a x=3',
    'a x=10',
    'a x=10 y=1',
    'b x=1',
    'lstm2',
    'lstm3',
  ];
  expect(sorted.toReversed().sort(byLabel)).toEqual(sorted);
  expect(sorted.toReversed().sort()).not.toEqual(sorted); // as letters
});
