/** A run once more: its bytes agree, and whatever was tampered with is found and named. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openRunFolder, type RunFolder } from '../../src/results/run-folder.ts';
import { updateRunRecord } from '../../src/results/run-record.ts';
import { type Compared, openOriginal, rerun } from '../../src/run/rerun.ts';
import { startRun } from '../../src/run/start-run.ts';
import { smallSetting } from '../support/runs.ts';
import { tempFolder } from '../support/temp.ts';

interface Asked {
  readonly over?: Record<string, unknown>;
  readonly stopAt?: number;
  readonly checkpointEvery?: number;
}

async function original({ over = {}, stopAt = Infinity, checkpointEvery = 700 }: Asked = {}): Promise<RunFolder> {
  const stop = new AbortController();
  const job = {
    experiment: 'e',
    setting: await smallSetting({ steps: 2000, ...over }),
    seed: 3,
    results: tempFolder(),
  };
  const onStep = (step: number): void => void (step >= stopAt && stop.abort());
  return openRunFolder((await startRun({ ...job, checkpointEvery }, { stop: stop.signal, onStep })).folder);
}

const again = async (folder: RunFolder): Promise<Compared[]> =>
  (await rerun(await openOriginal(folder.path), tempFolder(), { stop: new AbortController().signal }))!;

const differing = async (folder: RunFolder) => (await again(folder)).filter(({ difference }) => difference !== null);

function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, 'utf8');
  expect(change(before)).not.toBe(before);
  writeFileSync(path, change(before));
}

describe('a rerun', () => {
  it('of a run that is done agrees in every file, whatever the folder, the hour and the number of checkpoints', async () => {
    for (const checkpointEvery of [256, 5000]) {
      const compared = await again(await original({ checkpointEvery }));
      expect(compared).toEqual(
        ['end', 'metrics.jsonl', 'step-sizes.jsonl', 'trace.json', 'checkpoint/state.ckpt', 'scores'].map((what) => ({
          what,
          difference: null,
        })),
      );
    }
  });

  it('of a run that was interrupted, or killed after more lines, agrees up to its last checkpoint', async () => {
    const folder = await original({ stopAt: 1300 });
    expect(await differing(folder)).toEqual([]);
    updateRunRecord(folder.record, { status: 'running' });
    writeFileSync(folder.metrics, `${readFileSync(folder.metrics, 'utf8')}{"step":1800,"msre":9,"count":200}\n{"st`);
    const compared = await again(folder);
    expect(compared.filter(({ difference }) => difference)).toEqual([]);
    expect(compared.map(({ what }) => what)).toEqual([
      'end',
      'metrics.jsonl',
      'step-sizes.jsonl',
      'checkpoint/state.ckpt',
    ]);
  });

  it('of a run that diverged diverges at the same step in the same array', async () => {
    const { agent } = await smallSetting();
    const over = { agent: { ...agent, rule: { id: 'td-lambda', alpha: 0.2, lambda: 1 } }, steps: 20_000, every: 20 };
    const folder = await original({ over, checkpointEvery: 256 });
    expect(JSON.parse(readFileSync(folder.record, 'utf8'))).toMatchObject({ status: 'diverged' });
    expect(await differing(folder)).toEqual([]);
    edit(folder.record, (text) => text.replace(/"diverged": "[^"]+"/, '"diverged": "head.w"'));
    expect(await differing(folder)).toMatchObject([{ what: 'end', difference: { at: 'diverged', then: 'head.w' } }]);
  });

  it('names the line and the value of metrics that were tampered with', async () => {
    const folder = await original();
    edit(folder.metrics, (text) => text.replace(/("step":400,"msre":)[^,]+/, '$10.5'));
    const [found, ...others] = await differing(folder);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ what: 'metrics.jsonl', difference: { at: 'line 2, msre', then: 0.5 } });
    expect(found!.difference!.now).toBeGreaterThan(0);
  });

  it('names a step of the trace, and a score', async () => {
    const folder = await original();
    edit(folder.trace, (text) => text.replace(/"prediction":\[[^,]+/, '"prediction":[7'));
    edit(folder.record, (text) => text.replace(/"msre": [^,]+/, '"msre": 7'));
    expect(await differing(folder)).toMatchObject([
      { what: 'trace.json', difference: { at: 'line 1, prediction[0]', then: 7 } },
      { what: 'scores', difference: { at: 'msre', then: 7 } },
    ]);
  });

  it('of another seed, or with another alpha, differs everywhere', async () => {
    const folder = await original();
    updateRunRecord(folder.record, { seed: 4 });
    const everywhere = ['metrics.jsonl', 'step-sizes.jsonl', 'trace.json', 'checkpoint/state.ckpt', 'scores'];
    expect((await differing(folder)).map(({ what }) => what)).toEqual(everywhere);
    updateRunRecord(folder.record, { seed: 3 });
    expect(await differing(folder)).toEqual([]);
    const { alpha } = (await openOriginal(folder.path)).setting.agent.rule as { alpha?: number };
    edit(folder.record, (text) => text.replace(`"alpha": ${alpha}`, `"alpha": ${2 * alpha!}`));
    expect((await differing(folder)).map(({ what }) => what)).toEqual(everywhere);
    const { circumstances } = await openOriginal(folder.path);
    expect(circumstances.map(({ what }) => what)).toEqual(['setting']); // which its folder is not named after
  });

  it('says what was otherwise then', async () => {
    const folder = await original();
    expect((await openOriginal(folder.path)).circumstances).toEqual([]);
    updateRunRecord(folder.record, { code: '0123456789', versions: { node: '1.2.3' }, host: { cpu: 'abacus' } });
    const { circumstances } = await openOriginal(folder.path);
    expect(circumstances.map(({ what }) => what)).toEqual(['code', 'agent-state', 'node', 'v8', 'processor']);
    expect(circumstances[0]).toMatchObject({ then: '0123456789' });
  });

  it('is refused where there is nothing to compare with, or what it was loaded from is gone', async () => {
    const early = await original({ stopAt: 1 });
    rmSync(early.checkpoint, { recursive: true });
    await expect(openOriginal(early.path)).rejects.toThrow(
      /^Cannot rerun .*: it was cut short before its first checkpoint; go on with: agent-state resume /,
    );
    const source = await original();
    const load = `${source.checkpoint}/state.ckpt`;
    const loaded = await original({ over: { load } });
    expect(await differing(loaded)).toEqual([]);
    rmSync(load);
    await expect(openOriginal(loaded.path)).rejects.toThrow(
      /it was loaded from .*state.ckpt, which is gone; put it back/,
    );
  });
});
