/** Who looks into a run sees what is there, and changes nothing; nothing is read while nobody looks. */
import { describe, expect, it } from 'vitest';
import { type Frame, frameText } from '../../src/run/frame.ts';
import { createControl } from '../../src/run/control.ts';
import { prepareRun } from '../../src/run/prepare-run.ts';
import { createWatch, type Inside } from '../../src/run/run-watch.ts';
import { readTrace } from '../../src/results/trace-file.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { run, smallSetting } from '../support/runs.ts';
import { smallAgent } from '../support/learners.ts';
import { tempFolder } from '../support/temp.ts';

const results = tempFolder();
let count = 0;
const fresh = (): string => `run-${count++}`;

const unpack = (packed: string): number[] => {
  const bytes = Buffer.from(packed, 'base64');
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
};
const float = (values: readonly (number | null)[]): number[] => [...Float32Array.from(values, (one) => one ?? NaN)];

/** Whoever looks is shown a frame after every chunk: a second goes by with each. */
function frameByChunk() {
  const frames: Frame[] = [];
  let time = 0;
  const watch = createWatch(
    () => time,
    () => time,
  );
  watch.look((frame) => void frames.push(frame));
  return { frames, watch, onStep: (): void => void (time += 1000) };
}

describe('a run that is watched', () => {
  const cases = [
    ['on the compiled path', {}],
    ['on the reference path', { path: 'reference' }],
    [
      'that acts',
      { agent: { id: 'acting', ...smallAgent({ head: { id: 'actor-critic' } }) }, env: { id: 't-maze' }, steps: 900 },
    ],
  ] as const;

  it.each(cases)('%s ends with the bytes of one that is not', async (_, over) => {
    const setting = await smallSetting(over);
    const { frames, watch, onStep } = frameByChunk();
    const watched = await run(results, fresh(), { setting, watch, onStep });
    const alone = await run(results, fresh(), { setting });
    expect(watched.files).toEqual(alone.files);
    expect(frames.length).toBeGreaterThan(10);
    expect(frames.at(-1)!.step).toBe(setting.steps);
    for (const frame of frames) expect(JSON.parse(frameText(frame))).toEqual(frame);
  });

  it('shows its steps, state, norms and step sizes as they are', async () => {
    const setting = await smallSetting({
      steps: 1024,
      agent: { id: 'small', ...smallAgent({ rule: { id: 'swift-td' } }) },
    });
    const { frames, watch, onStep } = frameByChunk();
    const control = createControl();
    const { folder } = await run(results, fresh(), { setting, watch, control, onStep });
    const trace = readTrace(folder.trace)!;
    const shown = frames.filter(({ steps }) => steps.count > 0 && steps.from >= trace.from);
    expect(shown.flatMap(({ steps }) => unpack(steps.prediction))).toEqual(float(trace.prediction));
    expect(shown.flatMap(({ steps }) => unpack(steps.cumulant))).toEqual(float(trace.cumulant));
    expect(shown.flatMap(({ steps }) => unpack(steps.discount))).toEqual(float(trace.discount));
    expect(shown.flatMap(({ steps }) => unpack(steps.start))).toEqual(float(trace.start));
    for (const { steps } of shown) expect(unpack(steps.observation)).toHaveLength(steps.count * steps.width);

    const again = await prepareRun(setting, 0, () => undefined);
    const report = createReportChunk(again.interaction.chunk);
    while (again.interaction.fill()) again.learner.run(again.interaction.chunk, report);
    const read = (name: string): Float64Array => {
      const into = new Float64Array(again.learner.arrays[name]!);
      again.learner.read(name, into);
      return into;
    };
    const last = frames.at(-1)!;
    expect(last.step).toBe(1024);
    expect(unpack(last.state)).toEqual([...Float32Array.from(read('lane.state'))]);
    const { slow } = last;
    const norm = (values: ArrayLike<number>): number => Math.hypot(...Array.from(values));
    for (const name of ['cell.params', 'head.weights', 'rule.z.cell', 'estimator.traces'])
      expect(slow!.norms[name], name).toBeCloseTo(norm(read(name)), 10);
    const perUnit = unpack(slow!.influence!.perUnit);
    expect(perUnit).toHaveLength(last.units);
    expect(norm(perUnit)).toBeCloseTo(norm(read('estimator.traces')), 4); // every trace belongs to one unit
    expect(slow!.influence!.norm).toBeCloseTo(norm(read('estimator.traces')), 10);
    expect(slow!.stepSizes).toMatchObject({ step: 1024, 'cell.quantiles': expect.any(Array) as unknown });
  });

  it('that asks many questions shows the first four, each as it is; one that asks one has nothing more', async () => {
    const questions = [0.9, 0.5, 0, 0.8, 0.7, 0.6].map((discount) => ({ cumulant: 'reward', discount }));
    const head = { id: 'horde', questions, recurrent: 'exact' };
    const of = async (agent: object) => {
      const setting = await smallSetting({ steps: 512, agent: { id: 'small', ...agent } });
      const { frames, watch, onStep } = frameByChunk();
      await run(results, fresh(), { setting, watch, onStep });
      return { setting, frames: frames.filter(({ steps }) => steps.count > 0) };
    };
    const { setting, frames } = await of(smallAgent({ head, rule: { id: 'td-lambda', alpha: 0.01, lambda: 0.9 } }));
    const again = await prepareRun(setting, 0, () => undefined);
    const report = createReportChunk(again.interaction.chunk);
    const columns = ['prediction', 'delta', 'cumulant', 'discount'] as const;
    const lived = Array.from(
      { length: 6 },
      () => ({ prediction: [], delta: [], cumulant: [], discount: [] }) as Record<string, number[]>,
    );
    while (again.interaction.fill()) {
      again.learner.run(again.interaction.chunk, report);
      const { prediction, delta, steps, length } = report;
      const all = { prediction, delta, cumulant: steps.cumulant, discount: steps.discount };
      for (const name of columns)
        for (let i = 0; i < 6 * length; i++) lived[i % 6]![name]!.push(Math.fround(all[name][i]!));
    }
    const more = frames.map(({ steps }) => steps.questions!);
    expect(more[0]).toMatchObject({
      of: 6,
      names: ['reward, 10 steps', 'reward, 2 steps', 'reward, 1 steps', 'reward, 5 steps'],
    });
    expect(frames.map(({ steps }) => steps.count).reduce((sum, one) => sum + one)).toBe(512);
    for (const name of columns) {
      expect(
        frames.flatMap(({ steps }) => unpack(steps[name])),
        name,
      ).toEqual(lived[0]![name]);
      for (const k of [0, 1, 2])
        expect(
          more.flatMap(({ others }) => unpack(others[k]![name])),
          name,
        ).toEqual(lived[k + 1]![name]);
    }
    expect(lived[1]!['prediction']).not.toEqual(lived[2]!['prediction']);
    for (const frame of frames) expect(JSON.parse(frameText(frame))).toEqual(frame);
    const single = await of(smallAgent());
    expect(single.frames.every(({ steps }) => !('questions' in steps))).toBe(true);
  });

  it('shows each of its single steps', async () => {
    const frames: Frame[] = [];
    const [control, watch] = [createControl(), createWatch()];
    control.onChange(({ isPaused }) => isPaused && watch.rest());
    watch.look((frame) => void frames.push(frame));
    const paused = control.command({ command: 'pause' });
    const ended = run(results, fresh(), { control, watch });
    await paused;
    for (let i = 1; i <= 3; i++) {
      await control.command({ command: 'step' });
      while (frames.at(-1)?.step !== i) await new Promise((done) => setTimeout(done, 5));
      expect(frames.at(-1)!.steps).toMatchObject({ from: i - 1, count: 1 });
      expect(frames.at(-1)!.usPerStep).toBeNull();
    }
    await control.command({ command: 'resume' });
    await ended;
  });
});

