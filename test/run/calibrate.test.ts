/** What is tried to estimate a sweep leaves nothing behind, and counts what will be run. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { estimateSeconds } from '../../src/run/calibrate.ts';
import type { RunJob } from '../../src/run/run-job.ts';
import { smallSetting } from '../support/runs.ts';
import { tempFolder } from '../support/temp.ts';

const results = tempFolder();

async function jobs(count: number, steps: number): Promise<RunJob[]> {
  const setting = { ...(await smallSetting()), steps };
  return Array.from({ length: count }, (_, seed) => ({ experiment: 'tried', setting, seed, results }));
}

it('no job takes no time', async () => {
  expect(await estimateSeconds([], 2)).toBe(0);
});

it('long runs are not waited for, and many count as many', async () => {
  const years = await jobs(20, 1e12);
  const all = await estimateSeconds(years, 1);
  expect(all).toBeGreaterThan(20 * 1e12 * 1e-8); // nothing steps in ten nanoseconds
});

it('nothing is written to the results, and nothing stays in the temporary folder', async () => {
  const mine = (): string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith(`agent-state-estimate-${process.pid}-`));
  expect(await estimateSeconds(await jobs(3, 500), 1)).toBeGreaterThan(0);
  expect(readdirSync(results)).toEqual([]);
  expect(mine()).toEqual([]);
});

it('a run that fails takes no time', async () => {
  const [job] = await jobs(1, 500);
  const setting = { ...job!.setting, load: 'nowhere' };
  expect(await estimateSeconds([{ ...job!, setting }], 1)).toBe(0);
});
