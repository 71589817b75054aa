/** The playground, driven as a page would: messages in, frames out. */
import { makeEnv } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import type { Choice } from '../../src/agent.ts';
import { assemble } from '../../src/assemble.ts';
import { createInteraction } from '../../src/interaction.ts';
import { presetAgent } from '../../src/playground/presets.ts';
import type { PlaygroundSetting } from '../../src/playground/protocol.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { driven } from './driven.ts';

const CYCLE: PlaygroundSetting = { env: { id: 'cycle-world' } };

/** Predictions of a plain loop over the same task. */
async function plain({ seed = 0, path = 'auto' }: PlaygroundSetting, steps: number): Promise<Float64Array> {
  const interaction = createInteraction(await makeEnv('cycle-world'), { seed, steps });
  const { inputSize } = interaction;
  const { learner } = await assemble(presetAgent('cycle-world'), { inputSize, seed, path });
  const report = createReportChunk(interaction.chunk);
  const all: number[] = [];
  while (interaction.fill()) {
    learner.run(interaction.chunk, report);
    all.push(...report.prediction.subarray(0, report.length));
  }
  return Float64Array.from(all);
}

describe('a run', () => {
  it('tells what it is, then learns cycle world', async () => {
    const page = driven();
    await page.hear({ type: 'start', setting: CYCLE, paused: true });
    expect(page.about()).toMatchObject({ inputs: 2, units: 20, measure: 'squared error', stepSizes: ['cell', 'head'] });
    expect(page.about()!.floors!.ideal).toBe(0);
    expect(page.about()!.chosen.path).toBe('compiled');
    await page.hear({ type: 'step', count: 80_000 });
    await page.pass(20, true);
    const { step, curve, window, inside } = page.last();
    expect(step).toBe(80_000);
    expect(curve.value[1]).toBeGreaterThan(0.05);
    expect(curve.value.at(-2)).toBeLessThan(0.01);
    expect(window.prediction.at(-1)).toBeCloseTo(window.value.at(-1)!, 0);
    expect(inside.stepSizes.map(({ values }) => values.length)).toEqual([256, 21]);
    expect(inside.influence).toBeGreaterThan(0);
  });

  it.each(['reference', 'compiled'] as const)('shows the bits of a plain loop, on the %s path', async (path) => {
    const page = driven();
    await page.hear({ type: 'start', setting: { ...CYCLE, path }, paused: true });
    for (const count of [1, 300, 2, 997]) await page.hear({ type: 'step', count });
    await page.pass(20);
    const { prediction, from } = page.last().window;
    expect(from + prediction.length).toBe(1300);
    expect(prediction).toEqual((await plain({ ...CYCLE, path }, 1300)).slice(from));
    expect(prediction).not.toEqual((await plain({ ...CYCLE, path, seed: 1 }, 1300)).slice(from));
  });

  it('looked at or not, ends with the same bits', async () => {
    const outcome = async (window: number, drawn: boolean) => {
      const page = driven();
      await page.hear({ type: 'set', change: { window } });
      await page.hear({ type: 'start', setting: CYCLE });
      await page.pass(40, drawn);
      await page.hear({ type: 'pause' });
      await page.hear({ type: 'drawn' });
      await page.pass(20, true);
      await page.hear({ type: 'step', count: 200_000 - page.last().step });
      await page.pass(40, true);
      return page.last();
    };
    const [seen, unseen] = [await outcome(512, true), await outcome(64, false)];
    expect(seen.step).toBe(unseen.step);
    expect(seen.window.prediction.slice(-64)).toEqual(unseen.window.prediction);
  });
});

