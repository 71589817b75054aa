import { describe, expect, it } from 'vitest';
import type { Experiment, RunEntry, SettingEntry, Status } from '../../src/dashboard/protocol.ts';
import { sweepFigures } from '../../src/page/views/sweep-figures.ts';

const run = (setting: string, seed: number, figure: number | null, status: Status = 'done'): RunEntry => ({
  ...{ id: `e/${setting}/${seed}`, experiment: 'e', setting, seed, status, startedAt: '', endedAt: null },
  ...{ figure, reason: null },
});
const setting = (hash: string, target: string): SettingEntry => ({
  ...{ hash, label: hash, agent: 'a', env: 'e', steps: 1, config: {} },
  target,
});
const runs = [
  run('a', 0, 1),
  run('a', 1, 3),
  run('a', 9, 100), // of another sweep
  run('b', 0, 1.5),
  run('b', 1, null, 'running'),
  run('c', 0, 0.1),
  run('c', 1, null, 'diverged'),
];
const experiment = (target: string, other = target): Experiment => ({
  ...{ name: 'e', runs, plans: [], audits: 0, isStudy: false, unreadable: [] },
  settings: [setting('a', target), setting('b', target), setting('c', other)],
});

describe('figures of a sweep', () => {
  const of = (all: Experiment) => sweepFigures(all, ['a', 'b', 'c', 'd'], [0, 1]);

  it('are means over the seeds that are done, none where one diverged', () => {
    expect([...of(experiment('return')).of].map(([hash, { mean }]) => [hash, mean])).toEqual([
      ['a', 2],
      ['b', 1.5],
      ['c', null],
      ['d', null],
    ]);
  });

  it('name the best, which is the least of errors and the greatest of returns', () => {
    const best = (all: Experiment) => [...of(all).of].flatMap(([hash, { isBest }]) => (isBest ? hash : []));
    expect([of(experiment('return')).name, best(experiment('return'))]).toEqual(['mean squared error', ['b']]);
    expect([of(experiment('episodes')).name, best(experiment('episodes'))]).toEqual([
      'mean return of an episode',
      ['a'],
    ]);
    expect([of(experiment('return', 'bits')).name, best(experiment('return', 'bits'))]).toEqual(['figure', []]);
  });
});
