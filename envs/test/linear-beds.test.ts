/** The linear prediction beds against closed forms and against published behaviour of linear learners on them. */
import { describe, expect, test } from 'vitest';
import type { AnyEnv } from '../part.ts';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import { emptyResult, meanOf } from './stream.ts';

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

/** Follows the environment with uniform actions; `see` gets every moment and whether it opened an episode. */
function follow(
  env: AnyEnv,
  seed: number,
  steps: number,
  see: (out: ReturnType<typeof emptyResult>, start: boolean) => void,
) {
  const out = emptyResult(env);
  const rng = createRng(`follow/${seed}`);
  env.resetInto(out, { seed });
  see(out, true);
  for (let t = 0; t < steps; t++) {
    if (out.terminated) env.resetInto(out);
    else {
      env.stepInto(env.actionSpace.sample(rng), out);
      see(out, false);
      continue;
    }
    see(out, true);
  }
}

/** Linear TD(0) with importance ratios from the environment, if it has any; the weights at the end. */
function linearTd(env: AnyEnv, steps: number, alpha: number, weights: Float64Array, ratioOf: () => number = () => 1) {
  const gamma = env.metadata.discount!;
  let last: Float64Array | null = null;
  follow(env, 1, steps, (out, start) => {
    if (!start && last !== null) {
      const next = out.terminated ? 0 : dot(weights, out.observation);
      const delta = out.reward + gamma * next - dot(weights, last);
      const scale = alpha * ratioOf() * delta;
      last.forEach((x, i) => (weights[i]! += scale * x));
    }
    last = out.observation.slice();
  });
  return weights;
}

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

describe('tracking', () => {
  /** Mean squared error over the second half of LMS, and of IDBD where a meta step size is given (Sutton 1992). */
  async function error(steps: number, alpha: number, meta = 0): Promise<number> {
    const env = await makeEnv('tracking');
    const n = env.observationSpace.size;
    const [weights, logs, traces] = [
      new Float64Array(n),
      new Float64Array(n).fill(Math.log(alpha)),
      new Float64Array(n),
    ];
    const errors: number[] = [];
    let t = 0;
    follow(env, 7, steps, ({ observation: x }) => {
      const delta = env.value!() - dot(weights, x);
      if (t++ > steps / 2) errors.push(delta ** 2);
      for (let i = 0; i < n; i++) {
        logs[i]! += meta * delta * x[i]! * traces[i]!;
        const rate = Math.exp(logs[i]!);
        weights[i]! += rate * delta * x[i]!;
        traces[i] = traces[i]! * Math.max(0, 1 - rate * x[i]! ** 2) + rate * delta * x[i]!;
      }
    });
    return meanOf(errors);
  }

  test('gives the best LMS about 3.5 and IDBD about 1.5, as the paper says', async () => {
    const lms = Math.min(...(await Promise.all([0.02, 0.03, 0.04, 0.05].map((alpha) => error(30_000, alpha)))));
    expect(Math.abs(lms - 3.5)).toBeLessThan(0.25);
    const idbd = await error(60_000, 0.05, 0.01);
    expect(Math.abs(idbd - 1.5)).toBeLessThan(0.25);
  });

  test('pays the target of an example at the next step', async () => {
    const env = await makeEnv('tracking', { noise: 0.1 });
    let expected = 0;
    follow(env, 8, 100, (out, start) => {
      if (!start) expect(out.reward).toBe(expected);
      expected = env.value!();
    });
  });

  test('its floors are those of the stream: 5 for zero, 0.16 for the best that the past allows', async () => {
    const env = await makeEnv('tracking');
    expect(env.metadata.floors).toEqual({
      zero: 5,
      constant: 5,
      timing: null,
      ideal: expect.closeTo(0.16, 12),
      target: 'value',
    });
    const signs = new Float64Array(5).fill(1);
    const [zero, ideal]: number[][] = [[], []];
    let t = 0;
    follow(env, 9, 200_000, ({ observation }) => {
      const x = observation.subarray(0, 5);
      const y = env.value!();
      const isFlip = t > 0 && t % 20 === 0;
      zero!.push(y ** 2);
      ideal!.push((y - (isFlip ? 0.6 : 1) * dot(signs, x)) ** 2);
      if (isFlip) {
        const j = [0, 1, 2, 3, 4].find((i) => Math.abs(dot(signs, x) - 2 * signs[i]! * x[i]! - y) < 1e-9)!;
        signs[j]! *= -1;
      }
      t++;
    });
    expect(Math.abs(meanOf(zero!) - 5)).toBeLessThan(0.08);
    expect(Math.abs(meanOf(ideal!) - 0.16)).toBeLessThan(0.01);
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

describe('drift', () => {
  /** Mean square of the target of example `t`, over many streams; its standard error where the target is normal given x. */
  async function square(t: number, options: Record<string, unknown> = {}): Promise<number> {
    const env = await makeEnv('drift', options);
    const squares: number[] = [];
    for (let seed = 0; seed < 4000; seed++) {
      let now = 0;
      follow(env, seed, t, () => now++ === t && squares.push(env.value!() ** 2));
    }
    return meanOf(squares);
  }

  test('has weights that begin at 0 and walk: the target varies by noise, and by relevant x t x drift^2 more', async () => {
    expect(Math.abs((await square(0)) - 1)).toBeLessThan(0.12); // 5 standard errors of a squared normal: 5 sqrt(2 / 4000)
    expect(Math.abs((await square(9)) - 46)).toBeLessThan(7);
    expect(Math.abs((await square(9, { drift: 0 })) - 1)).toBeLessThan(0.12);
    expect(await square(9, { drift: 0, noise: 0 })).toBe(0);
  });

  test('leaves what is not relevant out of the target', async () => {
    const env = await makeEnv('drift', { inputs: 3, relevant: 1, noise: 0 });
    let before = 0;
    follow(env, 1, 200, ({ observation: x, reward }, start) => {
      const weight = env.value!() / x[0]!;
      if (start) expect(weight).toBe(0);
      else {
        expect(reward).toBe(before);
        expect(Math.abs(weight)).toBeGreaterThan(0);
      }
      before = env.value!();
    });
  });
});
