/** What a loaded agent brings along besides its numbers: the wiring it was drawn with, and the task it was trained on. */
import { type AnyEnv, makeEnv } from '@rl-tools/envs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createInteraction } from '../../src/interaction.ts';
import { prepare, type Prepared } from '../../src/run/prepare.ts';
import type { ReferenceLearner } from '../../src/learner.ts';
import { get } from '../support/arrays.ts';
import { run, smallSetting } from '../support/runs.ts';
import { tempFolder } from '../support/temp.ts';

const results = tempFolder();
const PATTERNS = { id: 'ccn-trace-patterning', isi: [2, 3], iti: [4, 5], distractors: 0 };

/** Which cue patterns are followed by a reward, as the environment's own value tells at each cue. */
function answers(env: AnyEnv, options: { seed: number; task?: unknown }): Map<string, boolean> {
  const life = createInteraction(env, { ...options, steps: 3000 });
  const found = new Map<string, boolean>();
  while (life.fill()) {
    for (let i = 0; i < life.chunk.length; i++) {
      const cue = life.chunk.observation.subarray(i * life.inputSize, i * life.inputSize + 6);
      if (cue.some((bit) => bit === 1)) found.set(cue.join(''), life.chunk.value[i]! > 0);
    }
  }
  return new Map([...found].sort());
}

describe('the task of a loaded agent', () => {
  it('stays what it was on a fresh seed, and is another one where it is not asked for', async () => {
    const make = () => makeEnv('ccn-trace-patterning', { isi: [2, 3], iti: [4, 5], distractors: 0 });
    const trained = await make();
    const task = answers(trained, { seed: 0 });
    expect(task.size).toBe(20);
    const saved: unknown = JSON.parse(JSON.stringify(trained.save!()));
    expect(answers(await make(), { seed: 100, task: saved })).toEqual(task);
    expect(answers(await make(), { seed: 100 })).not.toEqual(task);
  });

  it('reaches the run through its checkpoint', async () => {
    const setting = await smallSetting({ env: PATTERNS });
    const { folder } = await run(results, 'trained', { setting });
    const load = join(folder.checkpoint, 'state.ckpt');
    const lived = async (over: object): Promise<Map<string, boolean>> => {
      const { env, interaction } = await prepare(await smallSetting({ env: PATTERNS, ...over }), 100, () => undefined);
      void env;
      const found = new Map<string, boolean>();
      while (interaction.fill()) {
        const { chunk, inputSize: m } = interaction;
        for (let i = 0; i < chunk.length; i++) {
          const cue = chunk.observation.subarray(i * m, i * m + 6);
          if (cue.some((bit) => bit === 1)) found.set(cue.join(''), chunk.value[i]! > 0);
        }
      }
      return new Map([...found].sort());
    };
    const task = answers(await makeEnv(PATTERNS.id, { isi: [2, 3], iti: [4, 5], distractors: 0 }), { seed: 0 });
    expect(await lived({ load, learn: false })).toEqual(task);
    expect(await lived({})).not.toEqual(task);
  });
});

it('a sparse net keeps the wiring it was trained with, whatever the seed', async () => {
  const { agent } = await smallSetting();
  const cell = { id: 'gru', units: 5, density: 0.4 };
  const sparse = { agent: { ...agent, cell, estimator: { id: 'snap' } }, path: 'reference' };
  const wiring = ({ learner }: Prepared): Int32Array => (learner as ReferenceLearner).cell.rows.source;
  const { folder } = await run(results, 'sparse', { setting: await smallSetting(sparse) });
  const load = join(folder.checkpoint, 'state.ckpt');
  const fresh = await prepare(await smallSetting(sparse), 100, () => undefined);
  const loaded = await prepare(await smallSetting({ ...sparse, load, learn: false }), 100, () => undefined);
  const trained = await prepare(await smallSetting(sparse), 0, () => undefined);
  expect(wiring(loaded)).toEqual(wiring(trained));
  expect(wiring(fresh)).not.toEqual(wiring(trained));
  expect(get(loaded.learner, 'cell.params')).not.toEqual(get(trained.learner, 'cell.params'));
});
