/** Agents that start from what another run has learned, frozen or not. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/checkpoint.ts';
import { prepare } from '../../src/run/prepare.ts';
import type { Setting } from '../../src/run/setting.ts';
import { get } from '../support/arrays.ts';
import { run, smallSetting } from '../support/runs.ts';
import { tempFolder } from '../support/temp.ts';

const results = tempFolder();
const WORLD = { env: { id: 'cycle-world', states: 3 }, window: 1000 };
const LEARNED = ['cell.params', 'head.weights', 'features.mean', 'features.variance', 'rule.nu.cell', 'rule.nu.head'];
let load: string;
let trained: number;

const settingOf = async (over: Record<string, unknown>): Promise<Setting> => {
  const { agent } = await smallSetting();
  const rule = { id: 'td-lambda', alpha: 0.02, lambda: 0 };
  return smallSetting({ ...WORLD, agent: { ...agent, cell: { id: 'lstm-columns', columns: 4 }, rule }, ...over });
};
const arraysOf = (folder: { checkpoint: string }) => readCheckpoint(join(folder.checkpoint, 'state.ckpt')).arrays;

beforeAll(async () => {
  const { end, folder } = await run(results, 'trained', { setting: await settingOf({ steps: 20_000 }) });
  load = join(folder.checkpoint, 'state.ckpt');
  trained = end.scores.msre!;
});

describe('a frozen agent', () => {
  it('predicts as well as it has learned to, on a life that it has not seen, and stays as it is', async () => {
    const setting = await settingOf({ load, learn: false });
    const { end, folder } = await run(results, 'frozen', { setting, seed: 100 });
    const untrained = await run(results, 'untrained', { setting: await settingOf({ learn: false }), seed: 100 });
    expect(end.scores.msre!).toBeLessThan(0.5 * untrained.end.scores.msre!);
    expect(end.scores.msre!).toBeLessThan(2 * trained + 1e-3);
    const [before, after] = [readCheckpoint(load).arrays, arraysOf(folder)];
    const known = LEARNED.filter((name) => before.has(name));
    expect(known.length).toBeGreaterThanOrEqual(4);
    for (const name of known) expect(after.get(name), name).toEqual(before.get(name));
  });
});

describe('an agent that learns on', () => {
  it('starts from what was learned, in a life and a time of its own', async () => {
    const setting = await settingOf({ load });
    const { folder } = await run(results, 'on', { setting, seed: 100 });
    const [before, after] = [readCheckpoint(load).arrays, arraysOf(folder)];
    expect(after.get('head.weights')).not.toEqual(before.get('head.weights'));
    expect([...after.get('learner.time')!]).toEqual([3000]);
  });

  it('begins anew even where it keeps its state across episodes', async () => {
    const { agent } = await settingOf({});
    const setting = await settingOf({ load, agent: { ...agent, keepStateAcrossEpisodes: true } });
    const { learner } = await prepare(setting, 0, () => undefined);
    const passing = ['lane.state', 'estimator.traces', 'rule.z.cell', 'learner.time'];
    for (const name of passing) expect(new Set(get(learner, name)), name).toEqual(new Set([0]));
    expect(
      readCheckpoint(load)
        .arrays.get('lane.state')!
        .some((value) => value !== 0),
    ).toBe(true);
  });

  it('is resumed from its own checkpoint, even where the one it started from is gone', async () => {
    const copy = await run(results, 'copy', { setting: await settingOf({ steps: 500 }) });
    const setting = await settingOf({ load: join(copy.folder.checkpoint, 'state.ckpt') });
    const whole = await run(results, 'whole', { setting });
    await run(results, 'stopped', { setting, stopAt: 1000 });
    rmSync(copy.folder.path, { recursive: true });
    const resumed = await run(results, 'stopped', { setting, resume: true });
    expect(resumed.files).toEqual(whole.files);
    await expect(run(results, 'anew', { setting })).rejects.toThrow(/^Cannot restore .*: there is no such file$/);
  });

  it('is refused what another structure has learned', async () => {
    const { agent } = await smallSetting();
    const other = await smallSetting({ ...WORLD, agent, load });
    await expect(run(results, 'other', { setting: other })).rejects.toThrow(
      /^Cannot restore .*use the settings it was made with$/,
    );
    const inputs = await settingOf({ load });
    const more = await smallSetting({ ...inputs, agent: { ...inputs.agent, inputs: {} } });
    await expect(run(results, 'more', { setting: more })).rejects.toThrow(/it has no array inputs\.mean/);
  });
});
