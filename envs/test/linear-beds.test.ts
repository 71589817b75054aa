/** The linear prediction beds against closed forms and against published behaviour of linear learners on them. */
import { describe, expect, test } from 'vitest';
import { makeEnv } from '../registry.ts';
import { dot, follow, linearTd } from './follow.ts';
import { meanOf } from './stream.ts';

describe('random-walk', () => {
  test.each([
    [{}, (i: number) => (i - 10) / 10, 19], // Sutton & Barto, example 7.1
    [{ states: 5, left: 0 }, (i: number) => i / 6, 5], // example 6.2
  ])('%j has the values of the book', async (options, value, n) => {
    const env = await makeEnv('random-walk', options);
    const seen = new Map<number, number>();
    follow(env, 3, 20_000, (out) => {
      if (out.terminated) expect([env.value!(), ...out.observation]).toEqual(new Array(n + 1).fill(0));
      else seen.set(out.observation.indexOf(1) + 1, env.value!());
    });
    expect(seen.size).toBe(n);
    for (const [i, v] of seen) expect(v).toBeCloseTo(value(i), 12);
    expect(seen.get(1)).not.toBeCloseTo(value(2), 3);
  });

  test('starts in the middle, pays at the ends, and each end comes equally often', async () => {
    const env = await makeEnv('random-walk', { states: 5, left: -3, right: 2 });
    const ends: number[] = [];
    follow(env, 4, 100_000, (out, start) => {
      if (start) expect(out.observation.indexOf(1)).toBe(2);
      if (out.terminated) ends.push(out.reward);
      else expect(out.reward).toBe(0);
    });
    expect(new Set(ends)).toEqual(new Set([-3, 2]));
    expect(Math.abs(meanOf(ends) + 0.5)).toBeLessThan((5 * 2.5) / Math.sqrt(ends.length));
  });

  test('with a discount below 1 its values keep the Bellman equation', async () => {
    const env = await makeEnv('random-walk', { states: 7, discount: 0.8 });
    const values = new Map<number, number>();
    follow(env, 5, 5000, (out) => values.set(out.terminated ? -1 : out.observation.indexOf(1), env.value!()));
    const v = (i: number): number => values.get(i)!;
    expect(v(0)).toBeCloseTo(0.5 * (-1 + 0.8 * v(1)), 12);
    expect(v(0)).toBeCloseTo(0.5 * -1 + 0.4 * v(1), 12);
    for (let i = 1; i < 6; i++) expect(v(i)).toBeCloseTo(0.4 * (v(i - 1) + v(i + 1)), 12);
    expect(v(3)).toBeCloseTo(0, 12);
  });

  test('dependent and inverted features are those of Sutton et al. 2009', async () => {
    const rows = async (features: string) => {
      const env = await makeEnv('random-walk', { states: 5, left: 0, features });
      const seen = new Map<string, number[]>();
      follow(env, 6, 2000, (out) => void (out.terminated || seen.set(env.value!().toFixed(3), [...out.observation])));
      return [1, 2, 3, 4, 5].map((i) => seen.get((i / 6).toFixed(3))!);
    };
    const [a, b, c] = [1, 1 / Math.sqrt(2), 1 / Math.sqrt(3)];
    expect(await rows('dependent')).toEqual([
      [a, 0, 0],
      [b, b, 0],
      [c, c, c],
      [0, b, b],
      [0, 0, a],
    ]);
    const inverted = await rows('inverted');
    inverted.forEach((row, i) => expect(row).toEqual([0.5, 0.5, 0.5, 0.5, 0.5].map((x, j) => (i === j ? 0 : x))));
  });

  test('an even number of states is refused in one line', async () => {
    await expect(makeEnv('random-walk', { states: 6 })).rejects.toThrow('states: must be odd: it has a middle, got 6');
  });
});

describe('boyan-chain', () => {
  test('has the values -2 s, shown exactly by the weights (-24, -16, -8, 0)', async () => {
    const env = await makeEnv('boyan-chain');
    const weights = Float64Array.of(-24, -16, -8, 0); // Boyan 2002
    const seen = new Set<number>();
    follow(env, 1, 3000, (out) => {
      seen.add(env.value!());
      expect(dot(weights, out.observation)).toBeCloseTo(env.value!(), 12);
      expect(meanOf(out.observation) * 4).toBeCloseTo(1, 12);
    });
    expect([...seen].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 13 }, (_, i) => -24 + 2 * i).map((x) => x + 0),
    );
  });

  test('value() is the mean return of what follows', async () => {
    const env = await makeEnv('boyan-chain');
    const returns: number[] = [];
    follow(env, 2, 200_000, (out, start) => {
      if (start) returns.push(0);
      else returns[returns.length - 1]! += out.reward;
    });
    returns.pop();
    expect(Math.abs(meanOf(returns) + 24)).toBeLessThan(0.05); // 20 000 episodes of standard deviation below 2
  });

  test('a linear TD learner finds the weights', async () => {
    const weights = linearTd(await makeEnv('boyan-chain'), 200_000, 0.01, new Float64Array(4));
    [-24, -16, -8].forEach((w, i) => expect(Math.abs(weights[i]! - w)).toBeLessThan(0.5));
  });
});

