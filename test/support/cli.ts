import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { expect } from 'vitest';

/** The compiled command line: `npm run build` comes before the tests. */
export const MAIN = resolve('dist/src/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** agent-state in a process of its own, with `cwd` for its folder. */
export function start(cwd: string, ...args: string[]): Running {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<Ended>((done) => {
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}

export const cli = (cwd: string, ...args: string[]): Promise<Ended> => start(cwd, ...args).ended;

/** Runs it and reads what it printed as JSON, all of stdout. */
export async function cliJson<T>(cwd: string, ...args: string[]): Promise<T> {
  const { stdout, stderr, code } = await cli(cwd, ...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

/** A mistake of the user's: one line on stderr, nothing on stdout, exit code 2. Returns the line. */
export async function mistake(cwd: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(cwd, ...args);
  expect(stderr).toMatch(/^agent-state: [^\n]+\n$/);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return stderr.trim();
}

/** Fields of `run --json`. */
export interface RunJson {
  readonly folder: string;
  readonly agent: string;
  readonly env: string;
  readonly seed: number;
  readonly status: string;
  readonly steps: number;
  readonly nsPerStep: number;
  readonly msre: number | null;
  readonly explained: number | null;
}
