import { expect, test } from 'vitest';
import { settingLabels, varying } from '../../src/export/varying.ts';
import { keepRun, keptConfig } from '../support/kept-runs.ts';
import { tempFolder } from '../support/temp.ts';

const folder = tempFolder();
const kept = (...configs: Record<string, unknown>[]) => configs.map((config) => keepRun(folder, { config }));

test('settings differ in the paths whose values differ, words about the agent left aside', () => {
  const found = varying(kept(keptConfig(0.1), keptConfig(0.2), keptConfig(0.2, 'small', { steps: 50 })));
  expect(found.paths).toEqual(['agent.rule.alpha', 'steps']);
});

test('a path that one setting lacks differs, unless it is null in the others', () => {
  expect(varying(kept(keptConfig(0.1), keptConfig(0.1, 'small', { load: 'x' }))).paths).toEqual(['load']);
  expect(varying(kept(keptConfig(0.1), keptConfig(0.1, 'small', { load: null }))).paths).toEqual([]);
});

test('an agent with one setting goes by its name, one with several by what tells them apart', () => {
  const runs = kept(keptConfig(0.1), keptConfig(0.2), keptConfig(0.2, 'other', { steps: 50 }));
  expect([...settingLabels(runs, varying(runs)).values()]).toEqual([
    'small rule.alpha=0.1',
    'small rule.alpha=0.2',
    'other',
  ]);
  const worlds = kept(keptConfig(0.1), keptConfig(0.1, 'small', { env: { id: 'maze', isi: [4, 6] } }));
  expect([...settingLabels(worlds, varying(worlds)).values()]).toEqual(['small env.id=walk', 'small env.id=maze']);
});
