import { expect, test } from 'vitest';
import { wallClock } from '../../src/export/wall-clock.ts';

const START = '1970-01-01T00:01:40.000Z'; // second 100

test('between checkpoints time runs evenly, after the last one at its pace', () => {
  const clock = wallClock(START, [
    { step: 100, seconds: 1 },
    { step: 200, seconds: 5 },
  ]);
  expect([0, 50, 100, 150, 200, 300].map(clock)).toEqual([100, 100.5, 101, 103, 105, 109]);
});

test('a run that was resumed goes on where its clock stood', () => {
  const clock = wallClock(START, [
    { step: 100, seconds: 10 },
    { step: 200, seconds: 2 },
    { step: 300, seconds: 4 },
  ]);
  expect([100, 200, 300].map(clock)).toEqual([110, 112, 114]);
});

test('without any timing all happened at the start', () => {
  expect(wallClock(START, [])(1000)).toBe(100);
});
