/** Random lakes and infos of toy text are Gymnasium's (golden/make_toy_text_extras.py). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Info } from '../env.ts';
import * as gym from '../gymnasium.ts';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import { generateRandomMap } from '../tabular/random-map.ts';
import { actionMask } from '../tabular/taxi-model.ts';
import { readGolden } from './golden.ts';
import { refuses } from './refuses.ts';

interface Lived {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly actions: readonly number[];
  readonly infos: readonly unknown[];
}
interface Golden {
  readonly maps: readonly {
    readonly size: number;
    readonly p: number;
    readonly seed: number;
    readonly rows: string[];
  }[];
  readonly masks: readonly number[];
  readonly infos: readonly Lived[];
}
const { maps, masks, infos } = readGolden<Golden>('toy-text-extras');

describe('generateRandomMap', () => {
  test.each(maps)('is Gymnasium’s lake of size $size, p $p and seed $seed', ({ size, p, seed, rows }) => {
    expect(generateRandomMap({ size, p, seed })).toEqual(rows);
    if (size > 2 && p < 1) expect(generateRandomMap({ size, p, seed: seed + 2 })).not.toEqual(rows);
  });

  test('always has a way from S to G, found here by flooding', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        fc.double({ min: 0.6, max: 1, noNaN: true }),
        fc.nat(),
        (size, p, seed) => {
          const rows = generateRandomMap({ size, p, seed });
          const text = rows.join('');
          expect([text.length, text[0], text.at(-1)]).toEqual([size * size, 'S', 'G']);
          expect(floods(rows)).toBe(true);
          expect(floods(['SH', 'HG'])).toBe(false);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is the map of the task that names it, with its defaults, under any generator of the task', async () => {
    const { rows } = maps[1]!;
    for (const rng of ['fast', 'numpy']) {
      const env = await makeEnv('frozen-lake', { map: { seed: 1 }, rng });
      env.reset();
      expect(env.render!().replace(/[^A-Z\n]/g, '')).toBe(rows.join('\n'));
      expect(env.observationSpace.size).toBe(64);
    }
    const made = await gym.make('FrozenLake-v1', { map: { size: 3, seed: 1 } });
    expect(made.observationSpace.size).toBe(9);
  });

  test.each([
    [{ size: 1 }, 'map.size: Too small: expected number to be >=2, got 1'],
    [{ size: 101 }, 'map.size: Too big: expected number to be <=100, got 101'],
    [{ p: 0 }, 'map.p: Too small: expected number to be >0, got 0'],
    [{ seed: -1 }, 'map.seed: Too small: expected number to be >=0, got -1'],
    [{ sise: 4 }, 'map: unknown key "sise"'],
    ['9x9', 'or { size, p, seed }, got "9x9"'],
  ])('the task refuses %j', async (map, message) => {
    await expect(makeEnv('frozen-lake', { map })).rejects.toThrow(message);
  });

  refuses([
    ['one tile', () => generateRandomMap({ size: 1 }), 'size must be an integer from 2 on, got 1'],
    ['nothing but holes', () => generateRandomMap({ p: 0 }), 'p must be above 0, got 0'],
    ['no number', () => generateRandomMap({ p: NaN }), 'p must be above 0, got NaN'],
    ['a seed below 0', () => generateRandomMap({ seed: -1 }), 'seed'],
    ['a lake that never comes', () => generateRandomMap({ size: 5, p: 1e-9 }), 'none of 100000 of size 5 has a way'],
  ]);
});

describe('infos', () => {
  test('the action mask of every state of the taxi is Gymnasium’s', () => {
    const own = Array.from({ length: 500 }, (_, s) => actionMask(s).reduce((sum, bit, a) => sum + (bit << a), 0));
    expect(own).toEqual(masks);
    expect(new Set(masks).size).toBeGreaterThan(10);
  });

  test.each(infos)('of $id with $options are Gymnasium’s at every step', async (lived) => {
    expect(await live(lived)).toEqual(lived.infos);
    expect(await live({ ...lived, seed: lived.seed + 1, options: otherwise(lived) })).not.toEqual(lived.infos);
  });

  test('a masked sample always changes the state of the taxi', async () => {
    const env = await makeEnv('taxi');
    const rng = createRng(1);
    let [observation, info] = env.reset({ seed: 1 });
    for (let t = 0; t < 200; t++) {
      const step = env.step(env.actionSpace.sample(rng, { mask: info['action_mask'] }));
      expect(step[0]).not.toEqual(observation);
      expect(step[1]).toBeGreaterThan(-10);
      [observation, info] = step[2] ? env.reset() : [step[0], step[4]];
    }
  });

  test('are fresh, and of a vector batched', async () => {
    const env = await makeEnv('taxi');
    const [, info] = env.reset({ seed: 1 });
    (info['action_mask'] as Int8Array).fill(9);
    env.step(0);
    expect(env.step(1)[4]['action_mask']).not.toContain(9);
    using vector = await gym.makeVec('Taxi-v4', { numEnvs: 2, vectorizationMode: 'async' });
    const [, seen] = vector.reset({ seed: 1 });
    expect(seen).toMatchObject({ prob: Float64Array.of(1, 1), _prob: [true, true], _action_mask: [true, true] });
    expect(seen['action_mask']).toEqual([1, 2].map((seed) => env.reset({ seed })[1]['action_mask']));
  });
});

async function live({ id, options, seed, actions }: Omit<Lived, 'infos'>): Promise<unknown[]> {
  const env = await makeEnv(id, { ...options, rng: 'numpy' });
  const seen = [env.reset({ seed })[1]];
  for (const action of actions) {
    const [, , terminated, , info] = env.step(action);
    seen.push(info);
    if (terminated) seen.push(env.reset()[1]);
  }
  return seen.map(plain);
}

function plain(info: Info): unknown {
  const list = (value: unknown): unknown => (value instanceof Int8Array ? [...value] : value);
  return Object.fromEntries(Object.entries(info).map(([key, value]) => [key, list(value)]));
}

/** Cliff walking starts at one place: only another law of slipping makes it another life. */
function otherwise({ id, options }: Lived): Readonly<Record<string, unknown>> {
  return id === 'cliff-walking' ? {} : options;
}

function floods(rows: readonly string[]): boolean {
  const grid = rows.map((row) => [...row]);
  const flood = (r: number, c: number): boolean => {
    const tile = grid[r]?.[c] ?? 'H';
    if (tile === 'H') return false;
    if (tile === 'G') return true;
    grid[r]![c] = 'H';
    return flood(r + 1, c) || flood(r, c + 1) || flood(r - 1, c) || flood(r, c - 1);
  };
  return flood(0, 0);
}
