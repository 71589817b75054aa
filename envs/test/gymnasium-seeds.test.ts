/** Under NumPy's generator: toy text is Gymnasium seed for seed at every step, classic control at every reset. */
import { describe, expect, test } from 'vitest';
import type { AnyEnv } from '../part.ts';
import { makeEnv } from '../registry.ts';
import { ControlReference, numbersFor } from './control-reference.ts';
import { numbersOf, readGolden, started } from './golden.ts';
import { replay, type ToyTextGolden } from './toy-text-run.ts';

function seeded(id: string, options: Readonly<Record<string, unknown>>): Promise<AnyEnv> {
  return makeEnv(id, { ...options, rng: 'numpy' });
}

describe.each(['blackjack', 'cliff-walking', 'frozen-lake', 'taxi'])('%s', (id) => {
  const { settings } = readGolden<ToyTextGolden>(`toy-text-${id}`);
  test('is Gymnasium seed for seed, in every setting', async () => {
    for (const { options, runs } of settings) {
      for (const run of runs) expect(replay(id, await seeded(id, options), run)).toEqual(run);
    }
  });

  test('is another one with another seed, or another setting', async () => {
    const [setting, other] = settings;
    const run = setting!.runs[0]!;
    const isSeeded = id !== 'cliff-walking';
    const again = replay(id, await seeded(id, setting!.options), { ...run, seed: run.seed + 1 });
    expect(again.observations.join() === run.observations.join()).toBe(!isSeeded);
    const elsewhere = replay(id, await seeded(id, other!.options), run);
    expect(elsewhere).not.toEqual(run);
  });
});

describe.each(['cart-pole', 'mountain-car', 'mountain-car-continuous', 'acrobot', 'pendulum'])('%s', (id) => {
  const reference = new ControlReference(id);
  const { golden } = reference;

  test('starts every episode where Gymnasium does with the same seed', async () => {
    const env = await seeded(id, {});
    const out = started(env);
    golden.run.resets.forEach((at, episode) => {
      env.resetInto(out, episode === 0 ? { seed: golden.run.seed } : {});
      expect(numbersOf(env)).toEqual(numbersFor(id, 0, reference.state(golden.run.states, at), true));
      reference.expectMoment(out, golden.run, at, 1e-14);
    });
    env.reset({ seed: golden.run.seed + 1 });
    expect(numbersOf(env)).not.toEqual(numbersFor(id, 0, reference.state(golden.run.states, 0), true));
  });
});