describe('frames', () => {
  /** Chunks of a learner that is only read; the clock goes on by `perChunk` with each, and by `perRead` where it is read. */
  async function watched(perChunk: number, perRead: number, chunks: number) {
    const made = await prepareRun(await smallSetting({ steps: 1e6 }), 0, () => undefined);
    const [now, frames] = [{ time: 0, reads: 0, step: 0 }, [] as { at: number; frame: Frame }[]];
    const watch = createWatch(
      () => now.time,
      () => now.time,
    );
    const learner = {
      ...made.learner,
      read(name: string, into: Float64Array) {
        [now.time, now.reads] = [now.time + perRead, now.reads + 1];
        made.learner.read(name, into);
      },
    };
    const inside: Inside = { ...made, stepSizes: null, learner, time: () => now.step };
    watch.begin(inside);
    made.interaction.fill();
    const report = createReportChunk(made.interaction.chunk);
    made.learner.run(made.interaction.chunk, report);
    const live = (n: number): void => {
      for (let i = 0; i < n; i++) {
        [now.time, now.step] = [now.time + perChunk, now.step + 256];
        if (watch.isOn) watch.push(report, now.step);
      }
    };
    const away = watch.look((frame) => void frames.push({ at: now.time, frame }));
    live(chunks);
    return { now, frames, away, live, watch };
  }

  it('come fifteen times a second at most, of fast runs and of slow ones, and no less where they cost nothing', async () => {
    for (const perChunk of [0.01, 0.3, 5, 70]) {
      const { frames, now } = await watched(perChunk, 0, Math.ceil(10_000 / perChunk));
      const perSecond = frames.length / (now.time / 1000);
      expect(perSecond, String(perChunk)).toBeLessThanOrEqual(15.2);
      expect(perSecond, String(perChunk)).toBeGreaterThan(Math.min(13, 800 / perChunk));
      const counts = frames.slice(1).map(({ frame }) => frame.steps.count);
      expect(Math.min(...counts), String(perChunk)).toBe(perChunk > 60 ? 256 : 512);
      expect(frames.filter(({ frame }) => frame.slow !== null).length).toBeLessThanOrEqual(now.time / 250 + 1);
    }
  });

  it('take at most two per cent of the time, however long they take to read', async () => {
    for (const perRead of [0.05, 1, 20]) {
      const { now } = await watched(1, perRead, 100_000);
      expect((now.reads * perRead) / now.time, String(perRead)).toBeLessThan(0.02);
      expect(now.reads).toBeGreaterThan(10);
    }
  });

  it('none comes, and nothing is read, while nobody looks', async () => {
    const { now, frames, away, live, watch } = await watched(1, 0, 500);
    away();
    const before = { reads: now.reads, frames: frames.length };
    expect([watch.isOn, before.frames > 3]).toEqual([false, true]);
    live(500);
    watch.rest();
    await new Promise((done) => setTimeout(done, 60));
    expect({ reads: now.reads, frames: frames.length }).toEqual(before);
  });
});
