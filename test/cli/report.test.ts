/** agent-state report: on runs that have been lived, on a study, on audits, and what it refuses. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, cliJson, mistake } from '../support/cli.ts';
import { madeUpSetting, putRun } from '../support/report-runs.ts';
import { tempFolder } from '../support/temp.ts';

const small = ['--agent', 'trace-baseline', '--env', 'trace-conditioning', '--steps', '1500'];
const NAME = 'trace-baseline.trace-conditioning';

describe('agent-state report', () => {
  it('writes a page of runs, and prints the table and where it lies', async () => {
    const cwd = tempFolder();
    await cli(cwd, 'run', ...small, '--seeds', '2');
    const { code, stdout, stderr } = await cli(cwd, 'report', NAME);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/trace-baseline +0\.\d+ +-?0\.\d+ \.\. 0\.\d+/);
    expect(stdout).toContain(`report   results/${NAME}/report/report.html`);
    const page = readFileSync(join(cwd, 'results', NAME, 'report', 'report.html'), 'utf8');
    expect(page).toContain('Prediction against return at the end of seed 0');
    expect(page).toContain('Learning curves');
    const told = await cliJson<{ methods: { mean: number; values: number[] }[] }>(cwd, 'report', `results/${NAME}/`);
    const { mean, values } = told.methods[0]!;
    const scores = [0, 1].map((seed) => scoreOf(cwd, seed));
    expect([...values].sort()).toEqual([...scores].sort());
    expect(mean).toBeCloseTo((scores[0]! + scores[1]!) / 2, 12);
  });

  it('takes --keep and --no-two-stage', async () => {
    const cwd = tempFolder();
    for (const alpha of [0.1, 0.2])
      for (const seed of [0, 1])
        putRun(join(cwd, 'results'), { setting: madeUpSetting('a', { alpha }), seed, value: alpha + seed });
    const names = async (...more: string[]) => {
      const { methods } = await cliJson<{ methods: { method: string; mean: number }[] }>(
        cwd,
        'report',
        'made-up',
        ...more,
      );
      return methods.map(({ method }) => method);
    };
    expect(await names()).toEqual(['a']);
    expect(await names('--keep', 'rule.alpha')).toEqual(['a rule.alpha=0.1', 'a rule.alpha=0.2']);
    const chosen = async (...more: string[]) => {
      const { methods } = await cliJson<{ methods: { mean: number }[] }>(cwd, 'report', 'made-up', ...more);
      return methods[0]!.mean;
    };
    expect(await chosen()).toBe(1.1); // alpha .1, of the seeds 0 and 1 the second
    expect(await chosen('--no-two-stage')).toBeCloseTo(0.6, 12);
  });

  it('reports a study with t intervals and two-stage figures', async () => {
    const cwd = tempFolder();
    await cli(cwd, 'run', 'idbd-tracking', '--set', 'steps=300', '--seeds', '4');
    const { code, stdout, stderr } = await cli(cwd, 'report', 'idbd-tracking');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('95 % interval');
    expect(stdout).toContain('on other seeds');
    const folder = join(cwd, 'results', 'idbd-tracking', 'report');
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain('![Sutton 1992, tracking](error.svg)');
    const told = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as StudyJson;
    const best = told.tables[0]!.rows.find(({ rule }) => rule === 'lms')!;
    expect(best.fresh).toMatchObject({ tuningSeeds: [0, 1], seeds: [2, 3] });
    expect(best.t.low).toBeLessThan(best.mean);
    expect(best.t.high).toBeGreaterThan(best.mean);
    expect(told.isPresentCode).toBe(true);
  });

  it('reports audits', async () => {
    const cwd = tempFolder();
    const world = ['--agent', 'columnar-td', '--env', 'trace-conditioning', '--steps', '300'];
    await cli(cwd, 'audit', ...world, '--estimators', 'none');
    const { code, stdout } = await cli(cwd, 'report', 'audit');
    expect(code).toBe(0);
    expect(stdout).toContain('How close is each gradient estimator');
    expect(existsSync(join(cwd, 'results', 'audit', 'report', 'report.html'))).toBe(true);
  });

  it('says in one line what it cannot do', async () => {
    const cwd = tempFolder();
    expect(await mistake(cwd, 'report', 'trace-patterning')).toContain('agent-state run trace-patterning fills it');
    expect(await mistake(cwd, 'report', 'nothing')).toContain('there is nothing in results/nothing');
    putRun(join(cwd, 'results'), { setting: madeUpSetting('a'), seed: 0, value: 1 });
    expect(await mistake(cwd, 'report', 'made-up', '--metric', 'best')).toContain(
      'Cannot use --metric best: it is final',
    );
    expect(await mistake(cwd, 'report', 'made-up', '--tune', 'rule.alfa')).toContain('Cannot use --tune rule.alfa');
  });
});

interface StudyJson {
  readonly isPresentCode: boolean;
  readonly tables: {
    readonly rows: {
      readonly rule: string;
      readonly mean: number;
      readonly t: { readonly low: number; readonly high: number };
      readonly fresh?: object;
    }[];
  }[];
}

/** What run.json says. */
function scoreOf(cwd: string, seed: number): number {
  const root = join(cwd, 'results', NAME);
  const hash = readdirSync(root).find((name) => /^[0-9a-f]{10}$/.test(name))!;
  const record = JSON.parse(readFileSync(join(root, hash, String(seed), 'run.json'), 'utf8')) as {
    scores: { msre: number };
  };
  return record.scores.msre;
}
