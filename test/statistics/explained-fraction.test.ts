import { expect, test } from 'vitest';
import { explainedFraction } from '../../src/statistics/explained-fraction.ts';

test('the ideal explains all, a constant nothing, and worse than a constant less than nothing', () => {
  const task = { constant: 0.02, ideal: 0.004 };
  expect(explainedFraction({ ...task, msre: 0.004 })).toBe(1);
  expect(explainedFraction({ ...task, msre: 0.02 })).toBe(0);
  expect(explainedFraction({ ...task, msre: 0.012 })).toBeCloseTo(0.5, 14);
  expect(explainedFraction({ ...task, msre: 0.036 })).toBeCloseTo(-1, 14);
  expect(explainedFraction({ ...task, msre: 0.012 })).not.toBeCloseTo(1 - 0.012 / 0.02, 3); // R^2 without the floor
});

test('there is no fraction of nothing, of less than nothing, or of NaN', () => {
  expect(explainedFraction({ msre: 1, constant: 1, ideal: 1 })).toBeNaN();
  expect(explainedFraction({ msre: 1, constant: 1, ideal: 2 })).toBeNaN();
  expect(explainedFraction({ msre: NaN, constant: 2, ideal: 1 })).toBeNaN();
  expect(explainedFraction({ msre: Infinity, constant: 2, ideal: 1 })).toBe(-Infinity);
});
