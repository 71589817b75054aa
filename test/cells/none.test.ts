import { expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { createCell } from '../oracle/problem.ts';

it('none has no state, no parameters and steps all the same', async () => {
  const cell = await createCell({ id: 'none' });
  const lane = cell.lane();
  step(cell, lane, Float64Array.of(1, 2, 3));
  expect(lane.state).toHaveLength(0);
  expect(cell.params).toHaveLength(0);
  expect(cell.readout).toHaveLength(0);
});
