/** What every study of experiments/ must keep: settings that can be measured, and tables, figures and expectations of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isStudy, type Study, type StudySetting } from '../../src/experiment/study.ts';
import { listFolder, loadNamed } from '../../src/registry.ts';
import type { Measurement } from '../../src/results/measurements-file.ts';
import { settingHash } from '../../src/results/setting-hash.ts';
import { measureOne } from '../../src/run/measure-one.ts';
import { bestRows, expectedOf, rowsOf, varyingKeys } from '../../src/run/study-rows.ts';
import { writeStudySummary } from '../../src/run/study-summary.ts';
import { tempFolder } from '../support/temp.ts';

const folder = tempFolder();
const all = await Promise.all(
  listFolder('../experiments').map(async (id) => [id, await loadNamed('../experiments', id)] as const),
);
const studies = all.filter(([, one]) => isStudy(one)) as [string, Study][];

const bib = readFileSync('docs/references.bib', 'utf8');

/** As short as it goes: no study is measured here for its figures. */
const SHORT = { steps: 300, episodes: 2 };
const shortened = (setting: StudySetting): StudySetting =>
  Object.fromEntries(
    Object.entries(setting).map(([key, value]) => [
      key,
      key in SHORT ? Math.min(Number(value), SHORT[key as keyof typeof SHORT]) : value,
    ]),
  );

describe.each(studies)('study %s', (id, study) => {
  const { measures, figures, expected = [], tables = [{ title: study.title }] } = study;
  const sweeps = [study.sweep(false), study.sweep(true)];
  const keys = new Set(sweeps.flat().flatMap((setting) => Object.keys(setting)));

  const every = Math.ceil(sweeps[0]!.length / 6);
  const spread = sweeps[0]!.filter((_, i, { length }) => i % every === 0 || i === length - 1).map(shortened);
  const some = [...new Map(spread.map((setting) => [settingHash(setting), setting])).values()];

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
    let differs = false;
    for (const setting of some) {
      const once = await measureOne(study, setting, 1);
      expect(Object.keys(once.values ?? {}).filter((name) => !(name in measures))).toEqual([]);
      expect(await measureOne(study, setting, 1)).toEqual(once);
      const other = await measureOne(study, setting, 2);
      const isFinite = Object.values(other.values ?? {}).some(Number.isFinite);
      differs ||= isFinite && JSON.stringify(other.values) !== JSON.stringify(once.values);
    }
    expect(differs).toBe(true);
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

  it('ends with its tables and pictures on disk', async () => {
    const measured: Measurement[] = [];
    for (const setting of some) for (const seed of [0, 1]) measured.push(await measureOne(study, setting, seed));
    const place = join(folder, id);
    const { text, pictures } = await writeStudySummary({ name: id, study, folder: place, measured });
    expect(text).toContain('s.e.');
    const found = JSON.parse(readFileSync(join(place, 'summary.json'), 'utf8')) as { settings: object[] };
    expect(found.settings).toHaveLength(some.length);
    expect(readFileSync(join(place, 'summary.md'), 'utf8')).toContain(`# ${study.question}`);
    for (const picture of pictures) expect(readFileSync(picture, 'utf8')).toContain('<svg');
  });
});
