/** A user's own files from the command line, end to end, and what one run has learned in another. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, cliJson, type RunJson } from '../support/cli.ts';
import { bytesOf } from '../support/stopping.ts';
import { put, tempFolder } from '../support/temp.ts';
import { CYCLE_AGENT, LEAKY_CELL, MY_ESTIMATOR, RING_ENV, TAME_AGENT, WILD_AGENT } from '../support/user-files.ts';

const cwd = tempFolder();
put(cwd, 'my-cell.ts', LEAKY_CELL);
put(cwd, 'mine.ts', MY_ESTIMATOR);
put(cwd, 'my-env.ts', RING_ENV);
put(cwd, 'my-agent.ts', TAME_AGENT);
put(cwd, 'wild.ts', WILD_AGENT);
const pair = ['run', '--agent', 'columnar-td', '--env', 'cycle-world', '--steps', '1000'];

describe.concurrent("a user's own", () => {
  const cases: [string, string[]][] = [
    ['cell', ['--cell', './my-cell.ts', '--set', 'agent.cell.columns=2']],
    ['estimator', ['--estimator', './mine.ts']],
    ['environment', ['--env', './my-env.ts']],
    ['agent', ['--agent', './my-agent.ts']],
    [
      'everything',
      ['--cell', './my-cell.ts', '--estimator', './mine.ts', '--env', './my-env.ts', '--agent', './my-agent.ts'],
    ],
  ];
  it.each(cases)('%s runs and learns', async (name, args) => {
    const [run] = await cliJson<RunJson[]>(cwd, ...pair, ...args, '--results', `results-${name}`);
    expect(run).toMatchObject({ status: 'done', steps: 1000, msre: expect.any(Number) as number });
    const config = (JSON.parse(readFileSync(join(run!.folder, 'run.json'), 'utf8')) as { config: object }).config;
    for (const file of args.filter((arg) => arg.startsWith('./'))) {
      expect(JSON.stringify(config)).toContain(file.slice(1)); // where it lies, not what it was called from
    }
  });

  it('environment is held to the contract by check-env', async () => {
    const { code, stdout } = await cli(cwd, 'check-env', './my-env.ts');
    expect({ code, kept: stdout.includes('keeps the contract') }).toEqual({ code: 0, kept: true });
  });

  it('divergence is told, keeps what it measured, and is no failure of the others', async () => {
    const { code, stdout, stderr } = await cli(cwd, ...pair, '--agent', './wild.ts', '--seeds', '2');
    expect(code).toBe(0);
    expect(stdout).toMatch(/wild\.ts .*0 \(2 diverged\)/);
    expect(stderr).toMatch(/wild\.ts seed 0: diverged after \d+ steps/);
  });
});

describe('a run for people', () => {
  it('ends with a table, and with the paths of everything that it wrote', async () => {
    const { code, stdout, stderr } = await cli(cwd, ...pair, '--seeds', '2', '--results', 'shown');
    expect({ code, lines: stderr.split('\n').length }).toEqual({ code: 0, lines: 3 });
    expect(stdout).toContain('columnar-td');
    for (const [, path] of stdout.matchAll(/^(?:curves|table) +(\S+)$/gm))
      expect(existsSync(join(cwd, path!)), path).toBe(true);
    expect(stdout.match(/^(curves|table|runs) /gm)).toHaveLength(3);
  });

  it('may be read by a program that stops reading', async () => {
    const { execFileSync } = await import('node:child_process');
    const { MAIN } = await import('../support/cli.ts');
    const script = `set -o pipefail; node ${MAIN} list cells | head -n 1; node ${MAIN} list cells --json | head -c 1`;
    const out = execFileSync('bash', ['-c', script], { encoding: 'utf8', stdio: 'pipe' });
    expect(out.split('\n')[0]).toMatch(/^id +source +what it is/);
  });
});

describe('what a run has learned', () => {
  let folder: string;
  let trained: number;
  put(cwd, 'cycle.ts', CYCLE_AGENT);
  const world = ['run', '--agent', './cycle.ts', '--env', 'cycle-world', '--set', 'env.states=3'];

  beforeAll(async () => {
    const run = await cliJson<RunJson[]>(cwd, ...world, '--steps', '20000', '--results', 'trained');
    [folder, trained] = [run[0]!.folder, run[0]!.msre!];
  });

  it('is shown by a frozen agent on other seeds, which changes nothing', async () => {
    const frozen = [...world, '--steps', '2000', '--no-learn', '--seeds', '100-101', '--results', 'frozen'];
    const runs = await cliJson<RunJson[]>(cwd, ...frozen, '--load', folder);
    const untrained = await cliJson<RunJson[]>(cwd, ...frozen);
    expect(runs.map(({ seed }) => seed)).toEqual([100, 101]);
    for (const { msre } of runs) {
      expect(msre).toBeLessThan(1.5 * trained + 1e-3);
      expect(msre).toBeLessThan(0.5 * untrained[0]!.msre!);
    }
    const { readCheckpoint } = await import('../../src/checkpoint.ts');
    const arrays = (path: string) => readCheckpoint(join(path, 'checkpoint', 'state.ckpt')).arrays;
    for (const name of ['cell.params', 'head.weights', 'features.mean']) {
      expect(arrays(runs[0]!.folder).get(name)).toEqual(arrays(folder).get(name));
    }
  });

  it('is refused to an agent of another structure, in one line', async () => {
    const { code, stderr } = await cli(cwd, ...world, '--load', folder, '--set', 'agent.cell.columns=3');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^agent-state: Cannot restore .*: it holds \d+ numbers in cell\.params, the agent \d+; [^\n]+\n$/,
    );
  });

  it('is not lost when the same run is made again', async () => {
    const before = bytesOf(folder);
    await cliJson<RunJson[]>(cwd, ...world, '--steps', '20000', '--results', 'trained');
    expect(bytesOf(folder)).toEqual(before);
  });
});
