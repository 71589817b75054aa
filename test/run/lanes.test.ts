/** Runs of lanes: one learner for several environments, on disk and back. */
import { describe, expect, it } from 'vitest';
import { settingHash } from '../../src/results/setting-hash.ts';
import { resolveSetting } from '../../src/run/setting.ts';
import { run, smallSetting } from '../support/runs.ts';
import { smallAgent } from '../support/learners.ts';
import { tempFolder } from '../support/temp.ts';

const results = tempFolder();
let count = 0;
const fresh = (): string => `run-${count++}`;

/** A GRU that copies tokens; a threshold of 2 bits is passed at once. */
function copying(agent: object = {}, over: object = {}) {
  const recipe = smallAgent({
    cell: { id: 'gru', units: 4 },
    estimator: { id: 'snap' },
    head: { id: 'softmax' },
    rule: { id: 'adam', alpha: 0.003 },
    ...agent,
  });
  const env = { id: 'copy-tokens', level: 5, curriculum: false };
  return resolveSetting({ agent: { ...recipe, id: 'copying' }, env, steps: 600, every: 50, ...over });
}

const rowsOf = (metrics: string): Record<string, number>[] =>
  metrics
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>);

describe.each([
  { lanes: 3, updateEvery: 1 },
  { lanes: 3, updateEvery: 7, estimator: { id: 'uoro' } },
  { lanes: 3, updateEvery: 'episode' },
  { lanes: 3, updateEvery: 'episode', estimator: { id: 'bptt', length: 20 } },
])('a run of $lanes lanes, weights changed every $updateEvery,', (agent) => {
  it('ends with the bytes of an uninterrupted one wherever it is stopped', async () => {
    const setting = await copying(agent);
    const whole = await run(results, fresh(), { setting });
    expect(whole.end).toMatchObject({ status: 'done', steps: 600 });
    for (const stops of [[1], [199, 200, 431]]) {
      const name = fresh();
      for (const [i, stopAt] of stops.entries()) await run(results, name, { setting, stopAt, resume: i > 0 });
      const { end, files } = await run(results, name, { setting, resume: true });
      expect(end.status).toBe('done');
      expect(files).toEqual(whole.files);
    }
    const other = await run(results, fresh(), { setting, seed: 1 });
    expect(other.files.metrics).not.toEqual(whole.files.metrics);
  });
});

describe('a run of lanes', () => {
  it('counts steps of a lane, and tokens of all', async () => {
    const { end, files } = await run(results, fresh(), { setting: await copying({ lanes: 3 }) });
    const rows = rowsOf(files.metrics);
    expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => 50 * (i + 1)));
    for (const { step, tokens, count: scored } of rows) {
      expect(tokens).toBe(3 * step!);
      expect(scored).toBeGreaterThan(100); // of 150, without those that end a sequence
      expect(scored).toBeLessThan(150);
    }
    expect(end.scores).toMatchObject({ tokens: 1800, level: 5, solved: 1 });
  });

  it('counts no tokens while lanes wait for each other', async () => {
    const { end } = await run(results, fresh(), { setting: await copying({ lanes: 3, updateEvery: 'episode' }) });
    expect(end.scores.tokens).toBeGreaterThan(600);
    expect(end.scores.tokens).toBeLessThan(1800 - 50);
  });

  it('scores the mean over its lanes, and learns', async () => {
    const { files, end } = await run(results, fresh(), { setting: await copying({ lanes: 3 }, { steps: 1500 }) });
    const bits = rowsOf(files.metrics).map((row) => row['bits']!);
    expect(bits[0]).toBeGreaterThan(1.3); // of 2, before anything is learned
    expect(end.scores.bits).toBeLessThan(bits[0]! - 0.4);
  });

  it('has one curriculum', async () => {
    const env = { id: 'copy-tokens', threshold: 1.9, rule: 'batch', batch: 3 };
    const { files } = await run(results, fresh(), { setting: await copying({ lanes: 3 }, { env }) });
    const levels = rowsOf(files.metrics).map(({ level }) => level!);
    expect(levels.at(-1)).toBeGreaterThan(10);
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
  });

  it.each([
    [{}, 'compiled: cell and estimator of the lanes are compiled; features, head and rule are not'],
    [{ estimator: { id: 'uoro' } }, 'reference: the estimator has no kernel: its noise is drawn on the reference path'],
    [
      { updateEvery: 'episode', estimator: { id: 'bptt', length: 20 } },
      'reference: the estimator has no kernel: it lives every episode again',
    ],
  ])('says which path it takes, and why: %o', async (agent, said) => {
    const reasons: string[] = [];
    await run(results, fresh(), {
      setting: await copying({ lanes: 2, ...agent }, { steps: 50 }),
      onPath: ({ path, reason }) => reasons.push(`${path}: ${reason}`),
    });
    expect(reasons).toEqual([said]);
  });

  it('is on the path asked for', async () => {
    const ends = async (over: object) =>
      (await run(results, fresh(), { setting: await copying({ lanes: 2 }, over) })).end.scores.bits!;
    const reference = await ends({ path: 'reference' });
    expect(await ends({ path: 'compiled', precision: 'f64' })).toBeCloseTo(reference, 9);
    const f32 = await ends({ path: 'compiled' });
    expect(f32).toBeCloseTo(reference, 3);
    expect(f32).not.toBeCloseTo(reference, 9);
  });

  it.each([
    [{ head: { id: 'linear' } }, { env: { id: 'trace-conditioning' } }, 'Cannot learn trace-conditioning in lanes'],
    [{ estimator: { id: 'uoro' } }, { path: 'compiled' }, 'Cannot take the compiled path: the estimator has no kernel'],
    [{}, { threads: 2 }, 'Cannot split lanes over threads: use --threads 1'],
  ])('is refused: %o %o', async (agent, over, message) => {
    const setting = await copying({ lanes: 2, ...agent }, over);
    await expect(run(results, fresh(), { setting })).rejects.toThrow(message);
  });
});

describe('a setting without lanes', () => {
  it('has no word of them, and the hash that it has always had', async () => {
    const setting = await smallSetting();
    for (const name of ['lanes', 'updateEvery', 'overLanes']) expect(setting.agent).not.toHaveProperty(name);
    const agent = { ...setting.agent, lanes: 1, updateEvery: 1, overLanes: 'mean' };
    expect(settingHash(await smallSetting({ agent }))).toBe(settingHash(setting));
    expect(settingHash(await smallSetting({ agent: { ...agent, lanes: 2 } }))).not.toBe(settingHash(setting));
  });
});
