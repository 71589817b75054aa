/** A run of a horde: its error is the mean over its questions, each is on disk, and a resumed run ends with the same bytes. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadAgent } from '../../src/agent-by-name.ts';
import { merge } from '../../src/merge.ts';
import { readMetrics } from '../../src/results/metrics-file.ts';
import { readRunRecord } from '../../src/results/run-record.ts';
import { resolveSetting } from '../../src/run/setting.ts';
import { startRun } from '../../src/run/start-run.ts';
import { tempFolder } from '../support/temp.ts';

const HORIZONS = [1, 2, 16];
async function settingOf(more: object = {}) {
  const agent = merge(await loadAgent('nexting-cheap'), { head: { nexting: { horizons: HORIZONS } } });
  return resolveSetting({ agent, env: { id: 'sinusoids' }, steps: 3_000, every: 500, ...more });
}

it('scores every question, and their mean', async () => {
  const results = tempFolder();
  const result = await startRun({ experiment: 'horde', setting: await settingOf(), seed: 1, results });
  expect(result).toMatchObject({ status: 'done', error: null });
  expect(Object.keys(result.questions!)).toEqual(HORIZONS.map((horizon) => `x0, ${horizon} steps`));
  const errors = Object.values(result.questions!) as number[];
  expect(new Set(errors).size).toBe(HORIZONS.length);
  expect(result.msre).toBeCloseTo(errors.reduce((sum, error) => sum + error) / errors.length);
  expect(readRunRecord(`${result.folder}/run.json`).scores).toMatchObject({ questions: result.questions });
  const rows = readMetrics(`${result.folder}/metrics.jsonl`);
  expect(rows.map(({ step }) => step)).toEqual([500, 1000, 1500, 2000, 2500, 3000]);
  expect(rows.every(({ questions }) => (questions as number[]).length === HORIZONS.length)).toBe(true);
});

it('goes on from a checkpoint to the same bytes', async () => {
  const [results, twin] = [tempFolder(), tempFolder()];
  const setting = await settingOf();
  const job = { experiment: 'horde', setting, seed: 1, checkpointEvery: 700 };
  const whole = await startRun({ ...job, results });
  const stop = new AbortController();
  const onStep = (step: number): void => void (step >= 1_500 && stop.abort());
  const cut = await startRun({ ...job, results: twin }, { stop: stop.signal, onStep });
  expect(cut.status).toBe('interrupted');
  const resumed = await startRun({ ...job, results: twin, resume: cut.folder });
  expect(resumed.questions).toEqual(whole.questions);
  const bytes = (folder: string) => readFileSync(`${folder}/metrics.jsonl`, 'utf8');
  expect(bytes(resumed.folder)).toBe(bytes(whole.folder));
});

it('is scored by its own returns alone', async () => {
  await expect(settingOf({ target: 'value' })).rejects.toThrow(
    /^Cannot score questions by target value: .*leave target at null$/,
  );
});
