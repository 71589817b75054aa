import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import * as gym from '../gymnasium.ts';
import { prediction, type PredictionOptions } from '../prediction.ts';
import { makeEnv } from '../registry.ts';
import { FineEnv } from './fine-env.ts';
import { Pulse } from './pulse.ts';

const idle = (): number => 0;

/** Copies of n steps. */
function live(env: gym.Wrapper | Pulse, n: number, options: PredictionOptions = {}) {
  const steps = [];
  for (const { observation, ...rest } of prediction(env, { policy: idle, ...options, steps: n })) {
    steps.push({ ...rest, observation: [...observation] });
  }
  return steps;
}

describe('prediction', () => {
  test('an episode of T transitions is T + 1 steps, and termination takes the discount away', () => {
    const steps = live(new Pulse(), 12); // episodes of 4 and of 6 transitions
    expect(steps.map(({ start }) => start)).toEqual(
      [0, 5].reduce((row, t) => row.with(t, true), new Array<boolean>(12).fill(false)),
    );
    expect(steps.map(({ cumulant }) => cumulant)).toEqual([0, 1.5, 0.5, -0.5, 2, 0, 1.5, 0.5, -0.5, 2, 1, 0]);
    expect(steps.map(({ discount }) => discount)).toEqual([0, 0.9, 0.9, 0.9, 0, 0, 0.9, 0.9, 0.9, 0.9, 0.9, 0]);
    expect(steps.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 5, 6]);
    expect(steps[4]!.observation).toEqual([0.25, 1]);
  });

  test('a truncation keeps the discount', () => {
    const steps = live(new gym.TimeLimit(new Pulse(), { maxEpisodeSteps: 2 }), 6);
    expect(steps.map(({ start }) => start)).toEqual([true, false, false, true, false, false]);
    expect(steps.map(({ discount }) => discount)).toEqual([0, 0.9, 0.9, 0, 0.9, 0.9]);
  });

  test('takes a cumulant, a discount and a policy of one’s own', () => {
    const steps = live(new Pulse(), 4, {
      policy: (observation) => (observation[1] === 0 ? 2 : 1),
      cumulant: ({ observation, reward }) => 10 * observation[0]! + reward,
      discount: ({ observation }) => observation[1]!,
    });
    expect(steps.map(({ cumulant }) => cumulant)).toEqual([0, 3.75 + 3.5, -1.25 + 1.5, 7.5 + 0.5]);
    expect(steps.map(({ discount }) => discount)).toEqual([0, 0.25, 0.5, 0.75]);
  });

  test('carries the importance ratios of an off-policy question, through wrappers too, and 1 elsewhere', async () => {
    const env = new gym.NoisyObservation(await makeEnv('baird'), { scale: 0 });
    const seen = Array.from(prediction(env, { steps: 500 }), ({ observation, start, ratio }) => {
      expect(ratio).toBe(start ? 1 : observation[6] === 1 ? 7 : 0);
      return ratio;
    });
    expect(new Set(seen)).toEqual(new Set([1, 0, 7]));
    expect(live(new Pulse(), 12).map(({ ratio }) => ratio)).toEqual(new Array(12).fill(1));
  });

  test('the same seed gives the same steps, another other ones', () => {
    const [a, b, c] = ['x', 'x', 'y'].map((seed) => {
      const steps = prediction(new FineEnv(), { seed, steps: 50 });
      return Array.from(steps, ({ observation, cumulant }) => [...observation, cumulant]);
    });
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  test('goes on bit by bit from what was saved', async () => {
    const make = async () => new gym.NoisyObservation(await makeEnv('trace-patterning'), { scale: 0.1 });
    for (const moment of [0, 1, 13, 200]) {
      const [a, b] = [prediction(await make(), { seed: 1 }), prediction(await make(), { seed: 2 })];
      for (let t = 0; t < moment; t++) a.next();
      b.next();
      b.load(JSON.parse(JSON.stringify(a.save())));
      expect(b.time).toBe(moment);
      for (let t = 0; t < 50; t++) expect({ ...b.next() }).toEqual({ ...a.next() });
    }
  });

  test('refuses what it cannot use, in one line', () => {
    const bare = Object.assign(new Pulse(), { metadata: { id: 'bare', cite: null, discount: null, floors: null } });
    expect(() => prediction(bare)).toThrow(EnvError);
    expect(() => prediction(bare)).toThrow('Cannot predict in bare: it names no discount; give one');
    expect(() => prediction(new Pulse(), { discount: 1.5 })).toThrow('Cannot use discount 1.5');
    const mute = Object.assign(new Pulse(), { save: undefined, load: undefined }) as never;
    expect(() => prediction(mute).save()).toThrow('pulse cannot save itself');
    expect(() => prediction(mute).load({})).toThrow('pulse cannot load itself');
  });
});
