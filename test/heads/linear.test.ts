import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import linear from '../../src/heads/linear.ts';

it('predicts 0 until it has learned, then w . phi, one row of weights per question', () => {
  const head = linear.create({}, createRng(0), { size: 2, outputs: 2 });
  const v = new Float64Array(2).fill(NaN);
  head.predict(Float64Array.of(1, 3), v);
  expect([...v]).toEqual([0, 0]);
  head.weights.set([1, 2, -1, 0.5]);
  head.predict(Float64Array.of(1, 3), v);
  expect([...v]).toEqual([7, 0.5]);
});
