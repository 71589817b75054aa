/** A run that is held, stepped, saved and let go ends with the bytes of one that was left alone. */
import { join } from 'node:path';
import { createRng } from '@rl-tools/envs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createControl, type Command, type RunControl } from '../../src/run/control.ts';
import type { Setting } from '../../src/run/setting.ts';
import { readMetrics } from '../../src/results/metrics-file.ts';
import { type Files, filesOf, run, type RunHere, smallSetting } from '../support/runs.ts';
import { smallAgent } from '../support/learners.ts';
import { put, tempFolder } from '../support/temp.ts';
import { RING_ENV } from '../support/user-files.ts';

const results = tempFolder();
let count = 0;
const fresh = (): string => `run-${count++}`;

/** A run that is steered by what comes, one command after the other, from its first step on. */
async function steered(script: (control: RunControl) => Promise<unknown>, options: RunHere = {}) {
  const control = createControl();
  const paused = control.command({ command: 'pause' });
  const ended = run(results, fresh(), { ...options, control });
  await paused;
  const [told, ran] = await Promise.all([script(control), ended]);
  return { told, control, ...ran };
}

const acting = {
  agent: { id: 'acting', ...smallAgent({ head: { id: 'actor-critic' } }) },
  env: { id: 't-maze' },
  steps: 900,
  every: 200,
};
const cases: [string, () => Promise<Setting>][] = [
  ['predicts, on the reference path', () => smallSetting({ path: 'reference', steps: 3000, every: 300 })],
  ['predicts, on the compiled path', () => smallSetting({ steps: 3000, every: 300 })],
  [
    'learns its step sizes',
    () => smallSetting({ agent: { id: 'small', ...smallAgent({ rule: { id: 'swift-td' } }) }, every: 300 }),
  ],
  ['acts', () => smallSetting(acting)],
  [
    'lives in an environment that cannot be saved',
    () => smallSetting({ env: { id: put(results, 'ring.ts', RING_ENV) }, every: 300 }),
  ],
];

describe.each(cases)('a run that %s', (_, settingOf) => {
  let setting: Setting;
  let alone: Files;
  beforeAll(async () => {
    setting = await settingOf();
    alone = (await run(results, fresh(), { setting })).files;
  });

  it('ends the same, however it is steered', async () => {
    for (let seed = 0; seed < 3; seed++) {
      const rng = createRng(`steer/${seed}`);
      const { files, end } = await steered(
        async (control) => {
          while (!control.state.isOver) {
            const commands: Command[] = [
              { command: 'step' },
              { command: 'step', steps: rng.integer(1, 300) },
              { command: 'chunk' },
              { command: 'checkpoint' },
              { command: 'pause' },
            ];
            if (rng.uniform() < 0.02) await control.command({ command: 'resume' });
            await control.command(commands[rng.integer(0, commands.length - 1)]!);
          }
        },
        { setting },
      );
      expect(end.status).toBe('done');
      expect(files).toEqual(alone);
    }
  });

  it('and another seed does not', async () => {
    expect((await run(results, fresh(), { setting, seed: 1 })).files).not.toEqual(alone);
  });

  it('stopped within a chunk it saves itself at its end, and goes on to the same bytes', async () => {
    const stop = new AbortController();
    const name = fresh();
    const control = createControl();
    const paused = control.command({ command: 'step', steps: 301 });
    const ended = run(results, name, { setting, control, onStep: () => stop.signal.aborted, stopAt: 301 });
    await paused;
    const { end, folder } = await ended;
    expect(end.status).toBe('interrupted');
    expect(end.steps % (setting.env.id === 't-maze' ? 1 : 256)).toBe(0);
    await run(results, name, { setting, resume: true });
    expect(filesOf(folder)).toEqual(alone);
  });
});

describe('steps', () => {
  it('are as many as were asked for, and none comes by itself', async () => {
    const setting = await smallSetting({ steps: 3000 });
    const { told } = await steered(
      async (control) => {
        const seen: number[] = [];
        for (const [command, steps] of [
          ['step'],
          ['step', 9],
          ['chunk'],
          ['chunk'],
          ['step', 300],
          ['checkpoint'],
          ['pause'],
        ] as const) {
          seen.push((await control.command({ command, ...(steps === undefined ? {} : { steps }) })).step);
          await new Promise((done) => setTimeout(done, 20));
          expect(control.state).toEqual({ isPaused: true, step: seen.at(-1), isOver: false });
        }
        await control.command({ command: 'resume' });
        return seen;
      },
      { setting },
    );
    expect(told).toEqual([1, 10, 256, 512, 812, 1024, 1024]);
  });

  it('a checkpoint is there when its command is done', async () => {
    const saved: number[] = [];
    const setting = await smallSetting({ steps: 3000 });
    const { told, folder } = await steered(
      async (control) => {
        await control.command({ command: 'chunk' });
        const before = saved.length;
        await control.command({ command: 'checkpoint' });
        const after = [...saved];
        await control.command({ command: 'resume' });
        return { before, after };
      },
      { setting, checkpointEvery: 10_000, onCheckpoint: (step) => saved.push(step) },
    );
    expect(told).toEqual({ before: 0, after: [256] });
    expect(readMetrics(join(folder.path, 'metrics.jsonl')).length).toBeGreaterThan(0);
  });

  it('changes are told, and commands after the end do nothing', async () => {
    const told: string[] = [];
    const { control } = await steered(async (one) => {
      one.onChange(({ isPaused, step, isOver }) => told.push(`${isPaused} ${step} ${isOver}`));
      await one.command({ command: 'step' });
      await one.command({ command: 'resume' });
    });
    expect(told.slice(0, 1)).toEqual(['true 1 false']);
    expect(told.at(-1)).toBe('false 3000 true');
    expect(await control.command({ command: 'pause' })).toEqual({ isPaused: false, step: 3000, isOver: true });
  });
});
