/** Runs as they lie on disk, made up: what a report reads, without an agent having lived. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunRecord, runRecord, writeRunRecord } from '../../src/results/run-record.ts';
import { settingHash } from '../../src/results/setting-hash.ts';
import type { Metric } from '../../src/report/metric.ts';
import { metricOf } from '../../src/report/metric.ts';
import { curveReader } from '../../src/report/curves.ts';
import type { ReportRun, SettingRuns } from '../../src/report/read-runs.ts';
import { leavesOf } from '../../src/report/leaves.ts';
import { resultOfRecord } from '../../src/run/result-of-record.ts';
import type { Setting } from '../../src/run/setting.ts';

type Options = Readonly<Record<string, unknown>>;

/** Resolved as far as a report looks. */
export function madeUpSetting(agent: string, rule: Options = {}, over: Options = {}): Setting {
  const parts = { cell: { id: 'none', columns: 5 }, rule: { id: 'td-lambda', alpha: 0.01, ...rule } };
  return {
    agent: { id: agent, summary: agent, ...parts },
    env: { id: 'trace-conditioning', isi: [7, 13] },
    steps: 1000,
    discount: null,
    target: 'return',
    every: 100,
    window: 100,
    ...over,
  } as unknown as Setting;
}

export interface MadeUpRun {
  readonly experiment?: string;
  readonly setting: Setting;
  readonly seed: number;
  readonly value: number; // NaN: it diverged
  readonly over?: Partial<RunRecord>;
}

export function madeUpRecord({ experiment = 'made-up', setting, seed, value, over }: MadeUpRun): RunRecord {
  const diverged = Number.isNaN(value);
  return runRecord.parse({
    format: 1,
    experiment,
    setting: settingHash(setting),
    seed,
    config: setting,
    git: { commit: '0123456789abcdef', dirty: false },
    versions: { node: '20.19.0', 'agent-state': '0.1.0' },
    host: { name: 'here', cpu: 'a processor' },
    argv: ['node', 'main.js', 'run', experiment],
    code: 'aaaaaaaaaa',
    status: diverged ? 'diverged' : 'done',
    startedAt: new Date(0).toISOString(),
    endedAt: new Date(0).toISOString(),
    scores: diverged ? null : { msre: value, explained: 1 - value },
    end: { steps: 1000, diverged: diverged ? 'v' : null, seconds: 1, nsPerStep: 2000, parameters: 9, macsPerStep: 90 },
    ...over,
  });
}

/** Writes run.json, metrics.jsonl and timing.jsonl; returns the run's folder. */
export function putRun(results: string, run: MadeUpRun): string {
  const record = madeUpRecord(run);
  const folder = join(results, record.experiment, record.setting, String(run.seed));
  mkdirSync(folder, { recursive: true });
  writeRunRecord(join(folder, 'run.json'), record);
  const ends = Number.isNaN(run.value) ? 3 : 10;
  const rows = Array.from({ length: ends }, (_, i) => ({
    step: 100 * (i + 1),
    msre: run.value + 1 / (i + 1),
    count: 100,
  }));
  const lines = rows.map((row) => `${JSON.stringify(Number.isNaN(run.value) ? { ...row, msre: 1 } : row)}\n`);
  writeFileSync(join(folder, 'metrics.jsonl'), lines.join(''));
  writeFileSync(join(folder, 'timing.jsonl'), `${JSON.stringify({ step: 1000, seconds: 2 })}\n`);
  return folder;
}

/** The same without a disk: a setting and what its seeds achieved. */
export function settingRuns(setting: Setting, values: Readonly<Record<number, number>>): SettingRuns {
  const runs = Object.entries(values).map(([seed, value]): ReportRun => {
    const record = madeUpRecord({ setting, seed: Number(seed), value });
    return { seed: Number(seed), folder: '', record, result: resultOfRecord(record, '') };
  });
  return { hash: settingHash(setting), setting, leaves: leavesOf(setting), runs, missing: [] };
}

export const finalError = (): Metric => metricOf('final', madeUpSetting('any'), curveReader());
