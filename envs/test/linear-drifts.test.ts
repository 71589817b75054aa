/** The linear beds whose weights move, tracking and drift, against closed forms and published behaviour. */
import { describe, expect, test } from 'vitest';
import { makeEnv } from '../registry.ts';
import { dot, follow } from './follow.ts';
import { meanOf } from './stream.ts';

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
