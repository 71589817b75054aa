import { makeEnv } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { get } from '../support/arrays.ts';
import { linearLearner, live, type Moment, randomLife, type RuleChoice } from '../support/linear-bed.ts';
import { oneWeight } from './by-hand.ts';

const OPTIONS = { alpha: 0.1, headAlpha: 0.2, lambda: 0.5 };

it('gives the numbers worked by hand', async () => {
  const moments = [
    { delta: 9, gradient: 2 }, // z_0 = 2, nothing to move yet
    { delta: 1, gradient: -1 }, // w += .1 * 1 * 2;  z_1 = .25 * 2 - 1 = -.5
    { delta: -2, gradient: 4, gamma: 1 }, // w += .1 * -2 * -.5;  z_2 = .5 * -.5 + 4 = 3.75
    { delta: 1, gradient: 0 }, // w += .1 * 3.75
  ];
  const cell = [1, 1.2, 1.3, 1.675];
  const head = [1, 1.4, 1.6, 2.35];
  const seen = await oneWeight('td-lambda', OPTIONS, moments);
  seen.forEach(([c, h], t) => {
    expect(c).toBeCloseTo(cell[t]!, 12);
    expect(h).toBeCloseTo(head[t]!, 12);
  });
});

it('weighs the eligibility with the importance ratio of the action that led on', async () => {
  const moments = [
    { delta: 0, gradient: 2 },
    { delta: 1, gradient: 1, ratio: 3 }, // w += .1 * 3 * 2;  z_1 = .25 * 6 + 1 = 2.5
    { delta: 1, gradient: 0, ratio: 0 }, // w stays;  z_2 = 0
    { delta: 1, gradient: 0 },
  ];
  const seen = (await oneWeight('td-lambda', OPTIONS, moments)).map(([cell]) => cell!);
  [1, 1.6, 1.6, 1.6].forEach((w, t) => expect(seen[t]).toBeCloseTo(w, 12));
  const control = await oneWeight(
    'td-lambda',
    OPTIONS,
    moments.map((m) => ({ ...m, ratio: 1 })),
  );
  expect(control.at(-1)![0]).not.toBeCloseTo(1.6, 3);
});

it('replaces traces where the gradient is not 0, and lets the others fade', async () => {
  const moments = [
    { delta: 9, gradient: 1 },
    { delta: 1, gradient: 1 }, // w += .1;  z_1 = 1, not 1.25
    { delta: 1, gradient: 0 }, // w += .1;  z_2 = .25
    { delta: 1, gradient: 0 }, // w += .025
  ];
  const seen = (await oneWeight('td-lambda', { ...OPTIONS, trace: 'replacing' }, moments)).map(([cell]) => cell!);
  [1, 1.1, 1.2, 1.225].forEach((w, t) => expect(seen[t]).toBeCloseTo(w, 12));
  const control = (await oneWeight('td-lambda', OPTIONS, moments)).map(([cell]) => cell!);
  expect(control[2]).toBeCloseTo(1.225, 12);
});

it('lets dutch traces grow by what is not in them yet, over cell and head', async () => {
  const moments = [
    { delta: 9, gradient: 2 }, // z_0 = 2 for both
    { delta: 1, gradient: 1 }, // sum alpha z x = .1 * 2 + .2 * 2 = .6;  z_1 = .5 + (1 - .25 * .6) = 1.35
    { delta: 1, gradient: 0 },
  ];
  const seen = await oneWeight('td-lambda', { ...OPTIONS, trace: 'dutch' }, moments);
  [1, 1.2, 1.335].forEach((w, t) => expect(seen[t]![0]).toBeCloseTo(w, 12));
  [1, 1.4, 1.67].forEach((w, t) => expect(seen[t]![1]).toBeCloseTo(w, 12));
});

/** What one learner would change in each step of a life if its weights stayed at `w`. */
async function changesAt(w: Float64Array, rule: RuleChoice, moments: readonly Moment[]): Promise<Float64Array[]> {
  const learner = await linearLearner(rule, w.length);
  learner.write('head.weights', w);
  return moments.map((moment) => {
    live(learner, [moment]);
    const change = Float64Array.from(get(learner, 'head.weights'), (value, i) => value - w[i]!);
    learner.write('head.weights', w);
    return change;
  });
}

