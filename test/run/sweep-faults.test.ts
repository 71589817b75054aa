/** A sweep whose processes are killed, beside one that nobody disturbs; two hundred kills are in test/slow. */
import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { createRng } from '@rl-tools/envs';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { bytesOfAll, finished, killAgainAndAgain, sweepOf } from '../support/killing.ts';
import { runFolders } from '../support/stopping.ts';
import { tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const RUNS = 4;
let whole: Record<string, unknown>;

beforeAll(async () => {
  expect((await cli(cwd, ...sweepOf(RUNS, 'whole'))).code).toBe(0);
  whole = bytesOfAll(join(cwd, 'whole'));
  expect(Object.keys(whole)).toHaveLength(RUNS);
}, 60_000);

describe('a sweep', () => {
  it('that is killed again and again ends with the bytes of one that is not, and does nothing twice', async () => {
    const args = sweepOf(RUNS, 'killed');
    const hits = await killAgainAndAgain(cwd, 'killed', args, 4, createRng('sweep-faults'));
    expect(hits).toBeGreaterThanOrEqual(2);
    const { code, stdout } = await cli(cwd, ...args);
    expect(code).toBe(0);
    expect(stdout).toContain(`${RUNS}`);
    expect(bytesOfAll(join(cwd, 'killed'))).toEqual(whole);
  }, 60_000);

  it('that two commands work on at the same time is done once', async () => {
    const args = sweepOf(RUNS, 'two');
    const both = await Promise.all([cli(cwd, ...args), cli(cwd, ...args)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(bytesOfAll(join(cwd, 'two'))).toEqual(whole);
    for (const folder of runFolders(join(cwd, 'two'))) {
      const log = readFileSync(join(folder, 'log.ndjson'), 'utf8');
      expect(log.match(/"run\.start"/g), folder).toHaveLength(1);
    }
  }, 60_000);

  it('runs again what was damaged since, and nothing else', async () => {
    const [first, second, ...others] = runFolders(join(cwd, 'two'));
    truncateSync(join(first!, 'metrics.jsonl'), 500);
    appendFileSync(join(second!, 'run.json'), 'x');
    const before = finishedOf(others);
    const { code, stdout, stderr } = await cli(cwd, ...sweepOf(RUNS, 'two'));
    expect(stdout).toMatch(/2 done, 2 damaged/);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(finishedOf(others)).toEqual(before);
    const now = bytesOfAll(join(cwd, 'two'));
    for (const folder of Object.keys(whole)) expect(now[folder], folder).toEqual(whole[folder]);
  }, 60_000);

  it('that is complete says so, and runs nothing', async () => {
    const before = finished(join(cwd, 'whole'));
    const { code, stdout, stderr } = await cli(cwd, ...sweepOf(RUNS, 'whole'));
    expect({ code, said: stdout.includes(`${RUNS} done`), stderr }).toEqual({
      code: 0,
      said: true,
      stderr: 'nothing is missing\n',
    });
    expect(finished(join(cwd, 'whole'))).toEqual(before);
  });
});

function finishedOf(folders: readonly string[]): string[] {
  return folders.map((folder) => readFileSync(join(folder, 'run.json'), 'utf8'));
}
