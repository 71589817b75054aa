/** Sweeps that are killed again and again, and what may never happen to their runs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rng } from '@rl-tools/envs';
import { expect } from 'vitest';
import { leaseHolder } from '../../src/results/lease.ts';
import { readRunRecord } from '../../src/results/run-record.ts';
import { fileSizes } from '../../src/run/run-files.ts';
import { start } from './cli.ts';
import { runFolders } from './stopping.ts';

/** `runs` runs of about half a second, with many checkpoints. */
export function sweepOf(runs: number, results: string, steps = 120_000): string[] {
  const agent = ['--agent', 'columnar-td', '--env', 'trace-conditioning'];
  const grid = ['--set', 'agent.cell.columns=[2,3]', '--set', 'every=1000', '--steps', String(steps)];
  return ['sweep', ...agent, ...grid, '--checkpoint-every', '5000', '--seeds', String(runs / 2), '--results', results];
}

/** Every byte that must agree, run by run; what clocks say is left out. */
export function bytesOfAll(results: string): Record<string, unknown> {
  return Object.fromEntries(
    foldersOf(results).map((folder) => {
      const { status, scores, config } = readRunRecord(join(folder, 'run.json'));
      const files = Object.keys(fileSizes(folder)).map((name) => [name, readFileSync(join(folder, name), 'latin1')]);
      return [folder.slice(results.length), { status, scores, config, ...(Object.fromEntries(files) as object) }];
    }),
  );
}

/** Without those that were moved aside. */
const foldersOf = (results: string): string[] => runFolders(results).filter((path) => !/\.old-\d+$/.test(path));

/** run.json of each run that is over, as it is on disk. */
export function finished(results: string): Map<string, string> {
  const all = foldersOf(results).map((folder) => [folder, readFileSync(join(folder, 'run.json'), 'utf8')] as const);
  return new Map(all.filter(([, text]) => (JSON.parse(text) as { status: string }).status === 'done'));
}

/**
 * Starts the sweep anew after each kill -9 of the command, of one of its workers, or of all of them. Ends when so
 * many kills hit a process, or the sweep gives no more to kill. What was finished at any time must stay as it was.
 */
export async function killAgainAndAgain(cwd: string, results: string, args: string[], kills: number, rng: Rng) {
  let before = finished(join(cwd, results));
  let hits = 0;
  for (let i = 0; hits < kills && i < 3 * kills; i++) {
    const { child, ended } = start(cwd, ...args);
    let over = false;
    void ended.then(() => (over = true));
    await until(() => over || runFolders(join(cwd, results)).some(isHeld));
    await sleep(rng.integer(0, 500), () => over);
    for (const pid of victims(child.pid!, rng)) hits += kill(pid);
    if (child.exitCode === null && rng.uniform() < 0.5) child.kill('SIGKILL');
    else if (!over) child.kill('SIGTERM');
    await ended;
    const now = finished(join(cwd, results));
    for (const [folder, text] of before) expect(now.get(folder), folder).toBe(text);
    before = now;
  }
  return hits;
}

function victims(parent: number, rng: Rng): number[] {
  const children = childrenOf(parent);
  const all = [[parent], children.slice(0, 1), children.slice(-1), children, [...children, parent]];
  return all[rng.integer(0, all.length - 1)]!;
}

/** Of Linux; elsewhere the command alone is killed. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

function kill(pid: number): number {
  try {
    process.kill(pid, 'SIGKILL');
    return 1;
  } catch {
    return 0; // it has ended by itself
  }
}

const isHeld = (folder: string): boolean => leaseHolder(folder) !== null;

async function until(ready: () => boolean): Promise<void> {
  while (!ready()) await new Promise((done) => setTimeout(done, 5));
}

async function sleep(milliseconds: number, over: () => boolean): Promise<void> {
  for (const end = performance.now() + milliseconds; performance.now() < end && !over();) {
    await new Promise((done) => setTimeout(done, 5));
  }
}