const sumOf = (vectors: readonly Float64Array[]): Float64Array =>
  vectors[0]!.map((_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0));

it('accumulated over an episode off-line, its changes are those of the lambda-return', async () => {
  const SIZE = 5;
  const moments = randomLife('episode', SIZE, 61).map((moment, t) => ({ ...moment, gamma: t === 60 ? 0 : 0.9 }));
  const w = Float64Array.from({ length: SIZE }, (_, i) => Math.sin(i + 1));
  const v = moments.map(({ x }) => x.reduce((sum, value, i) => sum + value * w[i]!, 0));
  const lambdaReturn = (lambda: number): Float64Array => {
    const total = new Float64Array(SIZE);
    let G = 0;
    for (let t = 59; t >= 0; t--) {
      const { c = 0, gamma } = moments[t + 1]!;
      G = c + gamma * ((1 - lambda) * v[t + 1]! + lambda * G);
      for (let i = 0; i < SIZE; i++) total[i]! += 0.1 * (G - v[t]!) * moments[t]!.x[i]!;
    }
    return total;
  };
  const rule = { id: 'td-lambda', alpha: 0.1, lambda: 0.8 };
  const seen = sumOf(await changesAt(w, rule, moments));
  expectEqual(seen, lambdaReturn(0.8), 1e-10);
  expectDifferent(seen, lambdaReturn(0.79), 1e-3); // controls
  expectDifferent(sumOf(await changesAt(w, { ...rule, trace: 'dutch' }, moments)), lambdaReturn(0.8), 1e-3);
});

it('is bit by bit z <- gamma lambda z + x, w += alpha delta z, with accumulating traces', async () => {
  const moments = randomLife('bits', 3, 500, { episode: 40 });
  const learner = await linearLearner({ id: 'td-lambda', alpha: 0.03, lambda: 0.7 }, 3);
  const [w, z] = [new Float64Array(3), new Float64Array(3)];
  let last = 0;
  for (const moment of moments) {
    const { x, c = 0, gamma = 0.9, start } = moment;
    const v = w[0]! * x[0]! + w[1]! * x[1]! + w[2]! * x[2]!;
    const step = 0.03 * (c + gamma * v - last);
    for (let i = 0; i < 3; i++) {
      if (!start) w[i]! += step * z[i]!;
      z[i] = (start ? 0 : gamma * 0.7 * z[i]!) + x[i]!;
    }
    last = v;
    live(learner, [moment]);
  }
  expect(get(learner, 'head.weights')).toEqual([...w]);
  expect(w.every((value) => Math.abs(value) > 1e-6)).toBe(true);
});

describe("Baird's counterexample", () => {
  const states = Array.from({ length: 7 }, (_, s) =>
    Array.from({ length: 8 }, (__, i) => (i === s ? (s === 6 ? 1 : 2) : i === 7 ? (s === 6 ? 2 : 1) : 0)),
  );
  const start = Float64Array.of(1, 1, 1, 1, 1, 1, 10, 1);

  it('has the states that the environment shows', async () => {
    const env = await makeEnv('baird');
    const [x] = env.reset({ seed: 0 }) as [Float64Array, unknown];
    const seen = new Set([x.join()]);
    for (let t = 0; t < 100; t++) seen.add((env.step(0)[0] as Float64Array).join());
    expect([...seen].sort()).toEqual(states.map((state) => state.join()).sort());
  });

  it('makes the expected update diverge, to the number', async () => {
    const w = start.slice();
    const rule = { id: 'td-lambda', alpha: 0.01 / 7, lambda: 0 };
    const sweep = states.flatMap((x) => [
      { x, start: true },
      { x: states[6]!, c: 0, gamma: 0.99 }, // the policy in question always goes to the seventh
    ]);
    const learner = await linearLearner(rule, 8);
    for (let k = 0; k < 1000; k++) {
      const before = w.slice();
      for (let s = 0; s < 7; s++) {
        learner.write('head.weights', before);
        live(learner, sweep.slice(2 * s, 2 * s + 2));
        get(learner, 'head.weights').forEach((value, i) => (w[i]! += value - before[i]!));
      }
    }
    for (let i = 0; i < 6; i++) expect(w[i]).toBeCloseTo(114.434, 3);
    expect(w[6]).toBeCloseTo(6.85, 3);
    expect(w[7]).toBeCloseTo(335.001, 3);
    expect(Math.hypot(...w)).toBeCloseTo(436.856, 3);
    expect(Math.hypot(...start)).toBeLessThan(11);
  });
});

