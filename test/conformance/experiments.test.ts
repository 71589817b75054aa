/**
 * What every file of experiments/ must keep. An experiment: a question, settings that resolve, and a score of what came
 * out. A study: settings that can be measured, figures and expectations that belong to them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { isStudy, type Study, type StudySetting } from '../../src/experiment/study.ts';
import { listFolder, loadNamed } from '../../src/registry.ts';
import { settingHash } from '../../src/results/setting-hash.ts';
import type { RunResult } from '../../src/run/result.ts';
import { bestRows, expectedOf, rowsOf, varyingKeys } from '../../src/run/study-rows.ts';
import { resolveSetting } from '../../src/run/setting.ts';
import { cli } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

const agents = listFolder('../agents');
const cwd = tempFolder();

const all = await Promise.all(
  listFolder('../experiments').map(async (id) => [id, await loadNamed('../experiments', id)] as const),
);
const studies = all.filter(([, one]) => isStudy(one)) as [string, Study][];
const ordinary = all.filter(([, one]) => !isStudy(one)).map(([id]) => id);

describe.each(ordinary)('experiment %s', (id) => {
  let experiment: Experiment;
  beforeAll(async () => {
    experiment = (await loadNamed('../experiments', id)) as Experiment;
  });

  it('asks a question and has a title for its picture', () => {
    expect(experiment.question).toMatch(/^[^\n]{10,100}\?$/);
    expect(experiment.title).toMatch(/^[^\n]{3,60}$/);
  });

  it.each([false, true])('has settings that resolve, each its own (full size: %s)', async (full) => {
    const sweep = experiment.sweep(full);
    expect(sweep.length).toBeGreaterThan(0);
    expect(experiment.seeds(full)).toBeGreaterThan(0);
    for (const { agent } of sweep) expect(agents).toContain(agent);
    const settings = await Promise.all(sweep.map(async (one) => resolveSetting(await experiment.run(one))));
    expect(new Set(settings.map(settingHash)).size).toBe(sweep.length);
    settings.forEach(({ agent, env, steps }, i) => {
      expect([agent.id, env.id, steps]).toEqual([sweep[i]!.agent, sweep[i]!.env.id, sweep[i]!.steps]);
    });
  });

  it('is larger at its published size', () => {
    const size = (full: boolean): number =>
      experiment.seeds(full) * experiment.sweep(full).reduce((sum, { steps }) => sum + steps, 0);
    expect(size(true)).toBeGreaterThan(size(false));
  });

  it('has a score of numbers, null where there is nothing to be scored', () => {
    const nothing = { seed: 0, status: 'failed', msre: null, explained: null };
    const score = experiment.score(experiment.sweep(false).map(({ agent }) => ({ agent, ...nothing })));
    expect(Object.keys(score).length).toBeGreaterThan(0);
    for (const value of Object.values(score)) expect(value).toBeNull();
  });

  it('runs from the command line, and ends with its score on disk', async () => {
    const { code, stdout, stderr } = await cli(cwd, 'run', id, '--steps', '600', '--seeds', '1');
    const words = stderr.split('\n').filter((line) => /^agent-state: (?!.*nothing could be scored)/.test(line));
    expect({ code, words }).toEqual({ code: 0, words: [] });
    expect(stdout.startsWith(`${experiment.question}\n`)).toBe(true);
    const [, place] = /table +(\S+)summary\.md/.exec(stdout)!;
    const path = join(cwd, place!, 'summary.json');
    const { score, results } = JSON.parse(readFileSync(path, 'utf8')) as { score: object; results: RunResult[] };
    expect(results).toHaveLength(experiment.sweep(false).length);
    expect(results.every(({ status }) => status === 'done')).toBe(true);
    expect(score).toEqual(experiment.score(results));
  });
});

const bib = readFileSync('docs/references.bib', 'utf8');

/** As short as it goes: no study is measured here for its figures. */
const SHORT = { steps: 60, episodes: 2 };
const shortened = (setting: StudySetting): StudySetting =>
  Object.fromEntries(Object.entries(setting).map(([key, value]) => [key, SHORT[key as keyof typeof SHORT] ?? value]));

