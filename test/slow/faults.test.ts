/** Ten random stops by SIGTERM, twenty kills by SIGKILL: always the bytes of the uninterrupted run. */
import { join } from 'node:path';
import { createRng } from '@rl-tools/envs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord } from '../../src/results/run-record.ts';
import { cli, start } from '../support/cli.ts';
import { bytesOf, linesOf, longRun, pidOf, runFolders, startUntil } from '../support/stopping.ts';
import { put, tempFolder } from '../support/temp.ts';
import { RING_ENV } from '../support/user-files.ts';

const cwd = tempFolder();
const LINES = 150; // of metrics, in the whole run
const rng = createRng('faults');

const worlds = [
  ['an environment that saves itself', 'trace-conditioning'],
  ["an environment of the user's own that cannot", put(cwd, 'ring.ts', RING_ENV)],
] as const;

describe.each(worlds)('in %s', (name, env) => {
  let whole: ReturnType<typeof bytesOf>;
  const results = (what: string): string => `${what}-${name.includes('own')}`;

  beforeAll(async () => {
    await cli(cwd, ...longRun(env), '--results', results('whole'));
    whole = bytesOf(runFolders(join(cwd, results('whole')))[0]!);
  });

  it.each(Array.from({ length: 10 }, (_, i) => i))('stop %i', async (i) => {
    const at = rng.integer(1, LINES - 20);
    const { child, ended, folder } = await startUntil(cwd, results(`stop-${i}`), at, longRun(env));
    child.kill(i % 2 === 0 ? 'SIGTERM' : 'SIGINT');
    expect((await ended).code).toBe(130);
    expect((await cli(cwd, 'resume', folder)).code).toBe(0);
    expect(bytesOf(folder)).toEqual(whole);
  });

  it('the death of the command itself lets its run save itself', async () => {
    const { child, folder } = await startUntil(cwd, results('orphan'), 30, longRun(env));
    child.kill('SIGKILL');
    const status = (): string => readRunRecord(join(folder, 'run.json')).status;
    for (let i = 0; i < 500 && status() === 'running'; i++) await new Promise((done) => setTimeout(done, 10));
    expect(status()).toBe('interrupted');
    expect((await cli(cwd, 'resume', folder)).code).toBe(0);
    expect(bytesOf(folder)).toEqual(whole);
  });

  it('twenty kills of one run after another', async () => {
    let kills = 0;
    const first = await startUntil(cwd, results('kill'), 3, longRun(env));
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    const { folder } = first;
    while (++kills < 20) {
      const before = linesOf(join(folder, 'metrics.jsonl'));
      const resumed = start(cwd, 'resume', folder);
      await killAfter(folder, before + rng.integer(0, 8), resumed.ended);
      await resumed.ended;
      if (readRunRecord(join(folder, 'run.json')).status === 'done') break;
    }
    if (readRunRecord(join(folder, 'run.json')).status !== 'done') {
      expect((await cli(cwd, 'resume', folder)).code).toBe(0);
    }
    expect(kills).toBeGreaterThanOrEqual(10); // the control: it was no easy life
    expect(bytesOf(folder)).toEqual(whole);
  });
});

/** Kills the worker of a run when its metrics have so many lines, unless it is over before. */
async function killAfter(folder: string, lines: number, ended: Promise<unknown>): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  const old = pidOf(folder);
  while (!over && (pidOf(folder) === old || linesOf(join(folder, 'metrics.jsonl')) < lines)) {
    await new Promise((done) => setTimeout(done, 1));
  }
  if (over) return;
  try {
    process.kill(pidOf(folder), 'SIGKILL');
  } catch {
    // It has ended by itself between the last look and now.
  }
}
