import { expect, it } from 'vitest';
import { finalScore } from '../../src/evaluation/final-score.ts';

const records = [
  { step: 10, msre: 9, count: 10 },
  { step: 20, msre: 1, count: 10 },
  { step: 30, msre: 4, count: 5 },
];

it('is the mean error over the last steps, every prediction counted once', () => {
  expect(finalScore(records, 30, 20)).toBeCloseTo((10 * 1 + 5 * 4) / 15, 12);
  expect(finalScore(records, 30, 10)).toBe(4);
  expect(finalScore(records, 30, 30)).toBeCloseTo((90 + 10 + 20) / 25, 12);
});

it('is null where nothing was scored in the window', () => {
  expect(finalScore([], 30, 10)).toBeNull();
  expect(finalScore(records, 60, 10)).toBeNull();
});
