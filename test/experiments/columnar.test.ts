/** One cell of each of the test-bed's tables, with fewer runs; all of them are in slow/columnar-tables.test.ts. */
import { expect, it } from 'vitest';
import alignment from '../../experiments/columnar-alignment.ts';
import metaAlignment from '../../experiments/columnar-meta-alignment.ts';
import { expectedAt, farthest, figuresOf } from '../support/study-figures.ts';

const STATE = { method: 'columnar', sparsity: 1, columns: 20, features: 5, length: 50 };
const META = { gate: 'feed-forward', alpha: 0.01, sparsity: 0.5 };

it.each([
  [alignment, STATE, { ...STATE, sparsity: 0.25 }],
  [metaAlignment, META, { ...META, sparsity: 0 }],
])('a cell lies within three standard errors of what is expected, and far from another', async (study, here, there) => {
  const figures = await figuresOf(study, here, 12);
  expect(expectedAt(study, here)).toHaveLength(4);
  expect(farthest(figures, expectedAt(study, here))).toBeLessThanOrEqual(3);
  expect(farthest(figures, expectedAt(study, there))).toBeGreaterThan(5); // control
});
