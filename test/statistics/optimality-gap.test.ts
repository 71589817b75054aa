import { expect, test } from 'vitest';
import { optimalityGap } from '../../src/statistics/optimality-gap.ts';

test('what runs miss of the target, those beyond it missing nothing, averaged within and then over tasks', () => {
  const groups = [[0.5, 1, 3], [0.8]];
  expect(optimalityGap(groups, { better: 'higher', target: 1 })).toBeCloseTo((0.5 / 3 + 0.2) / 2, 14);
  expect(optimalityGap(groups, { better: 'higher', target: 1 })).not.toBeCloseTo(0.7 / 4, 3); // pooled
  expect(optimalityGap([[2, 3]], { better: 'higher', target: 1 })).toBe(0);
});

test('of errors, what they exceed it by', () => {
  expect(optimalityGap([[0.1, 0.5]], { better: 'lower', target: 0.2 })).toBeCloseTo(0.15, 14);
  expect(optimalityGap([[0.1, 0.5]], { better: 'higher', target: 0.2 })).toBeCloseTo(0.05, 14);
});

test('is NaN without runs and with a diverged one, and a target must be finite', () => {
  for (const groups of [[], [[]], [[1, NaN]]]) {
    expect(optimalityGap(groups, { better: 'higher', target: 1 })).toBeNaN();
  }
  expect(() => optimalityGap([[1]], { better: 'higher', target: NaN })).toThrow('target must be finite, got NaN');
});
