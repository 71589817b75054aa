/** A run with its paper trail: folder, run.json, log.ndjson; what happens to runs that lie there already. */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMetrics } from '../../src/results/metrics-file.ts';
import { locateRun, openRunFolder } from '../../src/results/run-folder.ts';
import { readRunRecord, updateRunRecord } from '../../src/results/run-record.ts';
import type { RunJob } from '../../src/run/run-job.ts';
import { startRun } from '../../src/run/start-run.ts';
import { filesOf, smallSetting } from '../support/runs.ts';
import { put, tempFolder } from '../support/temp.ts';
import { ringWith } from '../support/user-files.ts';

const results = tempFolder();
let count = 0;

async function jobOf(over: Partial<RunJob> = {}): Promise<RunJob> {
  return { experiment: `exp-${count++}`, setting: await smallSetting(), seed: 0, results, ...over };
}

const stopped = (): AbortSignal => AbortSignal.abort();
const statusOf = (path: string): string => readRunRecord(join(path, 'run.json')).status;
const events = (path: string): Record<string, unknown>[] =>
  readFileSync(join(path, 'log.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('a run that is done', () => {
  it('has left its setting, its scores and its story', async () => {
    const job = { ...(await jobOf()), checkpointEvery: 300 };
    const result = await startRun(job);
    expect(result).toMatchObject({ status: 'done', steps: 3000, seed: 0, agent: 'small', error: null });
    expect(result.msre).toBeGreaterThan(0);
    const record = readRunRecord(join(result.folder, 'run.json'));
    expect(record).toMatchObject({ status: 'done', seed: 0, experiment: job.experiment, config: job.setting });
    expect(record.scores!['msre']).toBe(result.msre);
    expect(record.endedAt! >= record.startedAt).toBe(true);
    const told = events(result.folder).map(({ event }) => event);
    expect(told.filter((event) => event !== 'checkpoint.saved')).toEqual(['run.start', 'path.chosen', 'run.done']);
    expect(told.filter((event) => event === 'checkpoint.saved')).toHaveLength(6); // every 300 steps, at the ends of chunks
  });

  it('is replaced by the next one', async () => {
    const job = await jobOf();
    const { folder } = await startRun(job);
    put(folder, 'mine.txt', 'gone with the run');
    await startRun(job);
    expect(existsSync(join(folder, 'mine.txt'))).toBe(false);
    expect(existsSync(`${folder}.old-1`)).toBe(false);
  });
});

describe('a run that was cut short', () => {
  it('is moved aside by the next one, never deleted', async () => {
    const job = await jobOf();
    const { folder, status } = await startRun(job, { stop: stopped() });
    expect(status).toBe('interrupted');
    const first = filesOf(openRunFolder(folder));
    expect((await startRun(job, { stop: stopped() })).status).toBe('interrupted');
    expect((await startRun(job)).status).toBe('done');
    expect(filesOf(openRunFolder(`${folder}.old-1`))).toEqual(first);
    expect(statusOf(`${folder}.old-2`)).toBe('interrupted');
    expect(statusOf(folder)).toBe('done');
  });

  it('can be gone on with where it lies by now, and the other run stays as it is', async () => {
    const job = await jobOf();
    const { folder } = await startRun(job, { stop: stopped() });
    const whole = filesOf(openRunFolder((await startRun(job)).folder));
    const before = readFileSync(join(folder, 'log.ndjson'), 'utf8');
    const aside = `${folder}.old-1`;
    const result = await startRun({ ...job, resume: aside });
    expect(result).toMatchObject({ status: 'done', folder: aside });
    expect(filesOf(openRunFolder(aside))).toEqual(whole);
    expect(readFileSync(join(folder, 'log.ndjson'), 'utf8')).toBe(before);
    const elsewhere = join(results, 'elsewhere');
    renameSync(aside, elsewhere);
    updateRunRecord(join(elsewhere, 'run.json'), { status: 'interrupted' });
    expect((await startRun({ ...job, resume: elsewhere })).folder).toBe(elsewhere);
  });

  it('says in its log from which step it went on', async () => {
    const job = await jobOf();
    const { folder, steps } = await startRun(job, { stop: stopped() });
    await startRun({ ...job, resume: folder });
    const starts = events(folder).filter(({ event }) => event === 'run.start');
    expect(starts.map(({ resumedFrom }) => resumedFrom)).toEqual([null, steps]);
    expect(events(folder).some(({ event }) => event === 'run.interrupted')).toBe(true);
  });

  it('is not gone on with from a damaged checkpoint: one line, and it counts as failed', async () => {
    const job = await jobOf();
    const { folder } = await startRun(job, { stop: stopped() });
    const path = join(folder, 'checkpoint', 'state.ckpt');
    const bytes = readFileSync(path);
    bytes[bytes.length - 5]! ^= 1;
    writeFileSync(path, bytes);
    const result = await startRun({ ...job, resume: folder });
    expect(result.status).toBe('failed');
    expect(result.error).toMatch(/^Cannot restore .*state\.ckpt: it is damaged/);
    expect(statusOf(folder)).toBe('failed');
  });
});

