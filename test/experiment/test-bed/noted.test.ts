import { expect, it } from 'vitest';
import { noted } from '../../../src/experiment/test-bed/noted.ts';

it('reads figures as they were printed: value, standard error, decimals, and gaps', () => {
  const at = (sparsity: number) => ({ sparsity });
  const found = noted(at, ['a', 'b', 'c'], { 0: '.950+-.01 - 1.2', 0.1: '.9' }, 10);
  expect(found).toMatchObject([
    { for: { sparsity: 0 }, measure: 'a', value: 0.95, error: 0.01, digits: 3, kind: 'noted' },
    { for: { sparsity: 0 }, measure: 'c', value: 1.2, runs: 10, digits: 1 },
    { for: { sparsity: 0.1 }, measure: 'a', value: 0.9, runs: 10, digits: 1 },
  ]);
  expect(found).toHaveLength(3);
  expect(found.map((one) => [one.error, one.runs])).toEqual([
    [0.01, undefined],
    [undefined, 10],
    [undefined, 10],
  ]);
});
