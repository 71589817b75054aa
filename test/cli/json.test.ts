/** The documented shapes of --json, and nothing else on stdout. */
import { describe, expect, it } from 'vitest';
import { cli, cliJson, mistake, type RunJson } from '../support/cli.ts';
import { put, tempFolder } from '../support/temp.ts';
import { LEAKY_CELL, ringWith, WILD_AGENT } from '../support/user-files.ts';

const folder = tempFolder();
const KINDS = ['cells', 'estimators', 'rules', 'features', 'heads', 'growth', 'envs', 'agents', 'experiments'];

describe.concurrent('list', () => {
  it.each(KINDS)('%s: [{ id, cite, defaults }]', async (kind) => {
    const entries = await cliJson<{ id: string; cite: string | null; defaults: object }[]>(folder, 'list', kind);
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries) {
      expect(Object.keys(entry)).toEqual(['id', 'cite', 'defaults']);
      expect(entry).toEqual({
        id: expect.any(String) as string,
        cite: kind === 'experiments' && entry.cite === null ? null : (expect.any(String) as string),
        defaults: expect.any(Object) as object,
      });
    }
    const { stdout } = await cli(folder, 'list', kind);
    for (const { id } of entries) expect(stdout).toContain(id);
  });
});

describe.concurrent('gradcheck', () => {
  const numbers = ['cosine', 'relativeError', 'versusBptt', 'versusFiniteDifferences'];
  type Check = Record<string, number | string | null>;

  it('{ cell, estimator, cosine, relativeError, versusBptt, versusFiniteDifferences }', async () => {
    const exact = await cliJson<Check>(folder, 'gradcheck', 'lstm-columns', 'columnar');
    expect(exact).toMatchObject({ cell: 'lstm-columns', estimator: 'columnar' });
    for (const name of numbers) expect(exact[name], name).toBeTypeOf('number');
    expect(exact['cosine']).toBeCloseTo(1, 9);
    expect(exact['versusBptt']).toBeLessThan(1e-9);
    const cut = await cliJson<Check>(folder, 'gradcheck', 'lstm-columns', 'immediate', '--set', 'cell.columns=2');
    expect(cut['cosine']).toBeLessThan(0.999);
    expect(cut['relativeError']).toBeGreaterThan(0.01);
  });

  it('null where there is nothing to compare', async () => {
    const nothing = await cliJson<Check>(folder, 'gradcheck', 'microstimuli', 'none');
    for (const name of numbers) expect(nothing[name]).toBeNull();
  });

  it('a cell of one own, and one with a wrong derivative', async () => {
    const check = (text: string, name: string) =>
      cliJson<Check>(folder, 'gradcheck', put(folder, `${name}.ts`, text), 'columnar');
    expect((await check(LEAKY_CELL, 'leaky'))['versusFiniteDifferences']).toBeLessThan(1e-6);
    const wrong = LEAKY_CELL.replace('direct.fill(leak)', 'direct.fill(0.5)');
    expect((await check(wrong, 'wrong'))['versusFiniteDifferences']).toBeGreaterThan(0.01);
  });
});

describe.concurrent('run', () => {
  it('one object per run: where it lies, how it ended, what it cost and scored', async () => {
    const args = ['run', '--agent', 'columnar-td', '--env', 'cycle-world', '--steps', '600', '--seeds', '4,2'];
    const runs = await cliJson<RunJson[]>(folder, ...args);
    expect(runs.map(({ seed }) => seed)).toEqual([4, 2]);
    for (const run of runs) {
      expect(run).toMatchObject({
        folder: expect.stringMatching(/results\/columnar-td\.cycle-world\/[0-9a-f]{10}\/[24]$/) as string,
        agent: 'columnar-td',
        env: 'cycle-world',
        status: 'done',
        steps: 600,
        nsPerStep: expect.any(Number) as number,
        msre: expect.any(Number) as number,
        explained: expect.any(Number) as number,
      });
    }
  });

  it('null where nothing was scored, and a divergence is no failure of the command', async () => {
    const wild = put(folder, 'wild.ts', WILD_AGENT);
    const [run] = await cliJson<RunJson[]>(folder, 'run', '--agent', wild, '--env', 'cycle-world', '--steps', '900');
    expect(run).toMatchObject({ status: 'diverged', msre: null, explained: null });
    expect(run!.steps).toBeLessThan(900);
  });

  it('stays JSON where a file of the user prints, in every process', async () => {
    const text = ringWith('private rng =', "static { console.log('loaded'); }\nprivate rng =").replace(
      'this.place = 0;\n    return',
      "console.log('reset');\nthis.place = 0;\n    return",
    );
    const env = put(folder, 'loud.ts', text);
    const { code, stdout, stderr } = await cli(
      folder,
      'run',
      '--agent',
      'columnar-td',
      '--env',
      env,
      '--steps',
      '300',
      '--json',
    );
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as RunJson[])[0]!.status).toBe('done');
    expect(stderr).toContain('loaded');
    expect(stderr).toContain('reset');
    const check = await cli(folder, 'check-env', env, '--json');
    expect(JSON.parse(check.stdout)).toMatchObject({ ok: true });
  });

  it('carries the failed runs too, with the line on stderr', async () => {
    const env = put(folder, 'nan.ts', ringWith('this.place === 0 ? 1 : 0, false', 'NaN, false'));
    const { code, stdout, stderr } = await cli(
      folder,
      'run',
      '--agent',
      'columnar-td',
      '--env',
      env,
      '--seeds',
      '2',
      '--json',
    );
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject([{ status: 'failed', nsPerStep: null }, { status: 'failed' }]);
    expect(stderr).toBe(
      'agent-state: Environment ring broke its contract at step 1: reward is NaN, a finite number is needed\n',
    );
  });
});

describe.concurrent('check-env', () => {
  interface Report {
    readonly env: string;
    readonly ok: boolean;
    readonly rules: { rule: string; ok: boolean; level: string; message: string }[];
  }

  it('{ env, ok, rules: [{ rule, ok, level, message }] }', async () => {
    const report = await cliJson<Report>(folder, 'check-env', 'cycle-world', '--set', 'env.states=3');
    expect(report).toMatchObject({ env: 'cycle-world', ok: true });
    expect(report.rules.length).toBeGreaterThan(10);
    for (const rule of report.rules) {
      expect(Object.keys(rule)).toEqual(['rule', 'ok', 'level', 'message']);
      if (!rule.ok) expect(rule.level).toBe('warning'); // nothing is random in a cycle: seeds make no difference
    }
  });

  it("takes Gymnasium's and POPGym's ids, and names the near one of another", async () => {
    const report = await cliJson<Report>(folder, 'check-env', 'popgym-RepeatFirstEasy-v0');
    expect(report).toMatchObject({ env: 'popgym-RepeatFirstEasy-v0', ok: true });
    expect(await mistake(folder, 'check-env', 'CartPole-v7')).toContain('did you mean "CartPole-v');
    const run = ['run', '--agent', 'actor-critic', '--env', 'CartPole-v1', '--steps', '2000'];
    const [done] = await cliJson<RunJson[]>(folder, ...run);
    expect(done).toMatchObject({ env: 'CartPole-v1', status: 'done' });
  });

  it('exit code 2 where a rule is broken', async () => {
    const env = put(folder, 'long.ts', ringWith('Float64Array.of(', 'Float64Array.of(0, '));
    const { code, stdout, stderr } = await cli(folder, 'check-env', env, '--json');
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect((JSON.parse(stdout) as Report).ok).toBe(false);
  });
});