describe('a run that was cut short and lost lines since', () => {
  it.each(['metrics.jsonl', 'step-sizes.jsonl'])('of %s is not gone on with', async (name) => {
    const { agent } = await smallSetting();
    const rule = { id: 'tidbd', alpha: 0.01, theta: 0.01 };
    const job = await jobOf({ setting: await smallSetting({ agent: { ...agent, rule } }), checkpointEvery: 700 });
    const whole = filesOf(openRunFolder((await startRun({ ...job, experiment: 'whole' })).folder));
    expect(whole.stepSizes).not.toBe('');
    const folder = await stoppedAt(job, 1500);
    const path = join(folder, name);
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 60)); // torn in one of the first lines
    const before = readFileSync(join(folder, 'run.json'), 'utf8');
    await expect(startRun({ ...job, resume: folder })).rejects.toThrow(
      /^Cannot resume .*: lines that its checkpoint counts on are gone .*; agent-state run starts it anew$/,
    );
    expect(readFileSync(join(folder, 'run.json'), 'utf8')).toBe(before);
    await startRun({ ...job, missing: true }); // a sweep begins it anew
    expect(filesOf(openRunFolder(folder))).toEqual(whole);
    expect(existsSync(`${folder}.old-1`)).toBe(true);
  });

  it('of its timing or log by half a line has whole lines again', async () => {
    const job = await jobOf({ checkpointEvery: 700 });
    const folder = await stoppedAt(job, 1500);
    for (const name of ['timing.jsonl', 'log.ndjson']) appendFileSync(join(folder, name), '{"torn');
    await startRun({ ...job, resume: folder });
    expect(events(folder).at(-1)).toMatchObject({ event: 'run.done' });
    expect(readMetrics(join(folder, 'timing.jsonl')).at(-1)!.step).toBe(3000);
  });
});

it('a run that another command has ended meanwhile is not gone on with once more', async () => {
  const job = await jobOf();
  const { folder } = await startRun(job, { stop: stopped() });
  const first = await startRun({ ...job, resume: folder });
  const before = readFileSync(join(folder, 'run.json'), 'utf8');
  expect(await startRun({ ...job, resume: folder })).toEqual(first);
  expect(readFileSync(join(folder, 'run.json'), 'utf8')).toBe(before);
});

/** Its folder. */
async function stoppedAt(job: RunJob, steps: number): Promise<string> {
  const stop = new AbortController();
  const onStep = (step: number): void => void (step >= steps && stop.abort());
  return (await startRun(job, { stop: stop.signal, onStep })).folder;
}

describe('a run that fails', () => {
  it('says in one line what the environment did, and keeps the stack in its log', async () => {
    const text = ringWith(
      'this.place = (',
      "if (this.rng.uniform() < 0.01) throw new TypeError('it broke');\nthis.place = (",
    );
    const env = { id: put(results, 'breaking.ts', text) };
    const result = await startRun(await jobOf({ setting: await smallSetting({ env }) }));
    expect(result).toMatchObject({ status: 'failed', msre: null });
    expect(result.error).toMatch(/^Environment ring failed at step \d+: it broke$/);
    expect(statusOf(result.folder)).toBe('failed');
    const failed = events(result.folder).at(-1) as { event: string; err: { stack: string } };
    expect(failed.event).toBe('run.failed');
    expect(failed.err.stack).toContain('breaking.ts');
  });

  it('leaves alone what it cannot write to', async () => {
    const file = put(results, 'a-file', '');
    await expect(startRun(await jobOf({ results: file }))).rejects.toThrow(
      `Cannot write results to ${file}: a file stands where a folder is needed; pass --results <folder>`,
    );
  });
});

it('seeds and settings have folders of their own', async () => {
  const job = await jobOf();
  const paths = [
    locateRun(job),
    locateRun({ ...job, seed: 1 }),
    locateRun({ ...job, setting: await smallSetting({ steps: 2999 }) }),
  ].map(({ path }) => path);
  expect(new Set(paths).size).toBe(3);
});
