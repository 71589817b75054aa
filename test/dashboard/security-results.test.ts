/** A results folder with something else where a file should be: pipes, devices, links, leases in circles, endless files. */
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostileResults, recordText } from '../support/hostile-results.ts';
import { put } from '../support/temp.ts';

const hostile = hostileResults();
const { results, putRun, answers, live } = hostile;

describe('in place of a file', () => {
  const kinds: [what: string, make: (path: string) => void][] = [
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['a folder', (path) => mkdirSync(path)],
    ['a link to a device without an end', (path) => symlinkSync('/dev/zero', path)],
    ['a link to itself', (path) => symlinkSync(path, path)],
    ['a link to nothing', (path) => symlinkSync(join(results, 'nothing'), path)],
  ];

  it('of a run', { timeout: 60_000 }, async () => {
    kinds.forEach(([, make], i) => {
      const { folder } = putRun('', i);
      rmSync(join(folder, 'run.json'));
      for (const name of ['run.json', 'metrics.jsonl', 'log.ndjson', 'trace.json']) make(join(folder, name));
    });
    await answers();
    const all = kinds.map(([, make], i) => {
      const bad = putRun(recordText({ files: { 'trace.json': 1, 'checkpoint/state.ckpt': 1 } }), 10 + i);
      for (const name of ['metrics.jsonl', 'log.ndjson', 'trace.json', 'checkpoint']) make(join(bad.folder, name));
      return bad;
    });
    await answers();
    for (const heard of await Promise.all(all.map(live))) expect(heard).toContain('"status":"damaged"');
  });

  it('of a lease', { timeout: 60_000 }, async () => {
    const all = kinds.map(([, make], i) => {
      const bad = putRun(recordText({ status: 'running' }), i);
      make(join(bad.folder, '..', '.0.lease'));
      return bad;
    });
    await answers();
    for (const heard of await Promise.all(all.map(live))) expect(heard).toContain('"canSteer":false');
  });

  it.each(kinds)('of a sweep, a study and a summary: %s', { timeout: 30_000 }, async (_, make) => {
    putRun(recordText());
    mkdirSync(join(results, 'kept', 'sweeps'));
    for (const name of ['sweeps/0123456789.json', 'measured', 'summary.json']) make(join(results, 'kept', name));
    await answers();
    rmSync(join(results, 'kept', 'measured'), { recursive: true });
    mkdirSync(join(results, 'kept', 'measured'));
    for (const name of ['a', 'b']) make(join(results, 'kept', 'measured', `${name}.jsonl`));
    await answers();
  });
});

describe('a lease', () => {
  const holder = (token: string) => `${JSON.stringify({ token, host: 'x', space: 'y', pid: 1, began: 'z' })}\n`;
  const odd: [what: string, files: Readonly<Record<string, string>>][] = [
    ['that bites its own tail', { '.0.lease': holder('a'), '.0.lease.a': holder('a') }],
    ['that goes in a circle', { '.0.lease': holder('a'), '.0.lease.a': holder('b'), '.0.lease.b': holder('a') }],
    ['whose next one is elsewhere', { '.0.lease': holder('/../../../../../../../../etc/passwd') }],
    ['of an odd process', { '.0.lease': JSON.stringify({ token: 'a', host: 'x', space: 'y', pid: -1e15, began: '' }) }],
    ['of a megabyte', { '.0.lease': `{"token":"${'x'.repeat(1e6)}"}` }],
  ];
  it('that no process writes has a holder whom nobody can see', { timeout: 60_000 }, async () => {
    const all = odd.map(([, files], i) => {
      const bad = putRun(recordText({ status: 'running' }), i);
      for (const [name, text] of Object.entries(files)) put(join(bad.folder, '..'), name, text);
      return bad;
    });
    await answers();
    for (const heard of await Promise.all(all.map(live))) expect(heard).toContain('"canSteer":false');
  });
});

it('files of many terabytes that hold nothing', { timeout: 60_000 }, async () => {
  const bad = putRun(recordText({ status: 'interrupted' }));
  for (const name of ['metrics.jsonl', 'timing.jsonl', 'step-sizes.jsonl', 'log.ndjson', 'trace.json']) {
    const file = openSync(join(bad.folder, name), 'w');
    ftruncateSync(file, 2 ** 43); // sparse: it takes no room
    closeSync(file);
  }
  await answers();
  const before = process.cpuUsage();
  expect(await live(bad)).toContain('"status":"interrupted"');
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(1.5); // seconds; they are not looked through again and again
});

it('times that no calendar has', async () => {
  putRun(recordText());
  utimesSync(join(results, 'kept'), 9e12, 9e12); // seconds
  await answers();
});
