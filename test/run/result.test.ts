import type { ErrorFloors } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { runScores } from '../../src/run/result.ts';
import { smallSetting } from '../support/runs.ts';

const rows = [
  { step: 1000, msre: 9, count: 1000 },
  { step: 2000, msre: 1, count: 1000 },
  { step: 3000, msre: 2, count: 1000 },
];
const floors: ErrorFloors = { zero: 12, constant: 10, timing: null, ideal: 0, target: 'return' };

it('the final error is that of the last window, the explained fraction how far it is from the best constant', async () => {
  const setting = await smallSetting({ window: 2000 });
  const { msre, explained } = runScores(rows, setting, floors);
  expect(msre).toBeCloseTo(1.5, 12);
  expect(explained).toBeCloseTo(0.85, 12);
});

it('nothing is explained where no floors are known for what was scored', async () => {
  const setting = await smallSetting();
  expect(runScores(rows, setting, null).explained).toBeNull();
  expect(runScores(rows, setting, { ...floors, target: 'value' }).explained).toBeNull();
  expect(runScores([], setting, floors)).toEqual({ msre: null, explained: null });
});
