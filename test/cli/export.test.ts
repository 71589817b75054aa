import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, cliJson, mistake } from '../support/cli.ts';
import { keepRun, keptConfig } from '../support/kept-runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const metrics = (msre: number) => ({ 'metrics.jsonl': [{ step: 50, msre }, { step: 100, msre: msre / 2 }] }); // prettier-ignore
keepRun(join(cwd, 'results'), { beside: metrics(1) });
keepRun(join(cwd, 'results'), { seed: 1, config: keptConfig(0.2), beside: metrics(2) });
const one = { setting: { alpha: 0.1 }, seed: 0, values: { error: 3 }, diverged: null };
put(cwd, 'results/measured-thing/measured/0123456789.jsonl', `${JSON.stringify(one)}\n`);

test('metrics as CSV: a line each, what varies as a column, and the answer on stdout', async () => {
  const { code, stdout, stderr } = await cli(cwd, 'export', 'kept', '--csv', 'out/kept.csv');
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: 'out/kept.csv: 4 rows of 2 runs, 9 columns\n',
    stderr: '',
  });
  const [header, ...rows] = readFileSync(join(cwd, 'out/kept.csv'), 'utf8').trimEnd().split('\r\n');
  expect(header).toBe('experiment,setting,agent,env,seed,status,agent.rule.alpha,step,msre');
  expect(rows.map((row) => row.split(',').slice(4).join(' ')).sort()).toEqual([
    '0 done 0.1 100 0.5',
    '0 done 0.1 50 1',
    '1 done 0.2 100 1',
    '1 done 0.2 50 2',
  ]);
  expect(await mistake(cwd, 'export', 'kept', '--csv', 'out/kept.csv')).toContain('it is there already; --force');
});

test('runs as Parquet and curves for TensorBoard, told as JSON', async () => {
  const runs = await cliJson(cwd, 'export', 'kept', '--runs', '--parquet', 'runs.parquet');
  expect(runs).toMatchObject({ experiment: 'kept', format: 'parquet', path: 'runs.parquet', runs: 2, rows: 2 });
  expect(await cliJson(cwd, 'export', 'kept', '--tensorboard', 'tb')).toMatchObject({ runs: 2, rows: 8, remarks: [] });
  expect(existsSync(join(cwd, 'tb/small rule.alpha=0.2/1'))).toBe(true);
});

test('a study has a row per measurement, and says when other code measured', async () => {
  const { stdout, stderr, code } = await cli(cwd, 'export', 'measured-thing', '--csv', 'study.csv');
  expect({ stdout, code }).toEqual({ stdout: 'study.csv: 1 row, 6 columns\n', code: 0 });
  expect(stderr).toMatch(/^agent-state: measured by other code than the present one: .*0123456789\.jsonl\n$/);
  expect(readFileSync(join(cwd, 'study.csv'), 'utf8')).toContain('measured-thing,0.1,0,3,,0123456789\r\n');
  expect(await mistake(cwd, 'export', 'measured-thing', '--tensorboard', 'x')).toContain('is a study');
});

test('mistakes are one line each', async () => {
  expect(await mistake(cwd, 'export', 'kept')).toContain('name one of --csv <file>, --parquet <file>');
  expect(await mistake(cwd, 'export', 'kept', '--csv', 'a', '--parquet', 'b')).toContain('to several places at once');
  expect(await mistake(cwd, 'export', 'nobody', '--csv', 'a')).toContain('no run of it is in results/nobody');
  expect(await mistake(cwd, 'export', 'kept', '--runs', '--tensorboard', 'a')).toContain('--runs with --tensorboard');
});

test('a run.json that is none is told of, the rest is written, and the exit code says so', async () => {
  const here = tempFolder();
  keepRun(join(here, 'results'), { beside: metrics(1) });
  const { folder } = keepRun(join(here, 'results'), { seed: 1 });
  put(folder, 'run.json', '{');
  const { code, stdout, stderr } = await cli(here, 'export', 'kept', '--csv', 'x.csv');
  expect({ code, stdout }).toEqual({ code: 2, stdout: 'x.csv: 2 rows of 1 run, 8 columns\n' });
  expect(stderr).toMatch(/^agent-state: Cannot read [^\n]*run\.json: it is not JSON[^\n]*\n$/);
});
