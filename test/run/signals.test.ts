/** SIGTERM, SIGINT and SIGKILL to processes of a run; the many variations are in test/slow/faults.test.ts. */
import { readFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, start } from '../support/cli.ts';
import { bytesOf, longRun, runFolders, startUntil } from '../support/stopping.ts';
import { put, tempFolder } from '../support/temp.ts';
import { RING_ENV, ringWith } from '../support/user-files.ts';

const cwd = tempFolder();
const statusOf = (folder: string): unknown =>
  (JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { status: unknown }).status;

const worlds = [
  ['an environment that saves itself', 'trace-conditioning'],
  ["an environment of the user's own that cannot", put(cwd, 'ring.ts', RING_ENV)],
] as const;

describe.each(worlds)('in %s', (name, env) => {
  let whole: ReturnType<typeof bytesOf>;
  const results = (what: string): string => `${what}-${name.includes('own')}`;

  beforeAll(async () => {
    await cli(cwd, ...longRun(env), '--results', results('whole'));
    const [folder] = runFolders(join(cwd, results('whole')));
    whole = bytesOf(folder!);
  });

  it('SIGTERM saves the run, and resume ends it with the bytes of an uninterrupted one', async () => {
    const { child, ended, folder } = await startUntil(cwd, results('term'), 20, longRun(env));
    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/agent-state: interrupted; go on with: agent-state resume term-/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(statusOf(folder)).toBe('interrupted');
    expect(bytesOf(folder)).not.toEqual(whole);
    const command = /agent-state (resume \S+)/.exec(stderr)![1]!;
    expect((await cli(cwd, ...command.split(' '))).code).toBe(0);
    expect(statusOf(folder)).toBe('done');
    expect(bytesOf(folder)).toEqual(whole);
    const again = await cli(cwd, ...command.split(' '));
    expect(again.stderr).toMatch(/^agent-state: Cannot resume .*: this run is done; agent-state run starts it anew\n$/);
  });

  it('a worker killed with SIGKILL is reported, and resume ends its run with the same bytes', async () => {
    const { ended, folder, pid } = await startUntil(cwd, results('kill'), 45, longRun(env));
    process.kill(pid, 'SIGKILL');
    const { code, stderr } = await ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^agent-state: The run of columnar-td with seed 0 was ended from outside \(SIGKILL\); go on with: /m,
    );
    expect(statusOf(folder)).toBe('running');
    expect((await cli(cwd, 'resume', folder)).code).toBe(0);
    expect(bytesOf(folder)).toEqual(whole);
  });
});

it('a signal before a run has begun leaves nothing to go on with, and no failure', async () => {
  const { child, ended } = start(cwd, ...longRun('cycle-world'), '--results', 'early', '--seeds', '4', '--jobs', '2');
  // The first folder is made by a worker: by then the command has its handlers, and most runs have not begun.
  while (!existsSync(join(cwd, 'early'))) await new Promise((done) => setTimeout(done, 2));
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).not.toContain('ended from outside');
  for (const folder of runFolders(join(cwd, 'early'))) expect(statusOf(folder)).toBe('interrupted');
});

it('two signals that come together are one: a batch system may send both', async () => {
  const { child, ended } = await startUntil(cwd, 'together', 10, longRun('trace-conditioning'));
  child.kill('SIGTERM');
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('interrupted; go on with: agent-state resume'); // it stayed to say so
});

/** A chunk of 256 steps takes half a second: a run of it cannot save itself between two signals. */
const HEAD = 'step(action: number): StepTuple<Float64Array> {';
const PAUSE = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);';
const SLOW = put(cwd, 'slow.ts', ringWith(HEAD, `${HEAD}\n    ${PAUSE}`));

it('a second signal ends the command at once, and its runs save themselves all the same', async () => {
  const { child, ended, folder } = await startUntil(cwd, 'twice', 1, [
    'run',
    '--agent',
    'columnar-td',
    '--env',
    SLOW,
    '--set',
    'every=100',
  ]);
  child.kill('SIGINT');
  await new Promise((done) => setTimeout(done, 150));
  child.kill('SIGTERM');
  expect((await ended).code).toBe(130);
  for (let i = 0; i < 200 && statusOf(folder) === 'running'; i++) await new Promise((done) => setTimeout(done, 10));
  expect(statusOf(folder)).toBe('interrupted');
});
