/** A disk that fills up, or turns read-only, in the middle of a run or a sweep: nothing written is damaged, and all of it ends. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/checkpoint.ts';
import { readRunRecord } from '../../src/results/run-record.ts';
import { cli, type Ended, start } from '../support/cli.ts';
import { bytesOfAll, finished, sweepOf } from '../support/killing.ts';
import { bytesOf, longRun, runFolders, startUntil } from '../support/stopping.ts';
import { tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const mounted: string[] = [];

function mountSmall(name: string, size = '400k'): string | null {
  const path = join(cwd, name);
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return null;
  }
  mounted.push(path);
  return path;
}

const remount = (path: string, options: string): void =>
  void execFileSync('mount', ['-o', `remount,${options}`, path], { stdio: 'ignore' });

/**
 * The same folder, read-only, over itself: for whatever is opened from then on, until `umount`. A disk whose files are
 * open for writing cannot be had any other way.
 */
function readOnlyOver(path: string): () => void {
  const twin = `${path}-twin`;
  mkdirSync(twin);
  execFileSync('mount', ['--bind', path, twin]);
  execFileSync('mount', ['-o', 'remount,bind,ro', twin]);
  mounted.unshift(twin);
  return () => void execFileSync('mount', ['--bind', twin, path]);
}

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

describe.skipIf(small === null)('a sweep', () => {
  const RUNS = 6;
  let whole: Record<string, unknown>;
  beforeAll(async () => {
    expect((await cli(cwd, ...sweepOf(RUNS, 'whole-sweep'))).code).toBe(0);
    whole = bytesOfAll(join(cwd, 'whole-sweep'));
  });

  /** Said in lines, none of them of a stack, and every one of this kind. */
  function expectLines({ code, stderr }: Ended, kind: RegExp): void {
    expect(code).toBe(2);
    const lines = stderr.split('\n').filter((line) => line.startsWith('agent-state:'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(kind);
    expect(stderr).not.toMatch(/\n\s+at /);
  }

  async function endsAsItShould(results: string, before: Map<string, string>): Promise<void> {
    const { code, stderr } = await cli(cwd, ...sweepOf(RUNS, results));
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(bytesOfAll(join(cwd, results))).toEqual(whole);
    for (const [folder, text] of before) expect(finished(join(cwd, results)).get(folder)).toBe(text);
  }

  it('whose disk is full says so in lines, and the next one ends it with the right bytes once there is space', async () => {
    mountSmall('full', '1m');
    const { ended } = start(cwd, ...sweepOf(RUNS, 'full'));
    while (finished(join(cwd, 'full')).size === 0) await new Promise((done) => setTimeout(done, 5));
    fill(join(cwd, 'full'));
    expectLines(await ended, /^agent-state: Cannot (write|take the lease) .*: no space left on the device/);
    const before = finished(join(cwd, 'full'));
    expect(before.size).toBeLessThan(RUNS);
    expectLines(await cli(cwd, ...sweepOf(RUNS, 'full')), /: no space left on the device/); // the control
    rmSync(join(cwd, 'full', 'fill'));
    remount(join(cwd, 'full'), 'size=16m');
    await endsAsItShould('full', before);
  });

  it('whose folder turns read-only on its way, or is so from the beginning, ends likewise', async () => {
    const path = mountSmall('read-only', '16m')!;
    const turnReadOnly = readOnlyOver(path);
    const { ended } = start(cwd, ...sweepOf(RUNS, 'read-only'));
    while (finished(path).size === 0) await new Promise((done) => setTimeout(done, 5));
    turnReadOnly();
    expectLines(await ended, /^agent-state: Cannot .*: the file system is read-only/);
    const before = finished(path);
    expect(before.size).toBeLessThan(RUNS);
    expectLines(await cli(cwd, ...sweepOf(RUNS, 'read-only')), /: the file system is read-only/);
    execFileSync('umount', [path]);
    await endsAsItShould('read-only', before);
  });
});
