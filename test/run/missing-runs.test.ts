/** What of a sweep is missing, and what is done about it: begun, gone on with, begun anew, or left alone. */
import { appendFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { updateRunRecord } from '../../src/results/run-record.ts';
import { settingHash } from '../../src/results/setting-hash.ts';
import { plannedRun, type SweepPlan } from '../../src/results/sweep-plan.ts';
import { isMissing, planStates } from '../../src/run/plan-states.ts';
import { startRun } from '../../src/run/start-run.ts';
import { partOf } from '../../src/run/work-plan.ts';
import { smallSetting } from '../support/runs.ts';
import { tempFolder } from '../support/temp.ts';

const results = tempFolder();

async function runOnce(experiment: string, stop?: AbortSignal) {
  const setting = await smallSetting({ steps: 600 });
  const job = { experiment, setting, seed: 0, results, missing: true };
  const result = await startRun(job, stop ? { stop } : {});
  const hash = settingHash(setting);
  const settings = [{ hash, label: 'small', config: { ...setting } }];
  const plan: SweepPlan = {
    format: 1,
    experiment,
    id: 'x',
    settings,
    seeds: [0, 1],
    createdAt: '2026-01-01T00:00:00Z',
    argv: [],
  };
  const folder = join(results, experiment);
  return { job, result, plan, statuses: () => planStates(plan, folder), record: join(result.folder, 'run.json') };
}

it('a finished run is left alone; one whose file has another length is damaged, and begun anew', async () => {
  const { job, result, statuses, record } = await runOnce('whole');
  expect(statuses().map((state) => [state.status, isMissing(state)])).toEqual([
    ['done', false],
    ['missing', true],
  ]);
  expect((await startRun(job)).seconds).toBe(result.seconds); // told from disk
  appendFileSync(join(dirname(record), 'metrics.jsonl'), '\n');
  expect(statuses().map((state) => [state.status, isMissing(state)])[0]).toEqual(['damaged', true]);
  expect((await startRun(job)).seconds).not.toBe(result.seconds);
  expect(statuses()[0]!.status).toBe('done');
});

it('a run that was cut short is gone on with by the same code, and begun anew by another', async () => {
  const { job, record, statuses } = await runOnce('cut', AbortSignal.abort());
  expect(statuses()[0]!.status).toBe('interrupted');
  const { folder } = await startRun(job);
  expect(existsSync(`${folder}.old-1`)).toBe(false);
  updateRunRecord(record, { status: 'interrupted', code: 'other' });
  await startRun(job);
  expect(existsSync(`${folder}.old-1`)).toBe(true);
});

it('failed, interrupted and damaged runs are missing, finished ones are not', async () => {
  const { record, statuses } = await runOnce('kinds');
  const missing = (['done', 'diverged', 'failed', 'interrupted'] as const).map((status) => {
    updateRunRecord(record, { status });
    return isMissing(statuses()[0]!);
  });
  expect(missing).toEqual([false, false, true, true]);
});

it('runs are numbered settings first, then seeds; parts take every n-th', () => {
  const setting = (hash: string) => ({ hash, label: hash, config: {} });
  const plan = { settings: ['a', 'b'].map(setting), seeds: [5, 6, 7] } as unknown as SweepPlan;
  const runs = Array.from({ length: 6 }, (_, i) => plannedRun(plan, i));
  expect(runs.map((run) => `${run.setting.hash}${run.seed}`)).toEqual(['a5', 'b5', 'a6', 'b6', 'a7', 'b7']);
  expect([0, 1, 2, 3].map((k) => partOf(6, k, 4))).toEqual([[0, 4], [1, 5], [2], [3]]);
});