describe('control', () => {
  it('pause stands, step makes so many steps, resume goes on', async () => {
    const page = driven();
    await page.hear({ type: 'start', setting: CYCLE });
    await page.pass(50, true);
    await page.hear({ type: 'pause' });
    await page.pass(20, true);
    const { step } = page.last();
    expect(step).toBeGreaterThan(0);
    await page.pass(50, true);
    expect(page.last()).toMatchObject({ step, state: 'paused', perSecond: 0 });
    expect(page.last().window.from + page.last().window.length).toBeLessThanOrEqual(step);
    await page.hear({ type: 'step' });
    await page.hear({ type: 'step', count: 9 });
    await page.pass(20, true);
    expect(page.last().step).toBe(step + 10);
    expect(page.last().window).toMatchObject({ from: step, length: 10 }); // in a row: what was lived unseen is not in it
    await page.hear({ type: 'resume' });
    await page.pass(50, true);
    expect(page.last().step).toBeGreaterThan(step + 10);
    expect(page.last().state).toBe('running');
  });

  it('a speed is kept, and its frames follow on one another', async () => {
    const page = driven();
    await page.hear({ type: 'start', setting: CYCLE, paused: true });
    await page.hear({ type: 'set', change: { speed: 100 } });
    await page.hear({ type: 'resume' });
    await page.pass(2000, true);
    const { step, window } = page.last();
    expect(step).toBeGreaterThan(190);
    expect(step).toBeLessThanOrEqual(200);
    expect(window.length).toBe(step); // all of them, none left out
    expect(window.from).toBe(0);
    expect(page.last().perSecond).toBeCloseTo(100, -1);
  });

  it('a speed that was not kept for a while is not made up for in a rush', async () => {
    const page = driven();
    await page.hear({ type: 'set', change: { speed: 1000 } });
    await page.hear({ type: 'start', setting: CYCLE });
    await page.pass(1000, true);
    const { step } = page.last();
    page.sleep(60_000);
    await page.pass(20, true);
    expect(page.last().step).toBeGreaterThan(step);
    expect(page.last().step).toBeLessThan(step + 400);
  });

  it('another start begins anew, stop ends it', async () => {
    const page = driven();
    await page.hear({ type: 'start', setting: CYCLE });
    await page.pass(30, true);
    await page.hear({ type: 'start', setting: { env: { id: 'cycle-world', states: 4 } }, paused: true });
    await page.pass(30, true);
    expect(page.last().step).toBe(0);
    const sent = page.told.length;
    await page.hear({ type: 'stop' });
    await page.hear({ type: 'step' });
    await page.pass(100, true);
    expect(page.told.length).toBe(sent);
  });
});

describe('frames', () => {
  it('come at most one per 15 ms, and none before the last was drawn', async () => {
    const page = driven();
    await page.hear({ type: 'start', setting: CYCLE });
    await page.pass(200);
    expect(page.frames().length).toBe(1);
    await page.hear({ type: 'drawn' });
    await page.pass(200);
    expect(page.frames().length).toBe(2);
    await page.pass(1000, true);
    expect(page.frames().length).toBeGreaterThan(40);
    expect(page.frames().length).toBeLessThanOrEqual(2 + Math.ceil(1000 / 15));
  });

  it('stay small however long it runs', async () => {
    const page = driven();
    await page.hear({ type: 'start', setting: { env: { id: 'tracking' } }, paused: true });
    const sizes: number[] = [];
    for (let i = 0; i < 4; i++) {
      await page.hear({ type: 'step', count: 200_000 });
      await page.pass(20, true);
      sizes.push(page.last().curve.step.length);
    }
    expect(sizes[0]).toBeGreaterThan(100);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(512);
    expect(page.last().curve.step.at(-1)).toBeGreaterThan(790_000);
  });
});

describe('every preset', () => {
  it.each(['cycle-world', 'trace-conditioning', 'ccn-trace-patterning', 't-maze', 'tracking', 'own'])(
    '%s runs',
    async (id) => {
      const { presets } = await import('../../src/playground/presets.ts');
      const { options, agent } = presets.find((preset) => preset.id === id)!;
      const page = driven();
      await page.hear({ type: 'start', setting: { env: { id, ...options }, agent }, paused: true });
      for (let i = 0; i < 12; i++) {
        await page.hear({ type: 'step', count: 250 });
        await new Promise((turn) => setTimeout(turn, 1)); // own lines answer
      }
      await page.pass(20, true);
      expect(page.errors()).toEqual([]);
      expect(page.last().step).toBe(3000);
      expect(page.last().curve.step.length).toBeGreaterThan(3);
      expect(page.about()!.acts).toBe(id === 't-maze');
      expect(page.last().window.action.every((a) => (id === 't-maze' ? a >= 0 && a < 4 : a === -1))).toBe(true);
    },
  );
});

