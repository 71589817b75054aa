/** trace.json and step-sizes.jsonl of small runs, beside what a plain loop over the same learner sees. */
import { appendFileSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/checkpoint.ts';
import { readMetrics } from '../../src/results/metrics-file.ts';
import { readTrace } from '../../src/results/trace-file.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { prepare } from '../../src/run/prepare.ts';
import { checkpointPath } from '../../src/run/run-one.ts';
import type { Setting } from '../../src/run/setting.ts';
import { run, smallSetting } from '../support/runs.ts';
import { tempFolder } from '../support/temp.ts';

const results = tempFolder();
let count = 0;
const fresh = (): string => `run-${count++}`;

const withRule = async (rule: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<Setting> =>
  smallSetting({ agent: { ...(await smallSetting()).agent, rule }, ...more });

describe('trace.json', () => {
  it('holds the last 512 steps as the learner and the environment had them', async () => {
    const setting = await smallSetting();
    const { folder } = await run(results, fresh(), { setting });
    const trace = readTrace(folder.trace)!;
    const { learner, interaction } = await prepare(setting, 0, () => undefined);
    const report = createReportChunk(interaction.chunk);
    const seen = { prediction: [], cumulant: [], discount: [], start: [] } as Record<string, number[]>;
    while (interaction.fill()) {
      learner.run(interaction.chunk, report);
      seen['prediction']!.push(...report.prediction.subarray(0, report.length));
      for (const name of ['cumulant', 'discount', 'start'] as const)
        seen[name]!.push(...interaction.chunk[name].subarray(0, report.length));
    }
    expect(trace.from).toBe(3000 - 512);
    for (const [name, values] of Object.entries(seen)) {
      expect(values).toHaveLength(3000);
      expect(trace[name as 'prediction']).toEqual(values.slice(-512));
      if (name === 'prediction') expect(trace.prediction).not.toEqual(values.slice(-513, -1)); // the control
    }
    expect(trace.value).toBeNull();
  });

  it("holds a short run whole, and the environment's own value where it has one", async () => {
    const env = { id: 'cycle-world' };
    const { folder } = await run(results, fresh(), { setting: await smallSetting({ env, steps: 300 }) });
    const trace = readTrace(folder.trace)!;
    expect(trace.from).toBe(0);
    expect(trace.prediction).toHaveLength(300);
    expect(trace.start[0]).toBe(1);
    expect(trace.value).toHaveLength(300);
    expect(trace.value!.every((value) => typeof value === 'number')).toBe(true);
  });

  it('is written where a run is done, and kept in checkpoints of its last steps alone', async () => {
    const name = fresh();
    const held: [number, number][] = [];
    const keep = (step: number, path: string): void => {
      const { trace } = readCheckpoint(path).state as { trace?: { prediction: number[] } };
      held.push([step, trace?.prediction.length ?? 0]);
    };
    const { folder } = await run(results, name, { stopAt: 2800, checkpointEvery: 256, onCheckpoint: keep });
    expect(readTrace(folder.trace)).toBeNull();
    held.pop(); // of the stop itself
    await run(results, name, { resume: true, checkpointEvery: 256, onCheckpoint: keep });
    expect(readTrace(folder.trace)!.prediction).toHaveLength(512);
    expect(held.filter(([step]) => step <= 2488).every(([, length]) => length === 0)).toBe(true);
    expect(held.filter(([step]) => step > 2488)).toEqual([
      [2560, 72],
      [2816, 328],
      [3000, 0], // on disk by then
    ]);
  });

  it('outlives a run that was killed at its very end, after its last checkpoint', async () => {
    const name = fresh();
    const { files } = await run(results, name);
    expect((await run(results, name, { resume: true })).files).toEqual(files);
  });
});

describe('step-sizes.jsonl', () => {
  it('has a line per stretch of metrics: five ranks, and weights at even places', async () => {
    const { folder } = await run(results, fresh());
    const rows = readMetrics(folder.stepSizes);
    const { learner, stepSizes } = await prepare(await smallSetting(), 0, () => undefined);
    const ends = Array.from({ length: 15 }, (_, i) => Math.min(3000, Math.ceil(((i + 1) * 200) / 256) * 256));
    expect(rows.map(({ step }) => step)).toEqual([...new Set(ends)]); // steps come in chunks of 256
    const { arrays } = readCheckpoint(checkpointPath(folder));
    for (const [name, values] of arrays) learner.write(name, values);
    for (const { name, length } of stepSizes!.groups) {
      const sizes = new Float64Array(length);
      stepSizes!.read(name, sizes);
      const places = Array.from({ length: Math.min(16, length) }, (_, j) => Math.floor((j * length) / 16));
      expect(rows.at(-1)![`${name}.sample`]).toEqual(length < 16 ? [...sizes] : places.map((i) => sizes[i]));
      const sorted = [...sizes].sort((a, b) => a - b);
      const five = rows.at(-1)![`${name}.quantiles`] as number[];
      expect([five[0], five[4]]).toEqual([sorted[0], sorted.at(-1)]);
      expect(five[2]).toBe(sorted[Math.round((length - 1) / 2)]);
      expect(rows[0]![`${name}.quantiles`]).not.toEqual(five); // the control: they move
    }
  });

  it.each(['compiled', 'reference'] as const)('says by rmsprop what its formula says of nu: %s path', async (path) => {
    const rule = { id: 'rmsprop', alpha: 3e-4, headAlpha: 1e-4, epsilon: 1e-8 };
    const { folder } = await run(results, fresh(), { setting: await withRule(rule, { path, steps: 1000 }) });
    const nu = readCheckpoint(checkpointPath(folder)).arrays.get('rule.nu.head')!;
    const row = readMetrics(folder.stepSizes).at(-1)!;
    const expected = [...nu].slice(0, 16).map((value) => 1e-4 / (Math.sqrt(value) + 1e-8));
    expect((row['head.sample'] as number[]).slice(0, expected.length)).toEqual(expected);
  });

  it('of swift-td at the head, beside rmsprop at the cell, is the same on both paths while they agree', async () => {
    const { agent } = await smallSetting();
    const both = { ...agent, rule: { id: 'rmsprop' }, headRule: { id: 'swift-td', lambda: 0.9 } };
    const rowsOn = async (path: string) => {
      const setting = await smallSetting({ agent: both, path, precision: 'f64', steps: 256 });
      return readMetrics((await run(results, fresh(), { setting })).folder.stepSizes);
    };
    const [compiled, reference] = [(await rowsOn('compiled')).at(-1)!, (await rowsOn('reference')).at(-1)!];
    for (const name of ['cell.sample', 'head.sample', 'cell.quantiles', 'head.quantiles']) {
      const values = reference[name] as number[];
      (compiled[name] as number[]).forEach((value, i) => expect(value / values[i]!).toBeCloseTo(1, 9));
    }
    const start = (await prepare(await smallSetting({ agent: both }), 0, () => undefined)).stepSizes!;
    for (const { name, length } of start.groups) {
      const first = new Float64Array(length);
      start.read(name, first);
      expect(compiled[`${name}.sample`]).not.toEqual([...first].slice(0, 16)); // the control: they moved
    }
  });

  it.each(['td-lambda', 'true-online-td', 'tdc'])('is not there where %s keeps them fixed', async (id) => {
    const { files } = await run(results, fresh(), { setting: await withRule({ id, alpha: 1e-3 }, { steps: 600 }) });
    expect(files.stepSizes).toBe('');
  });

  it('is not there where nothing is learned', async () => {
    const { files } = await run(results, fresh(), { setting: await smallSetting({ learn: false, steps: 600 }) });
    expect(files.stepSizes).toBe('');
  });

  const rules = [
    'idbd',
    'tidbd',
    'autostep-tidbd',
    'k1',
    'k2',
    'obgd',
    'adam',
    'metatrace',
    'metaoptimize',
    'swift-td',
  ];
  it.each(rules)('of %s has the same bytes after a stop', async (id) => {
    const setting = await withRule({ id }, { steps: 1500, every: 100 });
    const whole = (await run(results, fresh(), { setting })).files;
    const name = fresh();
    await run(results, name, { setting, stopAt: 700 });
    const { files, folder } = await run(results, name, { setting, resume: true });
    expect(files).toEqual(whole);
    expect(readMetrics(folder.stepSizes).length).toBeGreaterThan(0);
  });

  it('loses what came after the checkpoint that a killed run goes on from', async () => {
    const name = fresh();
    const { folder, files } = await run(results, name, { stopAt: 1500 });
    const before = readFileSync(folder.stepSizes, 'utf8');
    expect(files.stepSizes).toBe(before);
    const whole = (await run(results, fresh())).files;
    appendFileSync(folder.stepSizes, '{"step":2000,"head.sample":[9]}\n{"step":2048,"he');
    expect((await run(results, name, { resume: true })).files).toEqual(whole);
  });
});
