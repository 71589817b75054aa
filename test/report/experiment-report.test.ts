import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { explainedByAgent } from '../../src/experiment/explained-by-agent.ts';
import { experimentReport } from '../../src/report/experiment-report.ts';
import type { MetricName } from '../../src/report/metric.ts';
import { reportFolder, writeReport } from '../../src/report/write-report.ts';
import { settingHash } from '../../src/results/setting-hash.ts';
import { planId, planPath, writePlan } from '../../src/results/sweep-plan.ts';
import type { Setting } from '../../src/run/setting.ts';
import { type MadeUpRun, madeUpSetting, putRun } from '../support/report-runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const NAME = 'made-up';
const EXPERIMENT = {
  question: 'Which is better?',
  title: 'Made up',
  score: explainedByAgent,
} as unknown as Experiment;

interface Method {
  readonly method: string;
  readonly selection: { readonly setting: string; readonly how: string; readonly seeds: number[] } | null;
  readonly values: (number | null)[];
  readonly mean: number | null;
  readonly diverged: number;
  readonly counts: Readonly<Record<string, number>>;
}
interface Json {
  readonly score: Readonly<Record<string, number>>;
  readonly methods: Method[];
  readonly comparisons: { readonly better: string; readonly probability: number; readonly corrected: number }[];
  readonly missing: { readonly setting: string; readonly seeds: number[] }[];
  readonly runs: Readonly<Record<string, number>>;
}

async function report(results: string, metric: MetricName = 'final', experiment: Experiment | null = EXPERIMENT) {
  const folder = join(results, NAME);
  const into = reportFolder(folder);
  const place = { name: NAME, typed: NAME, folder, results, into };
  const made = await experimentReport({ ...place, experiment, metric, twoStage: true });
  const written = writeReport(into, made);
  const read = (path: string): string => readFileSync(path, 'utf8');
  return { json: made.json as Json, html: read(written.html), markdown: read(written.markdown), written };
}

function fill(results: string, setting: Setting, values: readonly number[], over?: MadeUpRun['over']): void {
  values.forEach((value, seed) => putRun(results, { setting, seed, value, ...(over ? { over } : {}) }));
}

