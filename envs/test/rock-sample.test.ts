import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyEnv } from '../part.ts';
import { makeEnv } from '../registry.ts';

const size = 5;
/** Row and column that an observation shows. */
const placeOf = (x: Float64Array): [number, number] => [x.indexOf(1), x.indexOf(1, size) - size];

interface Inside {
  places: Int32Array;
  isGood: Uint8Array;
}
const inside = (env: AnyEnv): Inside => env as unknown as Inside;
const [north, east, south, west, sample] = [0, 1, 2, 3, 4] as const;

/** Walks to a rock that is not in the last column; the observation there. */
function walkTo(env: AnyEnv, rock: number, x: Float64Array): void {
  const place = inside(env).places[rock]!;
  let [row, column] = placeOf(x);
  const step = (a: number): void => void ([row, column] = placeOf(env.step(a)[0] as Float64Array));
  while (row > Math.floor(place / size)) step(north);
  while (row < Math.floor(place / size)) step(south);
  while (column > place % size) step(west);
  while (column < place % size) step(east);
}

describe('rock-sample', () => {
  test('pays 10 for a good rock once, -10 for a bad one, nothing beside one, 10 for leaving', async () => {
    const env = await makeEnv('rock-sample');
    const paid = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const first = env.reset({ seed })[0] as Float64Array;
      const good = inside(env).isGood[0]!;
      walkTo(env, 0, first);
      expect(env.step(sample)[1]).toBe(good === 1 ? 10 : -10);
      expect(env.step(sample)[1]).toBe(-10);
      paid.add(String(good));
      for (let t = 0; t < size; t++) {
        const [, reward, terminated] = env.step(east);
        expect(reward).toBe(terminated ? 10 : 0);
        if (terminated) break;
        expect(t).toBeLessThan(size - 1);
      }
    }
    expect(paid.size).toBe(2);
  });

  test.each([
    [1, 20],
    [2, 3],
  ])('a check is right as often as the distance allows (map %i, reach %f)', async (map, reach) => {
    const env = await makeEnv('rock-sample', { map, reach });
    for (let rock = 0; rock < 3; rock++) {
      let right = 0;
      const first = env.reset({ seed: 7 })[0] as Float64Array;
      const [row, column] = placeOf(first);
      const place = inside(env).places[rock]!;
      const d = Math.hypot(Math.floor(place / size) - row, (place % size) - column);
      for (let t = 0; t < 900; t++) {
        const seen = (env.step(sample + 1 + rock)[0] as Float64Array)[2 * size + rock]!;
        expect(Math.abs(seen)).toBe(1);
        if (seen === (inside(env).isGood[rock] === 1 ? 1 : -1)) right++;
      }
      const p = (1 + 2 ** (-d / reach)) / 2;
      expect(Math.abs(right / 900 - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p) + 1e-9) / 900));
    }
  });

  test('keeps its map within a stream, and for every seed where it has a number', async () => {
    const mapOf = async (seed: number, options = {}): Promise<string> => {
      const env = await makeEnv('rock-sample', options);
      env.reset({ seed });
      const first = inside(env).places.join();
      env.reset();
      expect(inside(env).places.join()).toBe(first);
      return first;
    };
    expect(await mapOf(1)).not.toBe(await mapOf(2));
    expect(await mapOf(1, { map: 3 })).toBe(await mapOf(2, { map: 3 }));
    expect(await mapOf(1, { map: 3 })).not.toBe(await mapOf(1, { map: 4 }));
  });

  test('the classic variant starts in the middle of the first column and leaves beyond the last', async () => {
    const env = await makeEnv('rock-sample', { variant: 'classic' });
    expect(placeOf(env.reset({ seed: 1 })[0] as Float64Array)).toEqual([2, 0]);
    expect([1, 2, 3, 4, 5].map(() => env.step(east).slice(1, 3))).toEqual([
      [0, false],
      [0, false],
      [0, false],
      [0, false],
      [10, true],
    ]);
    expect(env.metadata.discount).toBe(0.95);
  });

  test('stays on the grid whatever is done, with one entry of each kind; the limit truncates', async () => {
    const env = await makeEnv('rock-sample', { limit: 30 });
    const last = sample + 5;
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.array(fc.integer({ min: 0, max: last }), { minLength: 30, maxLength: 30 }),
        (seed, actions) => {
          env.reset({ seed });
          for (const [t, a] of actions.entries()) {
            const [x, , terminated, truncated] = env.step(a);
            const [row, column] = placeOf(x as Float64Array);
            expect([row >= 0 && row < size, column >= 0 && column < size]).toEqual([true, true]);
            expect(terminated).toBe(column === size - 1);
            expect(truncated).toBe(!terminated && t === 29);
            if (terminated) break;
          }
        },
      ),
    );
    env.reset();
    expect(() => env.step(last + 1)).toThrow('Cannot step rock-sample: the action 10 is not in Discrete(10)');
    await expect(makeEnv('rock-sample', { size: 2, rocks: 3 })).rejects.toThrow(
      'rocks: must fit outside the last column',
    );
  });
});
