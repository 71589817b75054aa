import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus, hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from './run-record.ts';

/** The part of run.json that says where the numbers come from. */
export type Provenance = Pick<RunRecord, 'git' | 'versions' | 'host' | 'argv'>;

const known = new Map<string, Provenance>(); // what a process has loaded it keeps, whatever is edited meanwhile

/** Of this process, for experiments that live in folder `cwd`: as they were when it was first asked. */
export function provenance(cwd: string = process.cwd()): Provenance {
  const found = known.get(cwd) ?? look(cwd);
  known.set(cwd, found);
  return found;
}

function look(cwd: string): Provenance {
  return {
    git: gitState(cwd),
    versions: { node: process.versions.node, v8: process.versions.v8, 'agent-state': packageVersion() },
    // Results are bit-equal on one machine kind: this says which kind it was.
    host: {
      name: hostname(),
      platform: process.platform,
      arch: process.arch,
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
    },
    argv: process.argv.slice(),
  };
}

/**
 * The commit that is checked out in `cwd` and whether files differ from it, untracked ones included. Null outside a
 * repository, before the first commit, and where there is no git to ask.
 */
export function gitState(cwd: string): RunRecord['git'] {
  try {
    const commit = git(cwd, 'rev-parse', 'HEAD');
    return { commit, dirty: git(cwd, 'status', '--porcelain') !== '' };
  } catch {
    return null;
  }
}

function git(cwd: string, ...args: string[]): string {
  // No lock: a status that refreshes the index would get in the way of the user's own git.
  return execFileSync('git', ['--no-optional-locks', ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** The version in this package's own package.json, found upwards from here: in src/ as well as in dist/src/. */
export function packageVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const content = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown; version?: unknown };
    if (content.name === 'agent-state') return String(content.version);
  }
  return 'unknown';
}