describe('a report', () => {
  it('tells the question, the answer, the table, the choice and the comparison, with pictures', async () => {
    const results = tempFolder();
    const [small, large] = [0.1, 0.2].map((alpha) => madeUpSetting('good', { alpha }));
    fill(results, small!, [0.2, 0.2, 0.1, 0.3]);
    fill(results, large!, [0.3, 0.3, 0.05, 0.05]);
    fill(results, madeUpSetting('bad'), [0.5, 0.6, 0.7, NaN]);
    const { json, html, markdown, written } = await report(results);
    const [good, bad] = json.methods.sort((a, b) => b.method.localeCompare(a.method));
    expect(good).toMatchObject({ values: [0.1, 0.3], mean: 0.2, diverged: 0 });
    expect(good!.selection).toMatchObject({ setting: settingHash(small), how: 'fresh', seeds: [2, 3] });
    expect(bad).toMatchObject({ values: [0.5, 0.6, 0.7, null], diverged: 1 });
    expect(bad!.mean).toBeCloseTo(0.6, 12);
    expect(json.score).toMatchObject({ good: 0.8 });
    expect(json.comparisons).toMatchObject([{ better: 'good', probability: 1 }]);
    for (const page of [html, markdown]) {
      expect(page).toContain('Which is better?');
      expect(page).toContain('score of good: 0.800');
      expect(page).toContain('3 done, 1 diverged');
      expect(page).toContain(`--best ${settingHash(large)} --seeds 100-129`); // by all seeds the other one is best
    }
    expect(html.match(/<svg/g)).toHaveLength(written.pictures.length);
    const names = written.pictures.map((path) => path.replace(/^.*\//, ''));
    expect(names).toEqual(['curves.svg', 'sensitivity-rule-alpha.svg', 'seeds.svg', 'time.svg', 'cost.svg']);
    for (const path of written.pictures) {
      expect(existsSync(path)).toBe(true);
      expect(existsSync(path.replace(/svg$/, 'vl.json'))).toBe(true);
    }
  });

  it('of an agent in an environment names both where it asks for fresh seeds', async () => {
    const results = tempFolder();
    for (const alpha of [0.1, 0.2]) fill(results, madeUpSetting('a', { alpha }), [alpha, alpha]);
    const { markdown } = await report(results, 'final', null);
    expect(markdown).toContain('agent-state sweep --agent a --env trace-conditioning --best ');
  });

  it('can be of the whole run instead of its end', async () => {
    const results = tempFolder();
    fill(results, madeUpSetting('a'), [0.5]);
    const [method] = (await report(results, 'auc')).json.methods;
    const harmonic = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].reduce((sum, i) => sum + 1 / i, 0);
    expect(method!.mean).toBeCloseTo(0.5 + harmonic / 10, 12); // as putRun writes the curve
  });

  it('of an unfinished sweep says what is missing, what failed and why', async () => {
    const results = tempFolder();
    const setting = madeUpSetting('a');
    const settings = [setting, madeUpSetting('b')].map((config) => {
      return { hash: settingHash(config), label: `label of ${config.agent.id}`, config: { ...config } };
    });
    const plan = { format: 1 as const, experiment: NAME, id: planId(settings), settings, seeds: [0, 1, 2] };
    const argv = ['sweep', NAME, '--set', 'x=[1, 2]'];
    writePlan(planPath(join(results, NAME), plan.id), { ...plan, createdAt: new Date(0).toISOString(), argv });
    fill(results, setting, [0.1, 0.2]);
    putRun(results, { setting, seed: 1, value: NaN, over: { status: 'failed', reason: 'out of paper', end: null } });
    put(join(results, NAME, settingHash(setting), '7'), 'run.json', 'no JSON');
    const odd = { config: { agent: 'a' }, setting: '0123456789' };
    putRun(results, { setting, seed: 8, value: 1, over: odd });
    const { json, html, written } = await report(results);
    expect(json.runs).toEqual({ done: 1, diverged: 0, failed: 1, unfinished: 0, missing: 4 });
    expect(json.missing.map(({ seeds }) => seeds)).toEqual([[2], [0, 1, 2]]);
    expect(json.methods[1]).toMatchObject({ selection: null, mean: null });
    expect(html).toContain('Not all has been run');
    expect(html).toContain(`label of a (${settingHash(setting)}), seeds: failed 1; missing 2`);
    expect(html).toContain('out of paper');
    expect(html).toMatch(/Cannot read [^<]*7\/run\.json: it is not JSON/);
    expect(html).toMatch(/Cannot read [^<]*8\/run\.json: config names no agent and environment/);
    expect(html).toContain('agent-state sweep made-up --set &#39;x=[1, 2]&#39;');
    expect(written.pictures.map((path) => path.replace(/^.*\//, ''))).toContain('status.svg');
  });

  it('shows what agents are called as text', async () => {
    const results = tempFolder();
    fill(results, madeUpSetting('<script>alert(1)</script>'), [0.1, 0.2]);
    const { html, markdown } = await report(results);
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
    expect(markdown).not.toContain('<script');
  });

  it('leaves out a picture that has no point, and those of an older report', async () => {
    const results = tempFolder();
    const folder = join(results, NAME, 'report');
    const setting = madeUpSetting('a');
    fill(results, setting, [0.1, 0.2]);
    const before = await report(results);
    expect(existsSync(join(folder, 'cost.svg'))).toBe(true);
    fill(results, setting, [NaN, NaN]);
    const { html, written } = await report(results);
    expect(html).toContain('all 2 runs diverged');
    expect(html).toContain('Left out, Against multiply-adds per step: Cannot plot');
    expect(existsSync(join(folder, 'cost.svg'))).toBe(false);
    expect(existsSync(join(folder, 'cost.vl.json'))).toBe(false);
    expect(written.pictures.length).toBeLessThan(before.written.pictures.length);
  });

  it('warns where its runs come from different code, and not where they do not', async () => {
    const results = tempFolder();
    fill(results, madeUpSetting('a'), [0.1, 0.2]);
    const warned = 'different states of the code';
    expect((await report(results)).html).not.toContain(warned);
    fill(results, madeUpSetting('b'), [0.1], { code: 'bbbbbbbbbb' });
    const { html } = await report(results);
    expect(html).toContain(warned);
    expect(html).toContain('aaaaaaaaaa (2 runs); bbbbbbbbbb (1 run)');
  });

  it('goes on without a metrics file that it cannot read, and names it', async () => {
    const results = tempFolder();
    const setting = madeUpSetting('a');
    fill(results, setting, [0.1, 0.2]);
    const path = join(results, NAME, settingHash(setting), '1', 'metrics.jsonl');
    writeFileSync(path, 'nonsense\n');
    expect((await report(results)).html).toContain(`Cannot read ${path}: line 1 is no metrics row`);
  });

  it('goes on where an experiment cannot score what there is', async () => {
    const results = tempFolder();
    fill(results, madeUpSetting('a'), [0.1, 0.2]);
    const score = (): never => {
      throw new Error('needs two agents');
    };
    const { html } = await report(results, 'final', { ...EXPERIMENT, score });
    expect(html).toContain('Cannot score these runs: needs two agents.');
    expect((await report(results)).html).not.toContain('Cannot score');
  });

  it('shows every question of a horde', async () => {
    const results = tempFolder();
    fill(results, madeUpSetting('a'), [0.1, 0.2], { scores: { msre: 1.5, questions: { near: 1, far: 2 } } });
    expect((await report(results)).markdown).toMatch(/\| near +\| +1\.00 \|\n\| far +\| +2\.00 \|/);
  });

  it('refuses a metric that no run has', async () => {
    const results = tempFolder();
    fill(results, madeUpSetting('a'), [0.1, 0.2], { scores: { msre: 1, explained: null } });
    await expect(report(results, 'explained')).rejects.toThrow('the error floors of the environment are not known');
    await expect(report(results, 'auc')).resolves.toBeDefined();
  });

  it('refuses a folder without runs, and makes none in it', async () => {
    const results = tempFolder();
    await expect(report(results)).rejects.toThrow('there are no runs in it');
    expect(existsSync(join(results, NAME, 'report'))).toBe(false);
  });
});
