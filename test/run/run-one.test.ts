/** One run on disk: whatever interrupts it, the bytes in the end are those of an uninterrupted run. */
import { cpSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Setting } from '../../src/run/setting.ts';
import { type Files, filesOf, run, smallSetting } from '../support/runs.ts';
import { put, tempFolder } from '../support/temp.ts';
import { RING_ENV } from '../support/user-files.ts';

const results = tempFolder();
let count = 0;
const fresh = (): string => `run-${count++}`;

describe.each(['an environment that saves itself', "an environment of the user's own that cannot"])(
  'in %s',
  (which) => {
    let setting: Setting;
    let whole: Files;
    beforeAll(async () => {
      const own = which.includes('cannot');
      setting = await smallSetting(own ? { env: { id: put(results, 'ring.ts', RING_ENV) } } : {});
      whole = (await run(results, fresh(), { setting })).files;
    });

    it('a run stopped anywhere, any number of times, ends with the bytes of an uninterrupted one', async () => {
      const stops = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 3 });
      const property = fc.asyncProperty(stops, async (points) => {
        const name = fresh();
        for (const [i, stopAt] of points.entries()) await run(results, name, { setting, stopAt, resume: i > 0 });
        const { end, files } = await run(results, name, { setting, resume: true });
        expect(end.status).toBe('done');
        expect(files).toEqual(whole);
      });
      await fc.assert(property, { numRuns: 6 });
    });

    it('a run killed anywhere between two chunks does so too', async () => {
      const property = fc.asyncProperty(fc.integer({ min: 1, max: 2999 }), async (killAt) => {
        const name = fresh();
        const dead = `${name}-dead`;
        let killed = false;
        await run(results, name, {
          setting,
          onStep(step) {
            if (killed || step < killAt) return;
            cpSync(join(results, name), join(results, dead), { recursive: true }); // all that a killed process leaves
            killed = true;
          },
        });
        const { end, files } = await run(results, dead, { setting, resume: true });
        expect(end.status).toBe('done');
        expect(files).toEqual(whole);
      });
      await fc.assert(property, { numRuns: 6 });
    });

    it('the same seed gives the same bytes, another seed others', async () => {
      expect((await run(results, fresh(), { setting })).files).toEqual(whole);
      const other = await run(results, fresh(), { setting, seed: 1 });
      expect(other.files.checkpoint).not.toEqual(whole.checkpoint);
      expect(other.files.metrics).not.toEqual(whole.metrics);
    });

    it('checkpoints read and change nothing, however many', async () => {
      for (const checkpointEvery of [1, 500, 5000]) {
        expect((await run(results, fresh(), { setting, checkpointEvery })).files).toEqual(whole);
      }
    });
  },
);

describe.each(['uoro', 'kf-rtrl', 'r-kf-rtrl', 'ok', 'kernl'])('a run by %s, which draws while it learns,', (id) => {
  it('ends with the bytes of an uninterrupted one after a stop, and another seed draws other noise', async () => {
    const { agent } = await smallSetting();
    const setting = await smallSetting({ agent: { ...agent, estimator: { id } }, steps: 1500 });
    const name = fresh();
    await run(results, name, { setting, stopAt: 700 });
    const { end, files } = await run(results, name, { setting, resume: true });
    expect(end.status).toBe('done');
    expect(files).toEqual((await run(results, fresh(), { setting })).files);
    expect(files.checkpoint).not.toEqual((await run(results, fresh(), { setting, seed: 1 })).files.checkpoint);
  });
});

describe('a run', () => {
  it('that is stopped says so and can be told from one that is done', async () => {
    const { end, folder } = await run(results, fresh(), { stopAt: 1000 });
    expect(end).toMatchObject({ status: 'interrupted', steps: 1024 });
    const done = await run(results, fresh());
    expect(done.end).toMatchObject({ status: 'done', steps: 3000, diverged: null });
    expect(filesOf(folder)).not.toEqual(done.files);
  });

  it('without a checkpoint yet begins anew, and old lines do not stay', async () => {
    const name = fresh();
    const first = await run(results, name, { stopAt: 10 });
    put(first.folder.path, 'metrics.jsonl', '{"step":200,"msre":9,"count":200}\n');
    unlinkSync(join(first.folder.checkpoint, 'state.ckpt'));
    const { files } = await run(results, name, { resume: true });
    expect(files).toEqual((await run(results, fresh())).files);
  });

  it('loses a torn last line of its metrics, and writes it again', async () => {
    const name = fresh();
    const { folder, files } = await run(results, name, { stopAt: 1500 });
    put(folder.path, 'metrics.jsonl', `${files.metrics}{"step":1600,"ms`);
    const resumed = await run(results, name, { resume: true });
    expect(resumed.files).toEqual((await run(results, fresh())).files);
  });

  it('scores in finer or coarser bins without a change of what is learned', async () => {
    const arrays = (files: Files): string => files.checkpoint.slice(files.checkpoint.lastIndexOf('"arrays":'));
    const fine = await run(results, fresh(), { setting: await smallSetting({ every: 50 }) });
    const coarse = await run(results, fresh(), { setting: await smallSetting({ every: 1000 }) });
    expect(arrays(fine.files)).toEqual(arrays(coarse.files));
    expect(fine.files.metrics.split('\n').length).toBeGreaterThan(50);
    const other = await run(results, fresh(), { seed: 1 });
    expect(arrays(other.files)).not.toEqual(arrays(fine.files));
  });

  it('that diverges keeps what was measured until then', async () => {
    const wild = { id: 'td-lambda', alpha: 0.2, lambda: 1 };
    const { agent } = await smallSetting();
    const setting = await smallSetting({ agent: { ...agent, rule: wild }, every: 20, steps: 20_000 });
    const { end, files } = await run(results, fresh(), { setting });
    expect(end.status).toBe('diverged');
    expect(end.diverged).toMatch(/^(prediction$|(cell|head|rule|learner)\.)/);
    expect(end.steps).toBeLessThan(20_000);
    expect(files.metrics.split('\n').length).toBeGreaterThan(1);
  });

  it('reports every step that it has lived, chunk by chunk', async () => {
    const seen: number[] = [];
    await run(results, fresh(), { onStep: (step) => seen.push(step) });
    expect(seen.slice(0, 3)).toEqual([256, 512, 768]);
    expect(seen.at(-1)).toBe(3000);
  });
});