describe("Boyan's chain", () => {
  /** The features of state s, from the environment: value() is -2 s. */
  async function features(): Promise<Map<number, number[]>> {
    const env = await makeEnv('boyan-chain');
    const seen = new Map<number, number[]>();
    const out = { observation: new Float64Array(4), reward: 0, terminated: true, truncated: false };
    for (let t = 0; t < 300; t++) {
      if (out.terminated) env.resetInto(out);
      else env.stepInto(0, out);
      seen.set(env.value!()! / -2, [...out.observation]);
    }
    return seen;
  }

  it('has its weights for fixed point of the expected update', async () => {
    const x = await features();
    expect(x.size).toBe(13);
    const rule = { id: 'td-lambda', alpha: 0.1, lambda: 0 };
    const transitions = (s: number): Moment[] =>
      (s === 1 ? [0] : [s - 1, s - 2]).flatMap((next) => [
        { x: x.get(s)!, start: true },
        { x: x.get(next)!, c: s === 1 ? -2 : -3, gamma: next === 0 ? 0 : 1 },
      ]);
    const expected = async (w: readonly number[]): Promise<number> => {
      let largest = 0;
      for (let s = 1; s <= 12; s++) {
        const sum = sumOf(await changesAt(Float64Array.from(w), rule, transitions(s)));
        largest = Math.max(largest, ...sum.map(Math.abs));
      }
      return largest;
    };
    expect(await expected([-24, -16, -8, 0])).toBeLessThan(1e-13);
    expect(await expected([-24, -16, -8.1, 0])).toBeGreaterThan(1e-3); // control
  });
});

describe('with errors predicted anew', () => {
  const SIZE = 4;
  const moments = randomLife('anew', SIZE, 200, { episode: 40 });

  /** The book's TD(lambda), whose delta has both predictions by the same weights. */
  function book(trace: string): Float64Array {
    const [w, z] = [new Float64Array(SIZE), new Float64Array(SIZE)];
    const dot = (a: Float64Array, b: readonly number[]): number => b.reduce((sum, value, i) => sum + value * a[i]!, 0);
    moments.forEach(({ x, c = 0, gamma = 0.9, start = false }, t) => {
      if (!start) {
        const delta = c + gamma * dot(w, x) - dot(w, moments[t - 1]!.x);
        for (let i = 0; i < SIZE; i++) w[i]! += 0.05 * delta * z[i]!;
      }
      const decay = start ? 0 : gamma * 0.8;
      const fresh = trace === 'dutch' ? 1 - 0.05 * decay * dot(z, x) : 1;
      for (let i = 0; i < SIZE; i++) z[i] = trace === 'replacing' ? x[i]! : decay * z[i]! + fresh * x[i]!;
    });
    return w;
  }

  it.each([['accumulating'], ['replacing'], ['dutch']])(
    'it is the TD(lambda) of the book, %s traces',
    async (trace) => {
      const lived = async (anew: boolean): Promise<Float64Array> => {
        const learner = await linearLearner({ id: 'td-lambda', alpha: 0.05, lambda: 0.8, trace, anew }, SIZE);
        live(learner, moments);
        return Float64Array.from(get(learner, 'head.weights'));
      };
      expectEqual(await lived(true), book(trace), 1e-12);
      expectDifferent(await lived(false), book(trace), 1e-3); // control: as predicted then
    },
  );
});
