/** A disk that fills up, or turns read-only, in the middle of a run: nothing written is damaged, and resume ends it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/checkpoint.ts';
import { readRunRecord } from '../../src/results/run-record.ts';
import { cli } from '../support/cli.ts';
import { bytesOf, longRun, runFolders, startUntil } from '../support/stopping.ts';
import { tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const mounted: string[] = [];

function mountSmall(name: string): string | null {
  const path = join(cwd, name);
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return null;
  }
  mounted.push(path);
  return path;
}

const remount = (path: string, options: string): void =>
  void execFileSync('mount', ['-o', `remount,${options}`, path], { stdio: 'ignore' });

const small = mountSmall('small');
if (small === null) console.warn('full-disk.test.ts: skipped, mounting a tmpfs is not allowed here');

afterAll(() => {
  for (const path of mounted) execFileSync('umount', [path]);
});

/** Takes all the space that is left. */
function fill(path: string): void {
  try {
    writeFileSync(join(path, 'fill'), Buffer.alloc(2 ** 20));
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  }
}

describe.skipIf(small === null)('a run', () => {
  let whole: ReturnType<typeof bytesOf>;
  beforeAll(async () => {
    await cli(cwd, ...longRun('trace-conditioning'), '--results', 'whole');
    whole = bytesOf(runFolders(join(cwd, 'whole'))[0]!);
  });

  it('whose disk is full ends with one line, and with the right bytes once there is space', async () => {
    const { ended, folder } = await startUntil(cwd, 'small', 40, longRun('trace-conditioning'));
    fill(small!);
    const { code, stderr } = await ended;
    expect(code).toBe(2);
    const lines = stderr.split('\n').filter((line) => line.startsWith('agent-state:'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^agent-state: Cannot write .*small.*: no space left on the device$/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readCheckpoint(join(folder, 'checkpoint', 'state.ckpt')).step).toBeGreaterThan(0); // with its checksum
    expect(readRunRecord(join(folder, 'run.json')).status).toMatch(/^(running|failed)$/); // the disk may take no word of it
    expect((await cli(cwd, 'resume', folder)).code).toBe(2); // the control: there is no space yet
    rmSync(join(small!, 'fill'));
    remount(small!, 'size=4m');
    expect((await cli(cwd, 'resume', folder)).code).toBe(0);
    expect(bytesOf(folder)).toEqual(whole);
  });
});
