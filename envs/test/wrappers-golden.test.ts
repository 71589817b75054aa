/** Wrappers and vectors against Gymnasium itself, around the environment of pulse.ts (golden/make_wrappers.py). */
import { describe, expect, test } from 'vitest';
import * as gym from '../gymnasium.ts';
import type { AnyEnv } from '../part.ts';
import type { Rng } from '../rng.ts';
import { readGolden } from './golden.ts';
import { Pulse } from './pulse.ts';
import { type Life, live, numbersIn, plain, Slider } from './wrapper-lives.ts';

type Runs = Record<string, Life> & Record<'vectorNextStep' | 'vectorSameStep' | 'vectorDisabled', unknown[]>;
const { runs } = readGolden<{ runs: Runs }>('wrappers');

const limited = (maxEpisodeSteps: number): gym.TimeLimit => new gym.TimeLimit(new Pulse(), { maxEpisodeSteps });

const exact: Record<string, () => AnyEnv> = {
  timeLimit: () => limited(4),
  statistics: () => new gym.RecordEpisodeStatistics(new Pulse()),
  normalizeObservation: () => new gym.NormalizeObservation(new Pulse()),
  frameStackReset: () => new gym.FrameStackObservation(new Pulse(), { stackSize: 3 }),
  frameStackZero: () => new gym.FrameStackObservation(new Pulse(), { stackSize: 3, paddingType: 'zero' }),
  frameStackOwn: () => new gym.FrameStackObservation(new Pulse(), { stackSize: 3, paddingType: [0.25, 1] }),
  timeAware: () => new gym.TimeAwareObservation(limited(5)),
  timeAwareNormalized: () => new gym.TimeAwareObservation(limited(5), { normalizeTime: true }),
  delay: () => new gym.DelayObservation(new Pulse(), { delay: 2 }),
  discretize: () => new gym.DiscretizeObservation(new Pulse(), { bins: [3, 4] }),
  discretizeSplit: () => new gym.DiscretizeObservation(new Pulse(), { bins: 5, multidiscrete: true }),
  clipReward: () => new gym.ClipReward(new Pulse(), { min: -0.5, max: 1 }),
  repeatAction: () => new gym.RepeatAction(limited(5), { numRepeats: 3 }),
  clipAction: () => new gym.ClipAction(new Slider()),
};

describe('wrappers against Gymnasium', () => {
  test.each(Object.keys(exact))('%s: every number of it', (name) => {
    const moments = live(exact[name]!(), runs[name]!);
    expect(moments).toEqual(runs[name]!.moments);
    const off = structuredClone(moments) as [[number[]]];
    off[0][0] = [1e-9];
    expect(off).not.toEqual(runs[name]!.moments);
  });

  test('autoreset: the step after the end is the reset', () => {
    expect(live(new gym.Autoreset(new Pulse()), runs.autoreset!, false)).toEqual(runs.autoreset!.moments);
    expect(live(new gym.Autoreset(new Pulse()), runs.autoreset!)).not.toEqual(runs.autoreset!.moments);
  });

  // Gymnasium divides in long doubles, and sums rewards' moments in another order: equal to rounding.
  test.each<[string, () => AnyEnv]>([
    ['rescaleObservation', () => new gym.RescaleObservation(new Pulse(), { min: [-1, 0.5], max: [1, 0.5] })],
    ['rescaleAction', () => new gym.RescaleAction(new Slider(), { min: 0, max: [1, 2] })],
    ['normalizeReward', () => new gym.NormalizeReward(limited(5), { gamma: 0.9 })],
  ])('%s: to 14 digits', (name, make) => {
    const [seen, golden] = [live(make(), runs[name]!), runs[name]!.moments].map(numbersIn);
    expect(seen!.length).toBe(golden!.length);
    const farthest = Math.max(...seen!.map((x, i) => Math.abs(x - golden![i]!)));
    expect(farthest).toBeLessThan(1e-13);
    expect(Math.max(...seen!.map((x, i) => Math.abs(x * (1 + 1e-12) - golden![i]!)))).toBeGreaterThan(1e-13);
  });

  test('stickyAction: draws when Gymnasium draws, and repeats what it repeats', () => {
    const { uniforms, integers } = runs.stickyAction!;
    const env = new gym.StickyAction(new Pulse(), { repeatActionProbability: 0.5, repeatActionDuration: [1, 3] });
    const [u, n] = [[...uniforms!], [...integers!]];
    const script: Pick<Rng, 'uniform' | 'integer'> = { uniform: () => u.shift()!, integer: () => n.shift()! };
    (env as unknown as { stream: { rng: unknown } }).stream.rng = script;
    expect(live(env, runs.stickyAction!)).toEqual(runs.stickyAction!.moments);
    expect(n.length).toBeLessThan(integers!.length);
    expect(live(new Pulse(), runs.stickyAction!)).not.toEqual(runs.stickyAction!.moments);
  });
});

describe('SyncVectorEnv against Gymnasium', () => {
  test.each<[gym.AutoresetMode, 'vectorNextStep' | 'vectorSameStep' | 'vectorDisabled']>([
    ['next-step', 'vectorNextStep'],
    ['same-step', 'vectorSameStep'],
    ['disabled', 'vectorDisabled'],
  ])('%s: every number of it, infos and masks too', (autoresetMode, name) => {
    const vector = new gym.SyncVectorEnv(
      [0, 1, 2].map((first) => () => new Pulse(first)),
      { autoresetMode },
    );
    const moments = [plain(vector.reset({ seed: 3 }))];
    for (let t = 0; t < 9; t++) {
      const moment = vector.step(Int32Array.of(t % 3, 1, 2));
      moments.push(plain(moment));
      const resetMask = moment[2].map((terminated, i) => terminated || moment[3][i]!);
      if (autoresetMode === 'disabled' && resetMask.includes(true)) {
        moments.push(plain(vector.reset({ options: { resetMask } })));
      }
    }
    expect(moments).toEqual(runs[name]);
    const others = ['vectorNextStep', 'vectorSameStep', 'vectorDisabled'].filter((other) => other !== name);
    for (const other of others) expect(moments).not.toEqual(runs[other]);
  });
});
