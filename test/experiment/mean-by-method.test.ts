import { expect, it } from 'vitest';
import type { ScoredRun } from '../../src/experiment/experiment.ts';
import { meanByMethod } from '../../src/experiment/mean-by-method.ts';

const run = (agent: string, over: Partial<ScoredRun> = {}): ScoredRun => {
  return { agent, seed: 0, status: 'done', msre: null, explained: null, ...over };
};

it('is the mean over the runs of a method that have the number, null where none has', () => {
  const runs = [run('a', { level: 3 }), run('b'), run('a', { level: 6 }), run('a'), run('c', { level: 0 })];
  expect(meanByMethod(({ level }) => level)(runs)).toEqual({ a: 4.5, b: null, c: 0 });
  expect(meanByMethod(({ excess }) => excess)(runs)).toEqual({ a: null, b: null, c: null });
  expect(meanByMethod(({ level }) => level)([])).toEqual({});
});
