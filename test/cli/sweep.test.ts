/** agent-state sweep, work and status as people use them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRunRecord } from '../../src/results/run-record.ts';
import { cli, cliJson, MAIN, mistake } from '../support/cli.ts';
import { runFolders } from '../support/stopping.ts';
import { put, tempFolder } from '../support/temp.ts';
import { ringWith } from '../support/user-files.ts';

const cwd = tempFolder();
const pair = ['--agent', 'no-memory', '--env', 'cycle-world', '--steps', '400'];
const grid = ['--set', 'agent.rule.alpha=[0.01,0.001]'];
const name = 'no-memory.cycle-world';

interface DryRun {
  readonly plan: string;
  readonly missing: number;
  readonly done: number;
  readonly seconds: number;
}
interface Run {
  readonly seed: number;
  readonly status: string;
  readonly folder: string;
}

it.each(['run', 'sweep'])('the command `%s` is what run.json says was given, not that of a worker', async (verb) => {
  const args = [verb, ...pair, '--results', `command-${verb}`, '--set', 'agent.rule.alpha=0.02'];
  await cli(cwd, ...args);
  const [folder] = runFolders(join(cwd, `command-${verb}`));
  const { argv } = readRunRecord(join(folder!, 'run.json'));
  expect(argv.slice(1)).toEqual([MAIN, ...args]);
});

describe('a sweep of two settings and three seeds', () => {
  const args = (...more: string[]): string[] => ['sweep', ...pair, ...grid, '--results', 'grid', ...more];

  it('is planned and estimated without a run', async () => {
    const { plan, missing, seconds } = await cliJson<DryRun>(cwd, ...args('--seeds', '3', '--dry-run'));
    expect(missing).toBe(6);
    expect(seconds).toBeGreaterThan(0);
    expect(existsSync(plan)).toBe(true);
    expect(runFolders(join(cwd, 'grid'))).toEqual([]);
  });

  it('tells where every run stands, a sign per seed', async () => {
    const { stdout } = await cli(cwd, 'status', name, '--results', 'grid');
    expect(stdout).toMatch(/2 settings x 3 seeds: 6 missing\n/);
    expect(stdout).toMatch(/no-memory rule\.alpha=0\.01 +\.\.\.\n/);
    expect(stdout).toMatch(/\. missing\n$/);
  });

  it('runs a part of it, then what is left, and shows all of it', async () => {
    const { plan } = await cliJson<DryRun>(cwd, ...args('--seeds', '3', '--dry-run'));
    const part = await cliJson<Run[]>(cwd, 'work', plan, '--part', '0/3');
    expect(part.map(({ seed, status }) => [seed, status])).toEqual([
      [0, 'done'],
      [1, 'done'],
    ]);
    expect(runFolders(join(cwd, 'grid'))).toHaveLength(2);
    const { code, stdout, stderr } = await cli(cwd, ...args('--seeds', '3'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 settings x 3 seeds = 6 runs: 2 done, 4 missing\nabout \d+ s \(\d+ s of one core\)\n/);
    expect(stdout).toMatch(/no-memory rule\.alpha=0\.01 .* 3\n/);
    expect(stderr).toMatch(/^4\/4 no-memory rule\.alpha=.* seed \d: done after 400 steps/m);
    const { stdout: status } = await cli(cwd, 'status', name, '--results', 'grid');
    expect(status).toMatch(/6 done\n/);
    expect(status).toMatch(/no-memory rule\.alpha=0\.001 +###\n/);
  });

  it('keeps the seeds that were planned before, and runs those that are asked for', async () => {
    const runs = await cliJson<Run[]>(cwd, ...args('--seeds', '7,1'));
    expect(runs.map(({ seed }) => seed).sort()).toEqual([1, 1, 7, 7]);
    const [status] = await cliJson<{ runs: Run[] }[]>(cwd, 'status', name, '--results', 'grid');
    expect(status!.runs.map(({ seed }) => seed)).toEqual([0, 0, 1, 1, 2, 2, 7, 7]);
  });

  it('takes fresh seeds for one setting alone', async () => {
    const [folder] = runFolders(join(cwd, 'grid'));
    const { setting } = readRunRecord(join(folder!, 'run.json'));
    const runs = await cliJson<Run[]>(cwd, ...args('--best', setting, '--seeds', '100-101'));
    expect(runs.map(({ seed, folder: path }) => [seed, path.includes(setting)])).toEqual([
      [100, true],
      [101, true],
    ]);
    expect(await mistake(cwd, ...args('--best', 'nobody'))).toMatch(
      /Cannot find setting nobody of no-memory\.cycle-world/,
    );
  });
});

it('one run that fails and one that diverges leave the others alone; the next sweep tries what failed', async () => {
  const failing = put(
    cwd,
    'failing.ts',
    ringWith(
      'return [this.look(), this',
      "if (globalThis.process.env['FAILS']) throw new Error('no');\n    return [this.look(), this",
    ),
  );
  const args = [
    'sweep',
    '--agent',
    'columnar-td',
    '--env',
    failing,
    '--steps',
    '300',
    '--results',
    'failing',
    '--seeds',
    '2',
  ];
  process.env['FAILS'] = '1';
  const first = await cli(cwd, ...args).finally(() => delete process.env['FAILS']);
  expect(first.code).toBe(2);
  expect(first.stderr).toMatch(/failed at step 1: no\n/);
  const { stdout, code } = await cli(cwd, ...args);
  expect(stdout).toMatch(/2 failed\n/);
  expect(code).toBe(0);
  const diverging = [
    'sweep',
    ...pair,
    '--set',
    'agent.rule={"id":"td-lambda","alpha":[0.01,1e6]}',
    '--results',
    'diverging',
  ];
  const { code: ended, stderr } = await cli(cwd, ...diverging, '--steps', '5000');
  expect(ended).toBe(0);
  expect(stderr).toMatch(/diverged at step \d+/);
});

it('a run over its time saves itself, and the next sweep ends it with the bytes of one that had time', async () => {
  const long = [
    'sweep',
    '--agent',
    'columnar-td',
    '--env',
    'trace-conditioning',
    '--steps',
    '400000',
    '--set',
    'every=1000',
  ];
  const { code, stderr } = await cli(cwd, ...long, '--results', 'limited', '--time-limit', '0.5s');
  expect(code).toBe(130);
  expect(stderr).toMatch(/1 run stopped at its time limit of 0\.5 s; go on with: agent-state work limited/);
  const [folder] = runFolders(join(cwd, 'limited'));
  expect(readRunRecord(join(folder!, 'run.json')).status).toBe('interrupted');
  expect((await cli(cwd, ...long, '--results', 'limited')).code).toBe(0);
  expect((await cli(cwd, ...long, '--results', 'unlimited')).code).toBe(0);
  const bytes = (path: string): string => readFileSync(join(runFolders(join(cwd, path))[0]!, 'metrics.jsonl'), 'utf8');
  expect(bytes('limited')).toBe(bytes('unlimited'));
}, 60_000);

it.runIf(process.platform === 'linux')(
  'a run over its memory ends as failed, and the others go on',
  async () => {
    const greedy = put(
      cwd,
      'greedy.ts',
      ringWith(
        'return [this.look(), this',
        'if (this.hoard.length < 200) this.hoard.push(new Float64Array(1e6).fill(1));\n    return [this.look(), this',
      ).replace('place = 0', 'place = 0;\n  hoard: Float64Array[] = []'),
    );
    const args = ['sweep', '--agent', 'no-memory', '--env', greedy, '--steps', '200000', '--results', 'greedy'];
    const { code, stderr } = await cli(cwd, ...args, '--memory-limit', '600M');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /The run of no-memory with seed 0 took more than its 600 MiB of memory; raise --memory-limit/,
    );
    const [folder] = runFolders(join(cwd, 'greedy'));
    expect(readRunRecord(join(folder!, 'run.json'))).toMatchObject({ status: 'failed' });
  },
  60_000,
);

it.each([
  [
    ['sweep', ...pair, '--time-limit', 'soon'],
    /Cannot use --time-limit soon: write 90, 90s, 10m, 1\.5h, 2d or 1:30:00/,
  ],
  [['sweep', ...pair, '--memory-limit', '1'], /Cannot use --memory-limit 1: write 512M or 2G, at least 32M/],
  [['work', 'nothing.json'], /Cannot read the sweep nothing\.json: no such file or folder/],
  [
    ['status', 'nothing'],
    /Cannot tell the status of nothing: no sweep was planned in results; agent-state sweep nothing/,
  ],
  [['sweep'], /Cannot run nothing: name an experiment/],
])('%j is answered in one line', async (args, line) => {
  expect(await mistake(cwd, ...args)).toMatch(line);
});

it('a plan that somebody has changed is not worked on', async () => {
  const { plan } = await cliJson<DryRun>(cwd, 'sweep', ...pair, '--results', 'changed', '--dry-run');
  put(cwd, 'changed.json', readFileSync(plan, 'utf8').replace('"steps": 400', '"steps": 500'));
  expect(await mistake(cwd, 'work', 'changed.json')).toMatch(
    /setting no-memory is not what its name [0-9a-f]{10} says/,
  );
  expect(await mistake(cwd, 'work', plan, '--part', '3/3')).toMatch(/Cannot use --part 3\/3: write k\/n/);
});
