import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gitState, packageVersion, provenance } from '../../src/results/provenance.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'provenance-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder, encoding: 'utf8' }).trim();

test('a repository gives its commit, and is dirty from the first changed or new file', () => {
  git('init', '--quiet');
  expect(gitState(folder)).toBeNull(); // no commit yet
  writeFileSync(join(folder, 'a'), '1');
  git('add', 'a');
  git('commit', '--quiet', '--message', 'first');
  const commit = git('rev-parse', 'HEAD');
  expect(gitState(folder)).toEqual({ commit, dirty: false });
  writeFileSync(join(folder, 'new'), '');
  expect(gitState(folder)).toEqual({ commit, dirty: true });
  rmSync(join(folder, 'new'));
  writeFileSync(join(folder, 'a'), '2');
  expect(gitState(folder)).toEqual({ commit, dirty: true });
});

test('outside a repository, and without git, there is no commit and no noise', () => {
  expect(gitState(folder)).toBeNull();
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '--message', 'first');
  expect(gitState(folder)).not.toBeNull();
  vi.stubEnv('PATH', '/nonexistent');
  expect(gitState(folder)).toBeNull();
});

test('the rest says which program ran on what', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(packageVersion()).toBe(version);
  expect(provenance(folder)).toMatchObject({
    git: null,
    versions: { node: process.versions.node, 'agent-state': version },
    host: { platform: process.platform, arch: process.arch },
    argv: process.argv,
  });
});
