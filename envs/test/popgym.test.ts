/** POPGym's environments: solved by who remembers, and the mean returns of random actions in Python. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Action } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { make } from '../make.ts';
import { registry, spec } from '../registration.ts';
import { parseOptions } from '../create-env.ts';
import { loadEnv, makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import { emptyResult, meanOf } from './stream.ts';

/** The return of one episode; `act` sees the observation and the step, counted from 0. */
function returnOf(env: AnyEnv, seed: number, act: (observation: Float64Array, t: number) => Action): number {
  const out = emptyResult(env);
  env.resetInto(out, { seed });
  let sum = 0;
  for (let t = 0; ; t++) {
    env.stepInto(act(out.observation, t), out);
    sum += out.reward;
    if (out.terminated || out.truncated) return sum;
  }
}
const hot = (observation: Float64Array, from = 0, count = observation.length): number =>
  observation.subarray(from, from + count).indexOf(1);
/** The numbers a task saves, after the steps that its base counts. */
const stateOf = (env: AnyEnv): number[] => (env.save?.() as { numbers: number[] }).numbers.slice(1);

describe('a memory solves', () => {
  const levels = ['easy', 'medium', 'hard'];

  test.each(levels)('repeat-first %s', async (difficulty) => {
    const env = await makeEnv('repeat-first', { difficulty });
    let first = 0;
    const act = (observation: Float64Array, t: number) => (t === 0 ? (first = hot(observation)) : first);
    expect(returnOf(env, 1, act)).toBeCloseTo(1, 9);
    expect(returnOf(env, 1, (observation) => hot(observation))).toBeLessThan(0);
  });

  test.each(levels)('autoencode %s', async (difficulty) => {
    const env = await makeEnv('autoencode', { difficulty });
    const stack: number[] = [];
    const act = (observation: Float64Array): number => {
      const plays = observation[0] === 1;
      if (!plays || !played) stack.push(hot(observation, 2));
      played = plays;
      return plays ? stack.pop()! : 0;
    };
    let played = false;
    expect(returnOf(env, 1, act)).toBeCloseTo(1, 9);
    expect(stack).toEqual([]);
  });

  test.each(levels)('count-recall %s', async (difficulty) => {
    const env = await makeEnv('count-recall', { difficulty });
    const faces = env.observationSpace.size / 2;
    const counts = new Int32Array(faces);
    const act = (observation: Float64Array): number => {
      counts[hot(observation, 0, faces)]!++;
      return counts[hot(observation, faces)]!;
    };
    expect(returnOf(env, 1, act)).toBeCloseTo(1, 9);
    expect(returnOf(env, 1, () => 1)).toBeLessThan(-0.5);
  });

  test('repeat-previous, whatever its size, if it reaches back to the k-th latest card', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 26 }), fc.nat(), async (decks, k, seed) => {
        const env = await makeEnv('repeat-previous', { decks, k });
        const seen: number[] = [];
        const keeper = (reach: number) => (observation: Float64Array, t: number) => {
          seen[t] = hot(observation);
          return seen[t + 1 - reach] ?? 0;
        };
        expect(returnOf(env, seed, keeper(k))).toBeCloseTo(1, 9);
        expect(returnOf(env, seed, keeper(k - 1))).toBeLessThan(1);
      }),
      { numRuns: 20 },
    ); // prettier-ignore
    await expect(makeEnv('repeat-previous', { k: 52 })).rejects.toThrow('k must be below the 52 cards, got 52');
  });
});

describe('who sees everything gets 1 in', () => {
  test.each(['easy', 'medium', 'hard'])('battleship and mine-sweeper %s', async (difficulty) => {
    const ships = await makeEnv('battleship', { difficulty });
    const shoot = (): Int32Array => {
      const rows = ships.render!().split('\n');
      const row = rows.findIndex((text) => text.includes('s'));
      return Int32Array.of(row, rows[row]!.indexOf('s'));
    };
    expect(returnOf(ships, 4, shoot)).toBeCloseTo(1, 9);
    const mines = await makeEnv('mine-sweeper', { difficulty });
    const clear = (): Int32Array => {
      const rows = mines.render!().split('\n');
      const row = rows.findIndex((text) => text.includes('.'));
      return Int32Array.of(row, rows[row]!.indexOf('.'));
    };
    expect(returnOf(mines, 4, clear)).toBeCloseTo(1, 9);
    const step = (where: number): Int32Array => Int32Array.of(0, where);
    expect(returnOf(ships, 4, () => step(0))).toBeLessThan(-0.9);
    mines.reset({ seed: 4 });
    const board = mines.render!();
    const at = board.replaceAll('\n', '').indexOf('*');
    const size = board.indexOf('\n');
    const [, reward, terminated] = mines.step(Int32Array.of(Math.floor(at / size), at % size));
    expect([terminated, reward < -0.5]).toEqual([true, true]);
  });

  test.each(['easy', 'medium', 'hard'])('concentration %s', async (difficulty) => {
    const env = await makeEnv('concentration', { difficulty });
    const faceOf = difficulty === 'hard' ? (card: number) => Math.floor(card / 4) % 13 : (card: number) => card % 2;
    const act = (): number => {
      const [first, ...rest] = stateOf(env);
      const cards = (rest.length - 1) / 2;
      const [isUp, order] = [rest.slice(0, cards), rest.slice(cards + 1)];
      const open = order.flatMap((_, place) => (isUp[place] === 0 && place !== first ? [place] : []));
      return first! < 0 ? open[0]! : open.find((place) => faceOf(order[place]!) === faceOf(order[first!]!))!;
    };
    expect(returnOf(env, 2, act)).toBeCloseTo(1, 9);
    expect(env.render!()).not.toContain('?');
    env.reset();
    env.step(3);
    expect(env.render!().split('\n')[0]).toMatch(/^( \? ){3}\[.\]( \? ){9}$/);
  });
});

