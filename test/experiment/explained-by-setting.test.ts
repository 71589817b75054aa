import { expect, it } from 'vitest';
import { explainedBySetting } from '../../src/experiment/explained-by-setting.ts';

const run = (folder: string, explained: number | null) => ({
  agent: 'td',
  seed: 0,
  status: explained === null ? 'diverged' : 'done',
  msre: null,
  explained,
  folder,
});

it('is a mean per setting over the runs that ended, best first, null and last where none did', () => {
  const runs = [run('results/x/aa/0', 0.2), run('results/x/bb/0', null), run('results/x/cc/0', 0.9)];
  expect(explainedBySetting([...runs, run('results/x/aa/1', 0.4), run('results/x/cc/1', null)])).toEqual([
    0.9,
    (0.2 + 0.4) / 2,
    null,
  ]);
  expect(explainedBySetting([])).toEqual([]);
});
