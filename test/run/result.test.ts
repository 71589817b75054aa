import type { EnvMetadata } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { floorsOf, runScores } from '../../src/run/result.ts';
import { smallSetting } from '../support/runs.ts';

const floors = { zero: 12, constant: 10, timing: null, ideal: 0, target: 'return' } as const;
const metadata: EnvMetadata = { id: 'x', cite: null, discount: 0.9, floors };

it('the explained fraction is how far the final error is from the best constant', async () => {
  const setting = await smallSetting();
  expect(runScores(1.5, setting, metadata)).toEqual({ msre: 1.5, explained: 0.85 });
});

it('nothing is explained where no floors are known for what was scored', async () => {
  const setting = await smallSetting();
  expect(runScores(1.5, setting, { ...metadata, floors: null }).explained).toBeNull();
  expect(runScores(1.5, setting, { ...metadata, floors: { ...floors, target: 'value' } }).explained).toBeNull();
  expect(runScores(null, setting, metadata)).toEqual({ msre: null, explained: null });
});

it('floors belong to the discount they were found for', async () => {
  const setting = await smallSetting();
  expect(floorsOf({ ...setting, discount: 0.9 }, metadata)).toBe(floors);
  expect(floorsOf({ ...setting, discount: 0.5 }, metadata)).toBeNull();
});
