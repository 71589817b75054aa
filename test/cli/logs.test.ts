import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logRecord } from '../../src/log/records.ts';
import { cli, mistake } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const run = ['run', '--agent', 'columnar-td', '--env', 'cycle-world', '--steps', '3000', '--json'];

test('with a level all lines of all workers are on stderr, each whole and as the schema says; stdout is the answer', async () => {
  const { stdout, stderr, code } = await cli(cwd, ...run, '--seeds', '4', '--jobs', '2', '--log-level', 'info', '--log-every', '10'); // prettier-ignore
  expect(code).toBe(0);
  const results = JSON.parse(stdout) as { folder: string }[];
  const records = stderr.trimEnd().split('\n').map((line) => logRecord.parse(JSON.parse(line))); // prettier-ignore
  expect(records.filter(({ event }) => event === 'metrics')).toHaveLength(4 * 300);
  expect(records.filter(({ event }) => event === 'run.done')).toHaveLength(4);
  const onFile = results.flatMap(({ folder }) => readFileSync(join(folder, 'log.ndjson'), 'utf8').trimEnd().split('\n')); // prettier-ignore
  expect(stderr.trimEnd().split('\n').sort()).toEqual(onFile.sort());
});

test('a level above leaves out what is below, on file too', async () => {
  const { stdout, stderr } = await cli(cwd, ...run, '--log-level', 'warn', '--log-every', '10');
  const [{ folder }] = JSON.parse(stdout) as [{ folder: string }];
  expect({ stderr, file: readFileSync(join(folder, 'log.ndjson'), 'utf8') }).toEqual({ stderr: '', file: '' });
});

test('a level nobody knows, or a number that is none, is refused before anything runs', async () => {
  expect(await mistake(cwd, ...run, '--log-level', 'loud')).toContain('the levels are trace, debug, info');
  expect(await mistake(cwd, ...run, '--log-every', '0')).toContain('--log-every 0: it must be a positive whole number');
});
