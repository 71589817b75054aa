/** Levels of a curriculum in reports: against tokens, after as many as every run has seen. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { experimentReport } from '../../src/report/experiment-report.ts';
import { fewestTokens, levelSeries, levelsOf, told } from '../../src/report/levels.ts';
import { methodsOf } from '../../src/report/methods.ts';
import { readRuns } from '../../src/report/read-runs.ts';
import { reportFolder, writeReport } from '../../src/report/write-report.ts';
import { madeUpSetting, putRun } from '../support/report-runs.ts';
import { tempFolder } from '../support/temp.ts';

const row = (step: number, tokens: number, level: number) => ({ step, tokens, level, solved: Math.max(0, level - 4) });
const levels = levelsOf([row(10, 100, 2), { step: 20, bits: 1 }, row(30, 300, 6), row(40, 400, 7)]);

describe('levels', () => {
  it('are what was told last when so many tokens had been seen', () => {
    const at = [99, 100, 299, 300, 399, 400, 1000].map((seen) => told(levels, 'level', seen));
    expect(at).toEqual([NaN, 2, 2, 6, 6, 7, 7]);
    expect([300, 400].map((seen) => told(levels, 'solved', seen))).toEqual([2, 3]);
    expect(told(levelsOf([{ step: 1, bits: 2 }]), 'level', 5)).toBeNaN();
  });

  it('of all seeds are drawn on one grid of tokens', () => {
    const { steps, values } = levelSeries('a', [levels, levelsOf([row(1, 60, 9)])], 600);
    expect([steps[0], steps.at(-1)]).toEqual([10, 600]);
    expect(values.map((curve) => curve[steps.indexOf(300)])).toEqual([6, 9]);
    expect(values.map((curve) => curve[steps.indexOf(80)])).toEqual([NaN, 9]);
  });
});

const EXPERIMENT = {
  question: 'Who climbs faster?',
  title: 'Two climbers',
  metric: 'level',
  panels: ['agent.cell.id'],
  score: () => ({ runs: 1 }),
} as unknown as Experiment;

/** Two methods in two nets; the slow one waits, so that equal steps are fewer tokens. */
function climb(results: string): string {
  for (const [cell, bonus] of [
    ['gru', 0],
    ['tanh', 3],
  ] as const) {
    for (const [name, pace, share] of [
      ['fast', 2, 1],
      ['slow', 1, 0.5],
    ] as const) {
      const setting = madeUpSetting(name, {}, { target: 'bits' });
      const agent = { ...setting.agent, cell: { id: cell, columns: 5 } };
      for (const seed of [0, 1]) {
        const rows = [1, 2, 3, 4].map((i) => row(100 * i, share * 1000 * i, bonus + pace * i + seed));
        const { tokens, level, solved } = rows.at(-1)!;
        const scores = { msre: null, explained: null, bits: 0.1, tokens, level, solved };
        const folder = putRun(results, { setting: { ...setting, agent }, seed, value: 0, over: { scores } });
        writeFileSync(join(folder, 'metrics.jsonl'), rows.map((one) => `${JSON.stringify({ ...one, bits: 0.1 })}\n`).join('')); // prettier-ignore
      }
    }
  }
  return join(results, 'made-up');
}

interface Json {
  readonly methods: readonly { method: string; task: string; values: number[]; solved: number; tuned: string[] }[];
}

describe('a report by levels', () => {
  const results = tempFolder();
  const folder = climb(results);

  it('compares after the fewest tokens that a run has ended with, net by net', async () => {
    const methods = methodsOf(readRuns(folder).settings, { panels: EXPERIMENT.panels! });
    expect([...fewestTokens(methods).values()]).toEqual([2000, 2000]);
    const into = reportFolder(folder);
    const place = { name: 'made-up', typed: 'made-up', folder, results, into };
    const made = await experimentReport({ ...place, experiment: EXPERIMENT, metric: 'level', twoStage: true });
    const { pictures } = writeReport(into, made);
    const told = (made.json as Json).methods.map(({ method, task, values, solved }) => [method, task, values, solved]);
    expect(told.sort()).toEqual([
      ['fast cell=gru', 'trace-conditioning cell=gru', [4, 5], 0.5], // after half of its steps
      ['fast cell=tanh', 'trace-conditioning cell=tanh', [7, 8], 3.5],
      ['slow cell=gru', 'trace-conditioning cell=gru', [4, 5], 0.5],
      ['slow cell=tanh', 'trace-conditioning cell=tanh', [7, 8], 3.5],
    ]);
    const names = pictures.map((path) => path.replace(/^.*\//, ''));
    expect(names).toEqual(['curves-1.svg', 'seeds-1.svg', 'cost-1.svg', 'curves-2.svg', 'seeds-2.svg', 'cost-2.svg']);
    expect(made.tables[0]!.columns.map(({ title }) => title)).toContain('solved');
  });

  it('takes nets for methods of one task where the experiment does not part them', () => {
    const methods = methodsOf(readRuns(folder).settings);
    expect(new Set(methods.map(({ task }) => task)).size).toBe(1);
  });

  it('refuses where there is no curriculum', async () => {
    const other = tempFolder();
    putRun(other, { setting: madeUpSetting('a'), seed: 0, value: 1 });
    const place = { name: 'made-up', typed: 'made-up', folder: join(other, 'made-up'), results: other, into: other };
    const made = experimentReport({ ...place, experiment: null, metric: 'level', twoStage: true });
    await expect(made).rejects.toThrow('Cannot use --metric level: no environment here has a curriculum of levels');
  });
});
