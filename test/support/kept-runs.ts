/** Runs on disk that nobody ran: run.json and whatever lies beside it. */
import { join } from 'node:path';
import type { IndexedRun } from '../../src/results/run-index.ts';
import { type RunRecord, runRecord, writeRunRecord } from '../../src/results/run-record.ts';
import { settingHash } from '../../src/results/setting-hash.ts';
import { put } from './temp.ts';

interface KeptRun extends Omit<Partial<RunRecord>, 'beside'> {
  readonly beside?: Readonly<Record<string, readonly object[]>>; // rows by name
}

export const keptConfig = (alpha: number, agent = 'small', over: object = {}): Record<string, unknown> => ({
  agent: { id: agent, summary: `alpha ${alpha}`, cell: { id: 'lstm', units: 4 }, rule: { id: 'td-lambda', alpha } },
  env: { id: 'walk', isi: [4, 6] },
  steps: 100,
  ...over,
});

/** In <results>/<experiment>/<setting hash>/<seed>. */
export function keepRun(results: string, { beside = {}, ...given }: KeptRun = {}): IndexedRun {
  const config = given.config ?? keptConfig(0.1);
  const record = runRecord.parse({
    format: 1,
    experiment: 'kept',
    setting: settingHash(config),
    seed: 0,
    git: { commit: 'c0ffee', dirty: false },
    versions: { node: '20.19.0' },
    host: { name: 'here' },
    argv: [],
    pid: null,
    path: null,
    code: 'abc',
    status: 'done',
    reason: null,
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
    scores: { msre: 0.5, explained: null, questions: { near: 0.25 } },
    end: { steps: 100, diverged: null, seconds: 2, nsPerStep: 1000, parameters: 16, macsPerStep: 64 },
    ...given,
    config,
  });
  const folder = join(results, record.experiment, record.setting, String(record.seed));
  for (const [name, rows] of Object.entries(beside)) {
    put(folder, name, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
  put(folder, 'log.ndjson', '');
  writeRunRecord(join(folder, 'run.json'), record);
  return { folder, record };
}
