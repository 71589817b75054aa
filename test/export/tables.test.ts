import { expect, test } from 'vitest';
import { metricsTable } from '../../src/export/metrics-table.ts';
import { runsTable } from '../../src/export/runs-table.ts';
import { studyTable } from '../../src/export/study-table.ts';
import type { Table } from '../../src/export/table.ts';
import { keepRun, keptConfig } from '../support/kept-runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const refuse = (line: string): never => {
  throw new Error(line);
};
const records = ({ columns, rows }: Table): Record<string, unknown>[] =>
  [...rows()].map((row) => Object.fromEntries(columns.map(({ name }, j) => [name, row[j]])));
const types = ({ columns }: Table): Record<string, string> =>
  Object.fromEntries(columns.map(({ name, type }) => [name, type]));

test('every line of metrics is a row with its run, what varies, and a column per place of a list', () => {
  const folder = tempFolder();
  const lines = [
    { step: 50, msre: 0.5, questions: [0.1, null] },
    { step: 100, msre: null, questions: [0.2, 0.3] },
  ];
  const runs = [
    keepRun(folder, { beside: { 'metrics.jsonl': lines } }),
    keepRun(folder, { config: keptConfig(0.2), seed: 7, beside: { 'metrics.jsonl': [{ step: 9, return: -1 }] } }),
    keepRun(folder, { seed: 8, status: 'failed' }), // no metrics at all
  ];
  const table = metricsTable(runs, refuse);
  const who = { experiment: 'kept', setting: runs[0]!.record.setting, agent: 'small', env: 'walk', seed: 0 };
  const rest = { status: 'done', 'agent.rule.alpha': 0.1, return: null };
  expect(records(table)).toEqual([
    { ...who, ...rest, step: 50, msre: 0.5, 'questions.0': 0.1, 'questions.1': null },
    { ...who, ...rest, step: 100, msre: null, 'questions.0': 0.2, 'questions.1': 0.3 },
    expect.objectContaining({ seed: 7, 'agent.rule.alpha': 0.2, step: 9, return: -1, msre: null }),
  ]);
  expect(types(table)).toMatchObject({ seed: 'whole', step: 'whole', msre: 'real', agent: 'text' });
});

test('seeds that are words make the column one of words', () => {
  const folder = tempFolder();
  const runs = [keepRun(folder, { seed: 1 }), keepRun(folder, { seed: 'first' })];
  expect(records(runsTable(runs)).map(({ seed }) => seed)).toEqual(['1', 'first']);
  expect(types(runsTable(runs))).toMatchObject({ seed: 'text' });
});

test('every run is a row with its scores, its costs and its code', () => {
  const folder = tempFolder();
  const end = { steps: 40, diverged: 'head.w', seconds: 1, nsPerStep: null, parameters: 16, macsPerStep: 64 };
  const runs = [
    keepRun(folder),
    keepRun(folder, { config: keptConfig(0.1, 'small', { steps: 40 }), status: 'diverged', end, scores: null }),
    keepRun(folder, { seed: 1, status: 'running', end: null, scores: null, git: null, code: null }),
  ];
  const [done, diverged, running] = records(runsTable(runs));
  expect(done).toMatchObject({ msre: 0.5, explained: null, 'questions.near': 0.25, steps: 100, 'config.steps': 100 });
  expect(done).toMatchObject({ seconds: 2, nsPerStep: 1000, parameters: 16, macsPerStep: 64, diverged: null });
  expect(done).toMatchObject({ code: 'abc', commit: 'c0ffee' });
  expect(diverged).toMatchObject({ status: 'diverged', diverged: 'head.w', steps: 40, msre: null, nsPerStep: null });
  expect(running).toMatchObject({ status: 'running', steps: null, code: null, commit: null, 'config.steps': 100 });
});

test('a run whose metrics cannot be read is told of and left out', () => {
  const folder = tempFolder();
  const bad = keepRun(folder, { seed: 1 });
  put(bad.folder, 'metrics.jsonl', 'no json\n');
  const good = keepRun(folder, { beside: { 'metrics.jsonl': [{ step: 1, msre: 1 }] } });
  const told: string[] = [];
  expect(records(metricsTable([bad, good], (line) => told.push(line)))).toHaveLength(1);
  expect(told).toEqual([expect.stringMatching(/^Cannot read .*metrics\.jsonl: line 1 is no metrics row/)]);
});

test('every measurement of a study is a row, one that diverged without numbers', () => {
  const table = studyTable('drift', 'abc', [
    { setting: { method: 'td', alpha: 0.1 }, seed: 0, values: { error: 2, seed: 3 }, diverged: null },
    { setting: { method: 'td', alpha: 'auto' }, seed: 1, values: null, diverged: 'w' },
  ]);
  const who = { study: 'drift', method: 'td', code: 'abc' };
  expect(records(table)).toEqual([
    { ...who, alpha: '0.1', seed: 0, error: 2, 'measure.seed': 3, diverged: null },
    { ...who, alpha: 'auto', seed: 1, error: null, 'measure.seed': null, diverged: 'w' },
  ]);
});