test.each(['battleship', 'mine-sweeper'])('%s refuses what is no square of its board', async (id) => {
  const env = await makeEnv(id);
  env.reset();
  const wrong = [Int32Array.of(0, 8), Int32Array.of(-1, 0), Int32Array.of(0), Float64Array.of(0, 0)];
  for (const action of wrong) expect(() => env.step(action)).toThrow(`Cannot step ${id}: the action [`);
  expect(() => env.step(Int32Array.of(3, 3))).not.toThrow();
});

test('multiarmed-bandit pays near the best arm to who knows it, and its arms are new in every episode', async () => {
  const env = await makeEnv('multiarmed-bandit');
  let best = 0;
  const act = (): number => {
    const pays = stateOf(env);
    best = Math.max(...pays);
    return pays.indexOf(best);
  };
  const gaps = Array.from({ length: 100 }, (_, seed) => returnOf(env, seed, act) - (2 * best - 1));
  expect(Math.abs(meanOf(gaps))).toBeLessThan(4 * Math.sqrt(0.25 * 4 / 200 / 100)); // prettier-ignore
  env.reset({ seed: 1 });
  const pays = stateOf(env);
  env.reset();
  expect(stateOf(env)).not.toEqual(pays);
});

test('popgym-cart-pole in mode velocities shows positions at reset, unless it is mended', async () => {
  const [quirk, mended, positions] = await Promise.all(
    [{ mode: 'velocities' }, { mode: 'velocities', resetVelocities: true }, {}].map((options) =>
      makeEnv('popgym-cart-pole', options),
    ),
  );
  const first = [quirk!, mended!, positions!].map((env) => [...(env.reset({ seed: 6 })[0] as Float64Array)]);
  expect(first[0]).toEqual(first[2]);
  expect(first[1]).not.toEqual(first[2]);
  const next = [quirk!, mended!, positions!].map((env) => [...(env.step(1)[0] as Float64Array)]);
  expect(next[0]).toEqual(next[1]);
  expect(next[0]).not.toEqual(next[2]);
});

/** A mean return and its standard error. */
interface Figure {
  readonly mean: number;
  readonly error: number;
}
/** Mean returns of random actions, measured in Python (golden/make_popgym_random.py). */
interface Measured extends Figure {
  readonly id: string;
  readonly options: Record<string, unknown>;
  readonly registered: string;
}
const file = readFileSync(new URL('./golden/popgym-random.json', import.meta.url), 'utf8');
const { cases: measured, episodes } = JSON.parse(file) as { cases: Measured[]; episodes: number };

describe('random actions', () => {
  const agree = (a: Figure, b: Figure) => Math.abs(a.mean - b.mean) < 4 * Math.hypot(a.error, b.error);

  test('were measured in the originals, over at least 1000 episodes of every game and size', () => {
    expect(episodes).toBeGreaterThanOrEqual(1000);
    expect(measured).toHaveLength(14 * 3);
    for (const { error } of measured) expect(error).toBeLessThan(0.01);
  });

  test.each(measured)('get $mean in $id $options', async ({ id, options, ...original }) => {
    const env = await makeEnv(id, options);
    const rng = createRng(`random/${id}`);
    const returns = Array.from({ length: 1000 }, (_, seed) => returnOf(env, seed, () => env.actionSpace.sample(rng)));
    const mean = meanOf(returns);
    const ours = { mean, error: Math.sqrt(meanOf(returns.map((g) => (g - mean) ** 2)) / returns.length) };
    expect(agree(ours, original)).toBe(true);
    const others = measured.filter((other) => Math.abs(other.mean - original.mean) > 0.1);
    for (const other of others) expect(agree(ours, other)).toBe(false); // fine enough to tell the games apart
    expect(others.length).toBeGreaterThan(10);
  });
});

describe("POPGym's ids", () => {
  test('are those that it registers, each with the size and the mode that it names', async () => {
    for (const { id, options, registered } of measured) {
      const { entryPoint, kwargs, maxEpisodeSteps } = await spec(registered);
      expect([entryPoint, maxEpisodeSteps]).toEqual([id, null]);
      const part = await loadEnv(id);
      expect(parseOptions(id, part, kwargs)).toEqual(parseOptions(id, part, options));
    }
    const ours = [...(await registry()).keys()].filter((id) => id.startsWith('popgym-') && id.endsWith('-v0'));
    expect(ours.sort()).toEqual(measured.map(({ registered }) => registered).sort());
  });

  test('make the game of that size', async () => {
    const played = async (made: Promise<AnyEnv>) => {
      const env = await made;
      const rng = createRng('same');
      return returnOf(env, 3, () => env.actionSpace.sample(rng));
    };
    for (const { id, options, registered } of measured.filter(({ options }) => options['difficulty'] !== 'easy')) {
      expect(await played(make(registered))).toBe(await played(makeEnv(id, options)));
    }
    const medium = await played(make('popgym-BattleshipMedium-v0'));
    expect(medium).not.toBe(await played(makeEnv('battleship', { difficulty: 'easy' })));
    await expect(make('popgym-RepeatFirst-v0')).rejects.toThrow('did you mean');
  });
});
