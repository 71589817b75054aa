/** Runs of agents that tell classes: bits per prediction, environments that hear them, and what does not fit. */
import { makeEnv } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import type { AgentInput } from '../../src/agent.ts';
import { readCheckpoint } from '../../src/checkpoint.ts';
import { createInteraction } from '../../src/interaction.ts';
import { readMetrics } from '../../src/results/metrics-file.ts';
import { readTrace } from '../../src/results/trace-file.ts';
import { resolveSetting } from '../../src/run/setting.ts';
import { smallAgent, smallLearner, stepOf } from '../support/learners.ts';
import { snapshot } from '../support/arrays.ts';
import { run } from '../support/runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const results = tempFolder();
const TELLS: Partial<AgentInput> = {
  head: { id: 'softmax' },
  cell: { id: 'gru', units: 8 },
  estimator: { id: 'snap', n: 1 },
  rule: { id: 'adam', alpha: 0.01, lambda: 0 },
};
const SOURCE = { memory: 3, symbols: 6, states: 2 };
const settingOf = (over: Record<string, unknown> = {}, agent: Partial<AgentInput> = {}) =>
  resolveSetting({
    agent: { ...smallAgent({ ...TELLS, ...agent }), id: 'teller' },
    env: { id: 'hidden-markov-text', ...SOURCE },
    steps: 3000,
    ...over,
  });

describe('an agent that tells classes', () => {
  it('is scored by bits, and by how far they are from the entropy rate', async () => {
    const setting = await settingOf();
    expect(setting.target).toBe('bits');
    const { end, folder } = await run(results, 'scored', { setting });
    const { ideal, order0 } = (await makeEnv('hidden-markov-text', SOURCE)).metadata.bits!;
    const { bits, excess } = end.scores;
    expect(end.scores).toEqual({ msre: null, explained: null, bits, excess });
    expect(excess).toBeCloseTo(bits! - ideal!, 12);
    expect(bits).toBeLessThan(order0);
    const rows = readMetrics(folder.metrics);
    expect(rows).toHaveLength(50);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['step', 'bits', 'excess', 'count']);
      expect(row['excess']).toBeCloseTo((row['bits'] as number) - ideal!, 12);
    }
    expect(rows[0]!['bits']).toBeGreaterThan(bits!); // it begins at log2 6
    const last = rows.slice(45).map((row) => row['bits'] as number);
    expect(bits).toBeCloseTo(last.reduce((a, b) => a + b) / 5, 12);
  });

  it('leaves in trace.json the class that came, what was put on it, and what was held likeliest and how surely', async () => {
    const setting = await settingOf({ steps: 600, every: 100 });
    const { folder, files } = await run(results, 'traced', { setting });
    const { classes, value, prediction } = readTrace(folder.trace)!;
    const { came, probability, likeliest, entropy } = classes!;
    expect([came.length, probability.length, likeliest.length, entropy.length]).toEqual([512, 512, 512, 512]);
    expect(came).toEqual(value);
    const bits = probability.slice(-100).map((p) => -Math.log2(p!));
    expect(bits.reduce((a, b) => a + b) / 100).toBeCloseTo(readMetrics(folder.metrics).at(-1)!['bits'] as number, 12);
    came.forEach((k, i) => {
      if (k === 0) expect(probability[i]).toBe(prediction[i]);
      expect(entropy[i]).toBeLessThan(Math.log2(6));
      expect(entropy[i]).toBeGreaterThan(-Math.log2(Math.max(probability[i]!, 1 - probability[i]!)) - 1e-12);
      if (probability[i]! > 0.5) expect(likeliest[i]).toBe(k);
    });
    expect(likeliest.filter((k, i) => k === came[i]).length).toBeGreaterThan(512 / 6); // better than chance
    expect(new Set(likeliest).size).toBeGreaterThan(1);
    await run(results, 'traced-in-two', { setting, stopAt: 400 });
    expect((await run(results, 'traced-in-two', { setting, resume: true })).files).toEqual(files);
  });

  it('has no class in trace.json where nothing was asked', async () => {
    const setting = await settingOf({ env: { id: 'copy-tokens' }, steps: 200 });
    const { came, probability, entropy } = readTrace(
      (await run(results, 'copies', { setting })).folder.trace,
    )!.classes!;
    const isNothing = (value: number | null): boolean => value === null;
    expect(came.some(isNothing)).toBe(true);
    expect(came.every(isNothing)).toBe(false); // the control
    expect(probability.map(isNothing)).toEqual(came.map(isNothing));
    expect(entropy.some(isNothing)).toBe(false);
  });

  it('may have a hidden layer, but must tell probabilities', async () => {
    const head = { id: 'mlp', hidden: 8, loss: 'cross-entropy' };
    const { end } = await run(results, 'hidden', { setting: await settingOf({ steps: 500 }, { head }) });
    expect(end.scores.bits).toBeGreaterThan(0);
    expect((await settingOf({}, { head: { ...head, loss: 'squared' } })).target).toBe('return');
  });

  it('is not scored by bits where the environment knows no entropy rate beyond them', async () => {
    const { end } = await run(results, 'text', { setting: await settingOf({ env: { id: 'text' }, steps: 400 }) });
    expect(Object.keys(end.scores)).toEqual(['msre', 'explained', 'bits']);
  });

  it.each([
    ['learns where there are no classes', { env: { id: 'trace-conditioning' } }, {}, 'Cannot learn classes in trace-conditioning with head softmax: it has none'],
    ['is scored by errors', { target: 'value' }, {}, 'Cannot score head softmax by target value: it tells probabilities'],
    ['is another one', { target: 'bits' }, { head: { id: 'linear' } }, 'Cannot score head linear by bits: it tells no probabilities; take softmax'],
  ] as const)('never %s', async (_, over, agent, words) => {
    await expect(settingOf(over, agent)).rejects.toThrow(words);
  }); // prettier-ignore
});

