import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import type { RunRecord } from '../../src/results/run-record.ts';
import { refuseLive } from '../../src/run/refuse-live.ts';

const record = (over: Partial<RunRecord>): RunRecord =>
  ({ status: 'running', pid: process.ppid, host: { name: hostname() }, ...over }) as RunRecord;

it('a run that another process is at is refused in one line', () => {
  expect(() => refuseLive(record({}), 'results/x/0')).toThrow(
    /^Cannot use results\/x\/0: process \d+ is still at this run; wait for it, or end it$/,
  );
});

it('a run whose process is gone, is this one, is on another machine or has ended is not', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  expect(() => refuseLive(record({ pid: gone }), 'x')).not.toThrow();
  expect(() => refuseLive(record({ pid: process.pid }), 'x')).not.toThrow();
  expect(() => refuseLive(record({ pid: null }), 'x')).not.toThrow();
  expect(() => refuseLive(record({ host: { name: `not-${hostname()}` } }), 'x')).not.toThrow();
  expect(() => refuseLive(record({ status: 'interrupted' }), 'x')).not.toThrow();
});
