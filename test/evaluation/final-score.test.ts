import { expect, it } from 'vitest';
import { finalScore } from '../../src/evaluation/final-score.ts';

it('is the mean error from the first step of the window on, every prediction counted once', () => {
  const score = finalScore(20);
  for (let time = 0; time < 25; time++) score.add(time, time < 20 ? 1000 : time);
  expect(score.value()).toBe((20 + 21 + 22 + 23 + 24) / 5);
});

it('is null where nothing was scored in the window', () => {
  const score = finalScore(20);
  expect(score.value()).toBeNull();
  score.add(19, 1);
  expect(score.value()).toBeNull();
  score.add(20, 1);
  expect(score.value()).toBe(1);
});

it('goes on from where it was saved, an overflown sum included', () => {
  const score = finalScore(0);
  score.add(0, 3);
  const again = finalScore(0);
  again.load(JSON.parse(JSON.stringify(score.save())) as number[]);
  again.add(1, 5);
  expect(again.value()).toBe(4);
  again.add(2, Infinity);
  const last = finalScore(0);
  last.load(JSON.parse(JSON.stringify(again.save())) as (number | null)[]);
  expect(last.value()).toBe(Infinity);
});