describe('an environment that hears what is told', () => {
  const copying = (over: Record<string, unknown> = {}) =>
    settingOf({ env: { id: 'copy-tokens' }, steps: 4000, ...over }, { rule: { id: 'adam', alpha: 0.02, lambda: 0 } });

  it('raises its level for who has learned, and not for who is frozen', async () => {
    const level = async (name: string, over: Record<string, unknown>): Promise<number> => {
      const { folder } = await run(results, name, { setting: await copying({ steps: 20_000, ...over }) });
      const { interaction } = readCheckpoint(`${folder.checkpoint}/state.ckpt`).state as {
        interaction: { env: { numbers: number[] } };
      };
      return interaction.env.numbers[5]!; // of the curriculum
    };
    expect(await level('learned', {})).toBeGreaterThan(2);
    expect(await level('frozen', { learn: false })).toBe(1);
  });

  it('and whose run is stopped twice ends with the same bytes', async () => {
    const setting = await copying();
    const { files } = await run(results, 'whole', { setting });
    for (const [i, stopAt] of [701, 1950, Infinity].entries()) {
      const { end } = await run(results, 'cut', { setting, stopAt, resume: i > 0 });
      expect(end.status).toBe(stopAt === Infinity ? 'done' : 'interrupted');
    }
    expect((await run(results, 'cut', { setting, resume: true })).files).toEqual(files);
    expect((await run(results, 'other', { setting, seed: 1 })).files.metrics).not.toEqual(files.metrics);
  });
});

describe('targets', () => {
  it('are the class that comes next, one-hot, and nothing where nothing is asked', async () => {
    const env = await makeEnv('text', { crop: 4 });
    const K = env.metadata.classes!.length;
    const interaction = createInteraction(env, { seed: 0, chunk: 50, classes: K });
    interaction.fill();
    const { target, observation, value, start, questions, cumulant } = interaction.chunk;
    expect([questions, interaction.inputSize]).toEqual([K, K]);
    expect([...cumulant].every((c) => c === 0)).toBe(true);
    const row = (of: Float64Array, i: number): number[] => [...of.subarray(i * K, (i + 1) * K)];
    for (let i = 0; i < 50; i++) {
      expect(start[i]).toBe(i % 5 === 0 ? 1 : 0);
      const wanted = row(target!, i);
      expect(wanted.indexOf(1)).toBe(i % 5 === 4 ? -1 : value[i]);
      if (i % 5 !== 4 && i < 49) expect(wanted).toEqual(row(observation, i + 1));
    }
  });

  it('of no class move the state and no weight', async () => {
    const make = () => smallLearner(TELLS, { inputSize: 2, questions: 3 });
    const [asked, silent] = [await make(), await make()];
    for (const learner of [asked, silent]) {
      learner.step(stepOf([1, 0], 0, 0, { start: true, target: [0, 1, 0] }));
      learner.step(stepOf([0, 1], 0, 0, { target: [1, 0, 0] }));
    }
    const before = snapshot(silent);
    expect([...silent.step(stepOf([1, 1], 0, 0, { target: [0, 0, 0] })).delta]).toEqual([0, 0, 0]);
    asked.step(stepOf([1, 1], 0, 0, { target: [0, 0, 1] }));
    const weights = Object.keys(before).filter((name) => /^(cell|head|rule)\./.test(name) && !/\.z/.test(name));
    expect(weights).toHaveLength(7); // parameters, their two moments, and Adam's t
    for (const name of weights) {
      expect(snapshot(silent)[name], name).toEqual(before[name]);
      expect(snapshot(asked)[name], name).not.toEqual(before[name]);
    }
    expect(snapshot(silent)['lane.state']).toEqual(snapshot(asked)['lane.state']);
    const influence = Object.keys(before).filter((name) => name.startsWith('estimator.'));
    for (const name of influence) expect(snapshot(silent)[name], name).toEqual(snapshot(asked)[name]);
    expect(influence.map((name) => snapshot(silent)[name])).not.toEqual(influence.map((name) => before[name]));
  });

  it('that are no class of the environment are told', async () => {
    const path = put(
      results,
      'odd.ts',
      `import { box, discrete, Env } from '@rl-tools/envs';
       export default class Odd extends Env {
         metadata = { id: 'odd', cite: null, discount: 0, floors: null, classes: ['a', 'b'] };
         observationSpace = box(0, 1, [1]);
         actionSpace = discrete(1);
         reset() { return [Float64Array.of(1), {}]; }
         step() { return [Float64Array.of(1), 0, false, false, {}]; }
         value() { return 2; }
       }`,
    );
    await expect(run(results, 'odd', { setting: await settingOf({ env: { id: path } }) })).rejects.toThrow(
      'Cannot learn classes in odd: its value 2 is none of 0 .. 1',
    );
  });
});
