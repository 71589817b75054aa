/** What a trained agent says by itself. */
import { makeEnv } from '@rl-tools/envs';
import { beforeAll, describe, expect, it } from 'vitest';
import { resolveSetting, type Setting } from '../../src/run/setting.ts';
import { type SampleOptions, sampleRun } from '../../src/run/sample.ts';
import { startRun } from '../../src/run/start-run.ts';
import { smallAgent } from '../support/learners.ts';
import { smallSetting } from '../support/runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const results = tempFolder();
const line = 'over and out; ';
const agent = {
  ...smallAgent({
    head: { id: 'softmax' },
    cell: { id: 'gru', units: 12 },
    estimator: { id: 'snap', n: 1 },
    rule: { id: 'adam', alpha: 0.01, lambda: 0 },
  }),
  id: 'teller',
};
const run = (experiment: string, setting: Setting) => startRun({ experiment, setting, seed: 0, results });
let trained: string;
const say = (over: Partial<SampleOptions> = {}) =>
  sampleRun(trained, { length: 64, prompt: 'over', temperature: 0.3, seed: 0, ...over });

beforeAll(async () => {
  const path = put(results, 'round.txt', line.repeat(40));
  const setting = await resolveSetting({ agent, env: { id: 'text', path, crop: 40 }, steps: 8000 });
  trained = (await run('trained', setting)).folder;
});

describe('a sample', () => {
  it('goes on with what was learned, from what it is prompted with', async () => {
    const { prompt, text } = await say();
    expect(prompt).toBe('over');
    expect(line.repeat(10)).toContain(prompt + text);
    expect(text).toHaveLength(64);
  });

  it('is the same for the same seed, another for another; a high temperature forgets what was learned', async () => {
    const wild = { temperature: 50, length: 200 };
    const [a, b, c] = [await say(wild), await say(wild), await say({ ...wild, seed: 1 })];
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(line.repeat(20)).not.toContain(a.text);
  });

  it('begins where nothing prompts it with what an episode opens with', async () => {
    const { prompt } = await say({ prompt: null });
    expect(line).toContain(prompt);
    expect(prompt).toHaveLength(1);
  });

  it('reads characters that it never learned as the one class of all others', async () => {
    expect((await say({ prompt: 'oX' })).prompt).toBe('o\uFFFD');
    await expect(say({ prompt: '' })).rejects.toThrow('Cannot use an empty --prompt: leave it out, or write something');
  });

  it('changes nothing of the run', async () => {
    const before = await say();
    await say({ length: 500, seed: 3 });
    expect(await say()).toEqual(before);
  });
});

it('of lanes is what each of them says', async () => {
  const path = put(results, 'lanes.txt', line.repeat(40));
  const setting = await resolveSetting({
    agent: { ...agent, lanes: 3 },
    env: { id: 'text', path, crop: 40 },
    steps: 4000,
  });
  const { folder } = await run('lanes', setting);
  const { text } = await sampleRun(folder, { length: 40, prompt: 'over', temperature: 0.3, seed: 0 });
  expect(line.repeat(10)).toContain(`over${text}`);
});

it('of classes that are no characters is words', async () => {
  const setting = await resolveSetting({ agent, env: { id: 'copy-tokens' }, steps: 300 });
  const { folder } = await run('tokens', setting);
  const options = { length: 5, prompt: 'start 1 0', temperature: 1, seed: 0 };
  const { prompt, text } = await sampleRun(folder, options);
  expect(prompt).toBe('start 1 0');
  const { classes } = (await makeEnv('copy-tokens')).metadata;
  for (const word of text.split(' ')) expect(classes).toContain(word);
  await expect(sampleRun(folder, { ...options, prompt: 'begin' })).rejects.toThrow(
    'Cannot use --prompt: "begin" is none of 0 1 start blank',
  );
});

it('is refused where nothing is told that could be shown', async () => {
  const options = { length: 5, prompt: null, temperature: 1, seed: 0 };
  const other = await run('other', await smallSetting({ steps: 100 }));
  await expect(sampleRun(other.folder, options)).rejects.toThrow('its agent tells no classes');
  const setting = await resolveSetting({ agent, env: { id: 'text' }, include: ['lastReward'], steps: 100 });
  const wide = await run('wide', setting);
  await expect(sampleRun(wide.folder, options)).rejects.toThrow('text does not show classes as one-hot');
});

it('what was trained on one part of a text, or on another text, is measured on any that has its classes', async () => {
  const load = `${trained}/checkpoint/state.ckpt`;
  const path = put(results, 'more.txt', line.repeat(60));
  const setting = await resolveSetting({
    agent,
    env: { id: 'text', path, part: 'held-out', crop: null, alphabet: ' ;adenortuv' },
    steps: 90,
    learn: false,
    load,
  });
  const held = await run('held-out', setting);
  const fresh = await run('fresh', { ...setting, load: null });
  expect(held.bits).toBeLessThan(0.5);
  expect(fresh.bits).toBeCloseTo(Math.log2(12), 12);
});
