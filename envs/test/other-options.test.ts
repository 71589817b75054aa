/** The parts of the contract that are about state, at options other than the defaults: those that change the state. */
import { describe, expect, test } from 'vitest';
import { actionsFor, difference, intoForm, play, record, tupleForm } from '../check/rollout.ts';
import type { AnyEnv } from '../part.ts';
import { parseOptions } from '../create-env.ts';
import { listEnvs, makeEnv, loadEnv } from '../registry.ts';

const steps = 600;
const others: Readonly<Record<string, readonly object[]>> = {
  'active-t-maze': [{ length: 3, distraction: 4 }],
  'adding-problem': [{ length: 4 }],
  autoencode: [{ decks: 2 }],
  battleship: [{ size: 6 }],
  blackjack: [{ maxEpisodeSteps: 2 }],
  'cart-pole': [{ mask: 'positions', maxEpisodeSteps: 7 }],
  catch: [{ visibleRows: 2 }],
  'ccn-trace-patterning': [{ isi: [2, 4], iti: [3, 6], distractors: 2, cues: 4, patterns: 3 }],
  'cliff-walking': [{ slippery: true, maxEpisodeSteps: 9 }],
  'columnar-test-bed': [{ inputs: 3, length: 5 }],
  'compass-world': [{ width: 3, height: 2 }],
  concentration: [{ face: 'colours' }, { face: 'ranks', decks: 2 }],
  'copy-task': [
    { score: 'bits', lengths: 'recent', level: 6, gap: 3 },
    { threshold: 2, gap: 1 }, // anything passes: the level rises
  ],
  'copy-tokens': [
    { ends: false, level: 7, lengths: 'six' },
    { ends: false, threshold: 9, rule: 'batch', batch: 3 },
  ],
  'delayed-echo': [{ delay: 3, values: 'uniform' }],
  'discounting-chain': [{ mappingSeed: 3 }],
  'frozen-lake': [{ map: { size: 5, p: 0.7, seed: 2 }, maxEpisodeSteps: 6 }],
  'hidden-markov-text': [{ symbols: 7, states: 3, memory: 4, task: 2 }],
  lorenz: [{ spread: 2, horizon: 4, target: 'z', substeps: 1 }],
  'mackey-glass': [
    { tau: 5.5, substeps: 3, horizon: 7 },
    { tau: 0, horizon: 2 },
  ],
  'memory-chain': [{ length: 4, bits: 3 }],
  'multiarmed-bandit': [{ arms: 4, steps: 6 }],
  narma: [{ order: 20 }, { order: 3, ceiling: 1.1 }], // often starts anew
  'noisy-patterning': [{ noise: 0.5, iti: [4, 7] }],
  pomdp: [{ file: 'tmaze5' }, { file: 'hallway', first: false }],
  'popgym-cart-pole': [{ mode: 'noisy', steps: 9 }],
  'popgym-pendulum': [{ mode: 'noisy', steps: 9 }],
  'random-mdp': [{ states: 6, features: 5, active: 2, target: 'drawn' }],
  'random-walk': [{ states: 5, features: 'dependent' }],
  recorded: [{ include: ['action', 'reward'] }],
  'repeat-previous': [{ k: 3, decks: 2 }],
  'rock-sample': [{ variant: 'classic', map: 3, limit: 8 }],
  sinusoids: [{ phases: 'random', horizon: 3 }],
  't-maze': [{ size: 3, rewards: 'bumps', maxEpisodeSteps: 9 }],
  taxi: [{ rainy: true, fickle: true, maxEpisodeSteps: 30 }],
  text: [
    { crop: 7, alphabet: 'aeiou' },
    { part: 'held-out', crop: null },
  ],
  'trace-conditioning': [{ isi: [2, 3], iti: [4, 6], csLength: 20, distractorLength: 2 }],
  'trace-patterning': [{ isi: [2, 3], iti: [4, 6], cues: 5, patterns: 4, noise: 0.3, csLength: 1 }],
  tracking: [{ inputs: 4, relevant: 3, period: 3, noise: 0.5 }],
  'umbrella-chain': [{ length: 3, distractors: 2 }],
};
const cases = Object.entries(others).flatMap(([id, sets]) => sets.map((options) => [id, options] as const));

test('these are environments, and options that differ from the defaults', async () => {
  expect(listEnvs()).toEqual(expect.arrayContaining(Object.keys(others)));
  for (const [id, options] of cases) {
    const part = await loadEnv(id);
    expect(parseOptions(id, part, options)).not.toEqual(parseOptions(id, part, {}));
  }
});

describe.each(cases)('%s %j', async (id, options) => {
  const envs = await Promise.all(Array.from({ length: 12 }, () => makeEnv(id, options as Record<string, unknown>)));
  const make = (): AnyEnv => envs.pop()!;
  const actions = actionsFor(make(), steps);

  test('continues bit by bit from what was saved, wherever that was', () => {
    const other = make();
    other.reset({ seed: 1234 });
    play(tupleForm(other), actions.slice(0, 50));
    const env = make();
    for (const [i, time] of [1, 2, 7, 40, 333].entries()) {
      record(tupleForm(env), 9 + i, actions.slice(0, time));
      const saved: unknown = JSON.parse(JSON.stringify(env.save!()));
      const [rest, again] = [play(tupleForm(env), actions), play(tupleForm(env), actions)];
      other.load!(saved);
      expect(difference(rest, play(tupleForm(other), actions)), `saved after ${time} steps`).toBe(null);
      expect(difference(again, play(tupleForm(other), actions))).toBe(null);
      other.reset({ seed: 77 + i });
    }
  });

  test('begins anew with a seed, whatever was lived before', () => {
    const [env, fresh] = [make(), make()];
    record(tupleForm(env), 5, actions.slice(0, 333));
    expect(difference(record(tupleForm(env), 6, actions), record(tupleForm(fresh), 6, actions))).toBe(null);
    env.reset({ seed: 8 });
    fresh.reset({ seed: 8 });
    expect(env.save!()).toEqual(fresh.save!());
  });

  test('writes the same in both forms', () => {
    const tuples = record(tupleForm(make()), 8, actions);
    expect(difference(tuples, record(intoForm(make()), 8, actions))).toBe(null);
  });
});
