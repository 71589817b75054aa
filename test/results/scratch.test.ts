import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { checkpointPath, runOne } from '../../src/run/run-one.ts';
import type { Setting } from '../../src/run/setting.ts';
import { createRunFolder, openRunFolder, type RunFolder } from '../../src/results/run-folder.ts';
import { onScratch } from '../../src/results/scratch.ts';
import { filesOf, smallSetting } from '../support/runs.ts';
import { tempFolder } from '../support/temp.ts';

/** Called after each file that is replaced. */
let onWrite: (path: string) => void = () => undefined;
vi.mock(import('../../src/results/atomic-write.ts'), async (original) => {
  const { atomicWrite } = await original();
  return {
    atomicWrite(path, data) {
      atomicWrite(path, data);
      onWrite(path);
    },
  };
});

function filesBelow(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return all.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
}

/** A run in the results folder with nothing but its record. */
function begun(results: string, setting: Setting): RunFolder {
  const folder = createRunFolder({ results, experiment: 'x', setting, seed: 0 });
  writeFileSync(folder.record, '{"status":"running"}');
  return folder;
}

interface Life {
  readonly setting: Setting;
  readonly resume?: boolean;
  readonly stopAt?: number;
}

/** A run on scratch, as startRun does it: copied back at every checkpoint and at its end. */
async function live(folder: RunFolder, disk: string, { setting, resume = false, stopAt = Infinity }: Life) {
  const scratch = onScratch(folder, disk);
  const stop = new AbortController();
  const end = await runOne({
    setting,
    seed: 0,
    folder: scratch.folder,
    resume,
    checkpointEvery: 500,
    stop: stop.signal,
    onStep: (step) => step >= stopAt && stop.abort(),
    onCheckpoint: () => scratch.save(),
  });
  writeFileSync(scratch.folder.record, `{"status":"${end.status}"}`);
  scratch.save();
  scratch.release();
}

const STEPS = 2000;

describe('a run on a scratch disk', () => {
  it('leaves in the results what it would have written there, and nothing on the disk', async () => {
    const [here, there, disk] = [tempFolder(), tempFolder(), tempFolder()];
    const setting = await smallSetting({ steps: STEPS });
    const plain = begun(here, setting);
    await runOne({ setting, seed: 0, folder: plain, checkpointEvery: 500 });
    const folder = begun(there, setting);
    await live(folder, disk, { setting });
    expect(filesOf(folder)).toEqual(filesOf(plain));
    expect(filesBelow(folder.path)).toEqual(filesBelow(plain.path));
    expect(JSON.parse(readFileSync(folder.record, 'utf8'))).toEqual({ status: 'done' });
    expect(filesBelow(disk)).toEqual([]);
  });

  it('is valid in the results after every single file that is copied there: killed then, it ends with the same bytes', async () => {
    const [results, disk, moments] = [tempFolder(), tempFolder(), tempFolder()];
    const setting = await smallSetting({ steps: STEPS });
    const folder = begun(results, setting);
    let moment = 0;
    onWrite = (path) => {
      if (path.startsWith(results))
        cpSync(folder.path, join(moments, String(moment++), 'x', 'h', '0'), { recursive: true });
    };
    await live(folder, disk, { setting });
    onWrite = () => undefined;
    const undisturbed = filesOf(folder);
    expect(moment).toBeGreaterThan(9);
    let restored = 0;
    for (let i = 0; i < moment; i++) {
      const killed = openRunFolder(join(moments, String(i), 'x', 'h', '0'));
      const isDone = readFileSync(killed.record, 'utf8').includes('done');
      if (isDone) expect(filesOf(killed)).toEqual(undisturbed);
      if (existsSync(checkpointPath(killed))) restored++;
      await live(killed, disk, { setting, resume: true });
      expect(filesOf(killed)).toEqual(undisturbed);
    }
    expect(restored).toBeGreaterThan(5);
  });

  it('would not be, were the checkpoint copied without the rows that belong to it', async () => {
    const [results, disk] = [tempFolder(), tempFolder()];
    const setting = await smallSetting({ steps: STEPS });
    const folder = begun(results, setting);
    await live(folder, disk, { setting });
    const undisturbed = filesOf(folder);
    rmSync(folder.metrics);
    await live(folder, disk, { setting, resume: true });
    expect(filesOf(folder)).not.toEqual(undisturbed);
  });

  it('goes on from the results, not from what an earlier turn has left on the disk', async () => {
    const [results, disk, plain] = [tempFolder(), tempFolder(), tempFolder()];
    const setting = await smallSetting({ steps: STEPS });
    const folder = begun(results, setting);
    await live(folder, disk, { setting, stopAt: 1000 });
    const stale = onScratch(folder, disk).folder.path; // as a killed process leaves it
    writeFileSync(join(stale, 'metrics.jsonl'), '{"step":1,"stale":true}\n');
    await live(folder, disk, { setting, resume: true });
    const undisturbed = begun(plain, setting);
    await runOne({ setting, seed: 0, folder: undisturbed, checkpointEvery: 500 });
    expect(filesOf(folder)).toEqual(filesOf(undisturbed));
  });

  it('has a place of its own there: another results folder may hold the same run', async () => {
    const disk = tempFolder();
    const setting = await smallSetting({ steps: STEPS });
    const [one, other] = [begun(tempFolder(), setting), begun(tempFolder(), setting)];
    const first = onScratch(one, disk);
    writeFileSync(first.folder.metrics, '{"step":1}\n');
    onScratch(other, disk).save();
    first.save();
    expect(readFileSync(one.metrics, 'utf8')).toBe('{"step":1}\n');
    expect(existsSync(other.metrics)).toBe(false);
  });

  it('says in one line that the disk takes nothing', async () => {
    const folder = begun(tempFolder(), await smallSetting());
    expect(() => onScratch(folder, '/proc/nowhere')).toThrow(
      'Cannot write to the scratch folder /proc/nowhere: no folder can be made there',
    );
  });

  it('is in the results themselves where there is no such disk', async () => {
    const folder = begun(tempFolder(), await smallSetting());
    expect(onScratch(folder, undefined).folder).toBe(folder);
  });
});
