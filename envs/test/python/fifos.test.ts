/** The folders in which FIFOs lie for a moment. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PythonEnv } from '../../python/python-env.ts';
import { fake, hasPython, thrown } from './pythons.ts';

const before = process.env['TMPDIR'];
let folder = '';
beforeEach(() => void (folder = process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'fifos-'))));
afterEach(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(folder, { recursive: true });
});
const make = (options = {}): PythonEnv => new PythonEnv('plain', { stderr: 'keep', ...options }, fake);

describe.skipIf(!hasPython)('PythonEnv', () => {
  test('has nothing lying about: not while it lives, not when it cannot start', () => {
    const env = make();
    env.reset();
    expect(readdirSync(folder)).toEqual([]);
    env.close();
    thrown(() => make({ python: 'no-such-python' }));
    thrown(() => make({ python: 'false' }));
    expect(readdirSync(folder)).toEqual([]);
  });

  test('sweeps up after processes that are gone, and leaves what may be in use or is not ours', () => {
    const { pid: gone } = spawnSync('true');
    const left = (pid: number, end: string, ...files: string[]): string => {
      const path = join(folder, `rl-tools-envs-${pid}-${end}`);
      mkdirSync(path);
      for (const file of files) {
        if (file === 'stranger') writeFileSync(join(path, file), '');
        else spawnSync('mkfifo', [join(path, file)]);
      }
      return path;
    };
    const stale = [left(gone, 'aaaaaa', 'request', 'reply'), left(gone, 'bbbbbb', 'request'), left(gone, 'cccccc')];
    const others = [
      left(process.pid, 'dddddd', 'request', 'reply'),
      left(gone, 'eeeeee', 'stranger'),
      left(gone, 'fffffff'), // another form of name
    ];
    expect([...stale, ...others].every((path) => existsSync(path))).toBe(true);
    make().close();
    expect(stale.filter((path) => existsSync(path))).toEqual([]);
    expect(others.filter((path) => !existsSync(path))).toEqual([]);
    expect(readdirSync(others[1]!)).toEqual(['stranger']);
  });
});