describe('baird', () => {
  const book = () => Float64Array.of(1, 1, 1, 1, 1, 1, 10, 1); // initial weights, Sutton & Barto, figure 11.2

  test('makes off-policy TD(0) diverge, and not where the ratios are left out', async () => {
    const off = await makeEnv('baird');
    expect(Math.max(...linearTd(off, 1000, 0.01, book(), () => off.ratio!()).map(Math.abs))).toBeGreaterThan(100);
    const on = await makeEnv('baird');
    expect(Math.max(...linearTd(on, 1000, 0.01, book()).map(Math.abs))).toBeLessThan(11);
  });

  test('has ratios 7 and 0 of mean 1, in the info and without, and 1 after a reset', async () => {
    const env = await makeEnv('baird');
    env.reset({ seed: 1 });
    expect(env.ratio!()).toBe(1);
    const ratios: number[] = [];
    for (let t = 0; t < 50_000; t++) {
      const [observation, reward, , , info] = env.step(0);
      const state = observation as Float64Array;
      expect(info).toEqual(state[6] === 1 ? { ratio: 7, move: 1 } : { ratio: 0, move: 0 });
      expect([reward, env.value!(), env.ratio!()]).toEqual([0, 0, info['ratio']]);
      expect(meanOf(state) * 8).toBe(3);
      ratios.push(env.ratio!());
    }
    expect(Math.abs(meanOf(ratios) - 1)).toBeLessThan((5 * Math.sqrt(6)) / Math.sqrt(50_000));
  });
});

describe('random-mdp', () => {
  test('value() keeps the Bellman equation of the uniform policy, measured on the stream', async () => {
    const env = await makeEnv('random-mdp', { states: 5 });
    const [sums, counts] = [new Float64Array(5), new Float64Array(5)];
    const values = new Float64Array(5);
    let last = -1;
    follow(env, 2, 300_000, (out) => {
      const state = out.observation.indexOf(1);
      values[state] = env.value!();
      if (last >= 0) {
        sums[last]! += out.reward + 0.9 * env.value!();
        counts[last]!++;
      }
      last = state;
    });
    sums.forEach((sum, s) => expect(Math.abs(sum / counts[s]! - values[s]!)).toBeLessThan(0.03));
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.2); // the control: they differ
  });

  test('off-policy, value() keeps the Bellman equation of its own policy under the ratios, and not without', async () => {
    const env = await makeEnv('random-mdp', { states: 4, actions: 3, target: 'drawn' });
    const [gaps, bare]: number[][][] = [0, 1].map(() => Array.from({ length: 4 }, () => []));
    const ratios: number[] = [];
    let last = -1;
    let value = NaN;
    follow(env, 2, 100_000, (out, start) => {
      expect(env.ratio!() === 1).toBe(start);
      if (!start) {
        const outcome = out.reward + 0.9 * env.value!();
        ratios.push(env.ratio!());
        gaps![last]!.push(env.ratio!() * (outcome - value));
        bare![last]!.push(outcome - value);
      }
      last = out.observation.indexOf(1);
      value = env.value!();
    });
    const isOff = (gap: number[]): boolean =>
      Math.abs(meanOf(gap)) > 4 * Math.sqrt(meanOf(gap.map((d) => d * d)) / gap.length);
    expect(gaps!.map(isOff)).toEqual([false, false, false, false]);
    expect(bare!.some(isOff)).toBe(true);
    expect(Math.abs(meanOf(ratios) - 1)).toBeLessThan(0.01);
  });

  test('draws another process for another seed, and keeps one that it is asked to keep', async () => {
    const env = await makeEnv('random-mdp');
    const values = (): Set<number> => {
      const seen = new Set<number>();
      for (let t = 0; t < 3000; t++) {
        env.step(t % 2);
        seen.add(env.value!());
      }
      return seen;
    };
    env.reset({ seed: 1 });
    const first = values();
    env.reset({ seed: 2, options: { task: 'keep' } });
    expect(values()).toEqual(first);
    env.reset({ seed: 2 });
    expect(values()).not.toEqual(first);
  });

  test('shows as many features as it should, and refuses what is not an action', async () => {
    const env = await makeEnv('random-mdp', { states: 8, features: 6, active: 2 });
    follow(env, 3, 500, ({ observation }) => expect(meanOf(observation) * 6).toBe(2));
    expect(() => env.step(2)).toThrow('Cannot step random-mdp: the action 2 is not in Discrete(2)');
  });
});