describe('the preset of IDBD', () => {
  it('sorts signal from noise, and goes on doing so', { timeout: 120_000 }, async () => {
    const { presets } = await import('../../src/playground/presets.ts');
    const { options, agent } = presets.find(({ id }) => id === 'tracking')!;
    const page = driven();
    await page.hear({ type: 'start', setting: { env: { id: 'tracking', ...options }, agent, seed: 1 }, paused: true });
    for (const step of [20_000, 100_000]) {
      await page.hear({ type: 'step', count: step - (page.frames().at(-1)?.step ?? 0) });
      await page.pass(20, true);
      const { values } = page.last().inside.stepSizes[0]!;
      expect(Math.min(...values.slice(0, 5)), `at ${step}`).toBeGreaterThan(3 * Math.max(...values.slice(5)));
    }
    expect(page.last().curve.value.at(-2)).toBeLessThan(2.5); // the best single step size comes to 3.5 (Sutton 1992)
  });
});

describe('what goes wrong is one line', () => {
  const own = presetAgent('own');
  const estimated = (estimator: Choice) => ({ ...own, estimator });
  const sized = (columns: number) => ({ ...own, cell: { id: 'lstm-columns', columns } });
  const dense = (units: number, estimator: Choice = { id: 'snap', n: 1 }) => ({
    ...own,
    cell: { id: 'lstm', units },
    estimator,
  });
  const wrong: [what: string, setting: unknown, words: string][] = [
    ['a task', { env: { id: 'cycle-word' } }, 'did you mean "cycle-world"?'],
    ['a task that needs files', { env: { id: 'python/CartPole-v1' } }, 'python'],
    [
      'a part',
      { ...CYCLE, agent: { ...presetAgent('own'), cell: { id: 'lstm-colums' } } },
      'did you mean "lstm-columns"?',
    ],
    ['an option', { ...CYCLE, seed: -1 }, 'seed'],
    ['no setting', null, 'Cannot start the playground'],
    ['a size', { ...CYCLE, agent: sized(1e9) }, 'columns is 1000000000, and a page takes 1024 at most'],
    ['a window', { ...CYCLE, agent: estimated({ id: 'tbptt', window: 1e9 }) }, 'window is 1000000000'],
    ['a net', { ...CYCLE, agent: dense(1000) }, 'lstm has 4012000 weights, and a page takes 1000000 at most'],
    ['an influence', { ...CYCLE, agent: dense(200, { id: 'rtrl' }) }, 'would carry 64960000 numbers on this cell'],
    [
      'an influence of a group',
      { ...CYCLE, agent: dense(200, { id: 'by', groups: [{ id: 'snap', n: 2 }] }) },
      'would carry 64960000 numbers',
    ],
    ['a world', { env: { id: 'trace-conditioning', distractors: 1e9 } }, 'distractors: Too big'],
    ['what a world shows', { env: { id: 'tracking', inputs: 2000 } }, 'the world shows 2000 numbers'],
    ['a horde', { ...CYCLE, agent: { ...presetAgent('own'), head: { id: 'horde' } } }, 'more than one question'],
  ];
  it.each(wrong)('%s', async (_, setting, words) => {
    const page = driven();
    await page.hear({ type: 'start', setting: setting as PlaygroundSetting });
    expect(page.errors()).toHaveLength(1);
    expect(page.errors()[0]).toContain(words);
    expect(page.errors()[0]).not.toContain('\n');
    expect(page.about()).toBeUndefined();
  });

  it('a message that makes no sense leaves the run alone', async () => {
    const page = driven();
    await page.hear({ type: 'start', setting: CYCLE });
    for (const message of [{ type: 'jump' }, { type: 'set', change: { speed: -1 } }, { type: 'step', count: 0.5 }]) {
      await page.hear(message as never);
    }
    expect(page.errors()).toHaveLength(3);
    await page.pass(50, true);
    expect(page.frames().length).toBeGreaterThan(1);
  });

  it('a learner that diverges says where, and can still be seen', async () => {
    const page = driven();
    const rule = { id: 'td-lambda', alpha: 1e6, lambda: 0.9 };
    await page.hear({ type: 'start', setting: { ...CYCLE, agent: { ...presetAgent('own'), rule } } });
    await page.pass(200, true);
    expect(page.errors()).toHaveLength(1);
    expect(page.last().state).toBe('diverged');
    await page.hear({ type: 'resume' });
    await page.pass(50, true);
    expect(page.last().state).toBe('diverged');
  });
});
