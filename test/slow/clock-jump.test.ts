/** A sweep on a machine whose clock jumps, years forth and back: nothing is done twice, and the bytes are the same. */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, type Ended, MAIN } from '../support/cli.ts';
import { bytesOfAll, sweepOf } from '../support/killing.ts';
import { runFolders } from '../support/stopping.ts';
import { tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const RUNS = 4;

function hasFaketime(): boolean {
  try {
    return execFileSync('faketime', ['2001-01-01', 'date', '+%Y'], { encoding: 'utf8' }).startsWith('2001');
  } catch {
    return false;
  }
}
const isThere = hasFaketime();
if (!isThere) console.warn('clock-jump.test.ts: skipped, there is no faketime here (Debian: apt-get install faketime)');

/** The wall clock begins at `time` and runs so many times as fast; the monotonic one is left as it is. */
function at(time: string, ...args: string[]): Promise<Pick<Ended, 'code' | 'stderr'>> {
  const env = { ...process.env, NODE_OPTIONS: '', FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' };
  const child = spawn('faketime', ['-f', time, process.execPath, MAIN, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code, stderr })));
}

it.skipIf(!isThere)('beside another in the past and one in the future, all racing through the years', async () => {
  expect((await cli(cwd, ...sweepOf(RUNS, 'whole'))).code).toBe(0);
  const args = [...sweepOf(RUNS, 'jumped'), '--jobs', '1'];
  const all = await Promise.all([
    at('@2001-01-01 00:00:00', ...args),
    at('@2038-01-19 03:14:00 x10000', ...args),
    at('@2026-06-01 00:00:00 x100', ...args),
  ]);
  expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(bytesOfAll(join(cwd, 'jumped'))).toEqual(bytesOfAll(join(cwd, 'whole')));
  const years = new Set<string>();
  for (const folder of runFolders(join(cwd, 'jumped'))) {
    const log = readFileSync(join(folder, 'log.ndjson'), 'utf8');
    expect(log.match(/"run\.start"/g), folder).toHaveLength(1);
    years.add(
      (JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { startedAt: string }).startedAt.slice(0, 4),
    );
  }
  expect(years.size).toBeGreaterThan(1); // the control: clocks differed
});
