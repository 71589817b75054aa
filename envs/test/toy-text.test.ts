/** Gymnasium's toy text tasks; that they are the originals seed for seed is in gymnasium-seeds.test.ts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadEnv, makeEnv } from '../registry.ts';
import { readGolden, started } from './golden.ts';
import { seenIn, type ToyTextGolden } from './toy-text-run.ts';

const ids = ['blackjack', 'cliff-walking', 'frozen-lake', 'taxi'];

describe.each(ids)('%s', (id) => {
  const { settings } = readGolden<ToyTextGolden>(`toy-text-${id}`);

  test('knows the ids that Gymnasium registers', async () => {
    const aliases = (await loadEnv(id)).aliases!.map((alias) => alias.id);
    for (const setting of settings) expect(aliases).toContain(setting.id);
  });

  test('never leaves its space, whatever it is told, and draws itself as text', async () => {
    const env = await makeEnv(id, settings.at(-1)!.options);
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.nat(), { maxLength: 100 }), (seed, choices) => {
        const out = started(env, seed);
        for (const choice of choices) {
          env.stepInto(choice % env.actionSpace.size, out);
          expect(env.observationSpace.contains(out.observation)).toBe(true);
          expect(seenIn(id, out).length).toBe(id === 'blackjack' ? 3 : 1);
          expect(env.render!().length).toBeGreaterThan(10);
          if (out.terminated || out.truncated) break;
        }
      }),
      { numRuns: 30 },
    );
  });

  test('refuses what is no action', async () => {
    const env = await makeEnv(id);
    env.reset();
    for (const action of [6, -1, 0.5]) {
      expect(() => env.step(action)).toThrow(`Cannot step ${id}: the action ${action} is not in Discrete`);
    }
  });
});

describe('frozen-lake', () => {
  test('shows of a tile only its letter', async () => {
    const [whole, partial] = [await makeEnv('frozen-lake'), await makeEnv('frozen-lake', { observation: 'tile' })];
    const [a, b] = [started(whole, 3), started(partial, 3)];
    const tiles = 'SFFFFHFHFFFHHFFG';
    const seen = new Set<string>();
    for (let t = 0; t < 500; t++) {
      const letter = 'SFHG'[b.observation.indexOf(1)]!;
      expect(letter).toBe(tiles[a.observation.indexOf(1)]);
      seen.add(letter);
      const isOver = a.terminated;
      for (const [env, out] of [[whole, a] as const, [partial, b] as const]) {
        if (isOver) env.resetInto(out);
        else env.stepInto((t * 7) % 4, out);
      }
    }
    expect([...seen].sort().join('')).toMatch(/^FH?G?.*S$/);
    expect(partial.observationSpace.size).toBe(4);
  });

  test.each([[['SF', 'FFG']], [['FG']], [[]], [['SX']], ['5x5']])('refuses the map %j', async (map) => {
    await expect(makeEnv('frozen-lake', { map })).rejects.toThrow('must be "4x4", "8x8" or equally long rows');
  });

  test('draws the agent where it is', async () => {
    const env = await makeEnv('frozen-lake', { slippery: false });
    env.reset();
    expect(env.render!()).toBe('[S] F  F  F \n F  H  F  H \n F  F  F  H \n H  F  F  G ');
    env.step(2);
    expect(env.render!()).toMatch(/^ S \[F\] F {2}F \n/);
  });
});

test('cliff-walking: thirteen steps along the edge are the best way, one step over it costs 100', async () => {
  const env = await makeEnv('cliff-walking');
  env.reset();
  const way = [0, ...new Array<number>(11).fill(1), 2];
  const steps = way.map((action) => env.step(action));
  expect(steps.map(([, reward]) => reward)).toEqual(way.map(() => -1));
  expect(steps.map(([, , terminated]) => terminated).indexOf(true)).toBe(12);
  env.reset();
  const [observation, reward, terminated] = env.step(1);
  expect([(observation as Float64Array).indexOf(1), reward, terminated]).toEqual([36, -100, false]);
});

test('taxi: shows the town, the taxi and the passenger', async () => {
  const env = await makeEnv('taxi');
  env.reset({ seed: 2 });
  const picture = env.render!().split('\n');
  expect(picture.length).toBe(6);
  expect(picture.join('').match(/\[.\]/g)?.length).toBe(1);
  expect(picture[5]).toMatch(/^passenger at [RGYB], to [RGYB]$/);
});
