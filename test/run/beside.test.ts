/** Estimators beside a run: what they leave on disk is an audit's, and of the run itself they change nothing. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readMetrics } from '../../src/results/metrics-file.ts';
import { openRunFolder, type RunFolder } from '../../src/results/run-folder.ts';
import { type BesideRecord, readRunRecord } from '../../src/results/run-record.ts';
import { auditEntries, type LeftOut } from '../../src/run/audit-entries.ts';
import { prepareAudit } from '../../src/run/audit-one.ts';
import { openOriginal, rerun } from '../../src/run/rerun.ts';
import type { Setting } from '../../src/run/setting.ts';
import { startRun } from '../../src/run/start-run.ts';
import { type Files, run, smallSetting } from '../support/runs.ts';
import { tempFolder } from '../support/temp.ts';

const results = tempFolder();
let count = 0;
const fresh = (): string => `run-${count++}`;

let setting: Setting;
beforeAll(async () => {
  const { agent } = await smallSetting();
  const own = { ...agent, cell: { id: 'gru', units: 3 }, estimator: { id: 'snap' } };
  setting = await smallSetting({ agent: own, steps: 1500, path: 'reference' });
});

async function chosen(list: string, kind: 'shadow' | 'probe' = 'shadow'): Promise<BesideRecord> {
  const estimators = await auditEntries(list, setting.agent.estimator);
  const reference = { kind, exactMacs: 0, budget: 1e6, stretch: 100 };
  return { estimators, reference, leftOut: [] };
}

const without = (files: Files): Files => ({ ...files, alignment: '' });

describe.each(['shadow', 'probe'] as const)('estimators beside a run, held against a %s,', (kind) => {
  let beside: BesideRecord;
  let whole: Files;
  beforeAll(async () => {
    beside = await chosen('uoro,kf-rtrl,tbptt:window=5,rtrl,bptt:length=12', kind); // the last one gives up
    whole = (await run(results, fresh(), { setting, beside })).files;
  });

  it('change no byte of what the run itself leaves behind', async () => {
    const alone = await run(results, fresh(), { setting });
    expect(without(whole)).toEqual(without(alone.files));
    expect(alone.files.alignment).toBe('');
    const other = await run(results, fresh(), { setting, seed: 1 });
    expect(without(other.files)).not.toEqual(without(whole)); // control
  });

  it('are told of as an audit of the same steps tells of them', async () => {
    const told: object[] = [];
    const audit = await prepareAudit({ setting, seed: 0, entries: beside.estimators, reference: beside.reference });
    await audit.live({
      onWindow(step, alignments) {
        const rows = Object.entries(alignments).map(([label, { cosine, relativeError, normRatio }]) => [
          label,
          { cosine, relativeError, normRatio },
        ]);
        told.push({ step, ...Object.fromEntries(rows) });
      },
    });
    const rows = whole.alignment.trim().split('\n');
    expect(rows).toEqual(told.map((row) => JSON.stringify(row)));
    expect(rows).toHaveLength(8); // seven of 200 steps, one of 100
    expect(Object.keys(JSON.parse(rows.at(-1)!) as object)).toEqual([
      'step',
      'snap',
      'uoro',
      'kf-rtrl',
      'tbptt window=5',
      'rtrl',
    ]);
  });

  it('leave the same lines wherever the run is stopped and taken up again', async () => {
    const stops = fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 3 });
    const property = fc.asyncProperty(stops, async (points) => {
      const name = fresh();
      for (const [i, stopAt] of points.entries()) await run(results, name, { setting, beside, stopAt, resume: i > 0 });
      expect((await run(results, name, { setting, beside, resume: true })).files).toEqual(whole);
    });
    await fc.assert(property, { numRuns: 5 });
  });

  it('do so too where it is killed between two checkpoints, or between theirs and its own', async () => {
    const property = fc.asyncProperty(fc.integer({ min: 1, max: 1499 }), fc.boolean(), async (killAt, isTorn) => {
      const [name, dead] = [fresh(), fresh()];
      let own: string | null = null; // state.ckpt as it was before
      await run(results, name, {
        ...{ setting, beside, checkpointEvery: 256 },
        onCheckpoint(step, path) {
          if (step >= killAt && own !== null) {
            rmSync(join(results, dead), { recursive: true, force: true });
            cpSync(join(results, name), join(results, dead), { recursive: true });
            if (isTorn) writeFileSync(path.replace(`/${name}/`, `/${dead}/`), own, 'latin1');
            killAt = Infinity;
          }
          own = readFileSync(path, 'latin1');
        },
      });
      expect((await run(results, dead, { setting, beside, resume: true })).files).toEqual(whole);
    });
    await fc.assert(property, { numRuns: 5 });
  });
});

describe('an estimator beside a run', () => {
  it('that gives up is told of once, and the run goes on', async () => {
    const told: [number, LeftOut][] = [];
    const onLeftOut = (step: number, left: LeftOut): number => told.push([step, left]);
    const beside = await chosen('bptt:length=12');
    const name = fresh();
    await run(results, name, { setting, beside, onLeftOut, stopAt: 700 });
    const { end } = await run(results, name, { setting, beside, onLeftOut, resume: true });
    const reason = expect.stringContaining('Cannot go back through step 13') as string;
    expect([end.status, told]).toEqual(['done', [[200, { label: 'bptt length=12', reason }]]]);
  });

  it('that cannot forget a unit is left out where one is replaced; others go on, and what they are held against too', async () => {
    const growth = { id: 'generate-and-test', rate: 0.01, maturity: 200 };
    const agent = { ...setting.agent, cell: { id: 'lstm-columns', columns: 4 }, estimator: { id: 'columnar' }, growth };
    const growing = await smallSetting({ agent, steps: 3000, path: 'reference' });
    const estimators = await auditEntries('snap,uoro', growing.agent.estimator);
    const beside = { ...(await chosen('snap')), estimators };
    const told: LeftOut[] = [];
    const onLeftOut = (_step: number, left: LeftOut): number => told.push(left);
    const { folder, files } = await run(results, fresh(), { setting: growing, beside, onLeftOut });
    expect(told).toEqual([{ label: 'uoro', reason: 'a unit was replaced, and it cannot forget one' }]);
    const last = readMetrics(folder.alignment).at(-1) as unknown as Record<string, { relativeError: number }>;
    expect(Object.keys(last)).toEqual(['step', 'columnar', 'snap']);
    for (const name of ['columnar', 'snap']) expect(last[name]!.relativeError).toBeLessThan(1e-12);
    expect(without(files)).toEqual(without((await run(results, fresh(), { setting: growing })).files));
  });

  it('whose own checkpoint is gone is left out from there on, and the run ends as it would have', async () => {
    const beside = await chosen('uoro');
    const name = fresh();
    const { folder } = await run(results, name, { setting, beside, stopAt: 700 });
    for (const i of [0, 1]) rmSync(join(folder.checkpoint, `beside-${i}.ckpt`), { force: true });
    const told: [number, string][] = [];
    const onLeftOut = (step: number, { label }: LeftOut): number => told.push([step, label]);
    const { files } = await run(results, name, { setting, beside, onLeftOut, resume: true });
    const at = 768;
    expect(told).toEqual([
      [at, 'snap'],
      [at, 'uoro'],
    ]);
    expect(readMetrics(folder.alignment).map(({ step }) => step)).toEqual([200, 400, 600]);
    expect(without(files)).toEqual(without((await run(results, fresh(), { setting })).files));
  });

  it.each([
    ['does not learn', { learn: false }, 'Cannot run estimators beside an agent that does not learn'],
    [
      'is not on the reference path',
      { path: 'compiled' },
      'Cannot run estimators beside an agent on the compiled path',
    ],
  ])('is refused where the agent %s', async (_, over, words) => {
    const beside = await chosen('uoro');
    await expect(run(results, fresh(), { setting: { ...setting, ...over } as Setting, beside })).rejects.toThrow(words);
  });

  it('cannot watch an agent of several lanes', async () => {
    const agent = { ...setting.agent, head: { id: 'softmax' }, lanes: 2 };
    const env = { id: 'hidden-markov-text', states: 3, symbols: 6 };
    const lanes = await smallSetting({ agent, env, steps: 512, path: 'reference' });
    await expect(run(results, fresh(), { setting: lanes, beside: await chosen('uoro') })).rejects.toThrow(
      'Cannot run estimators beside an agent of several lanes',
    );
  });
});

describe('run.json', () => {
  const started = async (stopAt = Infinity): Promise<RunFolder> => {
    const stop = new AbortController();
    const beside = await chosen('uoro');
    const job = { experiment: fresh(), setting, seed: 3, results: tempFolder(), beside, checkpointEvery: 256 };
    const onStep = (step: number): void => void (step >= stopAt && stop.abort());
    return openRunFolder((await startRun(job, { stop: stop.signal, onStep })).folder);
  };

  it('says who looked on, so that a run that is taken up has them again, and a rerun holds their lines against its own', async () => {
    const whole = await started();
    const { beside, files } = readRunRecord(whole.record);
    expect(beside).toEqual(await chosen('uoro'));
    expect(files!['alignment.jsonl']).toBe(readFileSync(whole.alignment).length);
    const stopped = await started(700);
    expect(readFileSync(stopped.alignment)).not.toEqual(readFileSync(whole.alignment));
    const { experiment, path } = stopped;
    await startRun({ experiment, setting, seed: 3, results: '', resume: path });
    expect(readFileSync(stopped.alignment)).toEqual(readFileSync(whole.alignment));
    const again = async () => rerun(await openOriginal(path), tempFolder(), { stop: new AbortController().signal });
    expect((await again())!.filter(({ difference }) => difference)).toEqual([]);
    writeFileSync(stopped.alignment, readFileSync(stopped.alignment, 'utf8').replace(/("cosine":)[^,]+/, '$10.5'));
    expect((await again())!.filter(({ difference }) => difference)).toMatchObject([
      { what: 'alignment.jsonl', difference: { at: 'line 1, snap.cosine', then: 0.5 } },
    ]);
  });
});