describe.each(studies)('study %s', (id, study) => {
  const { measures, figures, expected = [], tables = [{ title: study.title }] } = study;
  const sweeps = [study.sweep(false), study.sweep(true)];
  const keys = new Set(sweeps.flat().flatMap((setting) => Object.keys(setting)));

  it('asks a question, has a title, and says whose it is', () => {
    expect(study.question).toMatch(/^[^\n]{10,100}\?$/);
    expect(study.title).toMatch(/^[^\n]{3,60}$/);
    expect(bib).toMatch(new RegExp(`^@\\w+\\{${study.cite},`, 'm'));
    for (const words of Object.values(measures)) expect(words).toMatch(/^[^\n]{3,80}$/);
  });

  it('has settings, each its own, more of them or of their seeds at its published size', () => {
    for (const sweep of sweeps) {
      expect(sweep.length).toBeGreaterThan(0);
      expect(new Set(sweep.map(settingHash)).size).toBe(sweep.length);
    }
    const size = (full: boolean): number =>
      study.seeds(full) *
      sweeps[Number(full)]!.reduce((sum, { steps = 1, episodes = 1 }) => sum + Number(steps) * Number(episodes), 0);
    expect(size(true)).toBeGreaterThan(size(false));
  });

  it('measures what it says, the same for the same seed and another for another', async () => {
    const setting = shortened(sweeps[0]!.at(-1)!);
    const [once, twice, other] = [
      await study.measure(setting, 1),
      await study.measure(setting, 1),
      await study.measure(setting, 2),
    ];
    expect(Object.keys(once).filter((name) => !(name in measures))).toEqual([]);
    expect(Object.keys(once).length).toBeGreaterThan(0);
    expect(twice).toEqual(once);
    expect(other).not.toEqual(once);
  });

  it('has figures and tables of what is there', () => {
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
    for (const figure of figures) {
      expect(figure.name).toMatch(/^[a-z0-9-]+$/);
      const axes = figure.kind === 'lines' ? [figure.x, figure.by] : [figure.x, figure.y, figure.by ?? figure.x];
      for (const axis of axes) expect(keys, figure.name).toContain(axis);
      expect(Object.keys(measures)).toContain(figure.measure);
    }
    for (const { best, measures: own = [] } of tables) {
      if (best !== undefined) expect(keys).toContain(best);
      for (const measure of own) expect(Object.keys(measures)).toContain(measure);
    }
  });

  it('expects nothing that no row of a table shows', () => {
    const found = new Set<unknown>();
    const names = Object.keys(measures);
    for (const sweep of sweeps) {
      const values = Object.fromEntries(names.map((name) => [name, 1]));
      const rows = rowsOf(
        sweep.map((setting) => ({ setting, seed: 0, values, diverged: null })),
        names,
      );
      for (const { where = () => true, best, measures: own = names } of tables) {
        const some = rows.filter(({ setting }) => where(setting));
        const shown = best === undefined ? some : bestRows(some, best, own[0]!);
        for (const row of shown) {
          for (const measure of own)
            expectedOf(row, varyingKeys(shown), measure, expected).forEach((one) => found.add(one));
        }
      }
    }
    expect(expected.filter((one) => !found.has(one))).toEqual([]);
    for (const { source, value } of expected) expect([source.length > 5, Number.isFinite(value)]).toEqual([true, true]);
  });

  it('runs from the command line, and ends with its tables on disk', async () => {
    const set = Object.entries(SHORT).flatMap(([key, value]) => (keys.has(key) ? ['--set', `${key}=${value}`] : []));
    const { code, stdout, stderr } = await cli(cwd, 'run', id, ...set, '--seeds', '1');
    const words = stderr.split('\n').filter((line) => line.startsWith('agent-state: '));
    expect({ code, words }).toEqual({ code: 0, words: [] });
    expect(stdout.startsWith(`${study.question}\n`)).toBe(true);
    const [, place] = /table +(\S+)summary\.md/.exec(stdout)!;
    const { settings } = JSON.parse(readFileSync(join(cwd, place!, 'summary.json'), 'utf8')) as { settings: object[] };
    expect(settings).toHaveLength(new Set(sweeps[0]!.map((setting) => settingHash(shortened(setting)))).size);
    expect(readFileSync(join(cwd, place!, 'summary.md'), 'utf8')).toContain(`# ${study.question}`);
  });
});
