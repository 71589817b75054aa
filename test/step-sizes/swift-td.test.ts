/** SwiftTD: true online TD(lambda) within it, its h against finite differences, its bound, and its sparse form. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { get } from '../support/arrays.ts';
import { stepOf } from '../support/learners.ts';
import { linearLearner, live, type Moment, randomLife } from '../support/linear-bed.ts';
import { swiftTdByHand } from './swift-td-by-hand.ts';

const swift = (over: object = {}) => ({ id: 'swift-td', ...over });
const FREE = { eta: null, decay: 1, etaMin: 1e-300 } as const;
const array = (values: readonly number[]) => Float64Array.from(values);

/** True online TD(lambda) as in Sutton & Barto 2018, section 12.5: z <- gamma lambda z + (1 - alpha gamma lambda z'x) x. */
function trueOnline(moments: readonly Moment[], alpha: number, lambda: number): Float64Array {
  const n = moments[0]!.x.length;
  const [w, z] = [new Float64Array(n), new Float64Array(n)];
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, v, i) => sum + v * b[i]!, 0);
  let [last, vOld]: [readonly number[], number] = [[], 0];
  for (const { x, c = 0, gamma = 0.9, start = false } of moments) {
    if (!start) {
      const [v, vNext] = [dot(w, last), dot(w, x)];
      const delta = c + gamma * vNext - v;
      for (let i = 0; i < n; i++) w[i]! += alpha * (delta + v - vOld) * z[i]! - alpha * (v - vOld) * last[i]!;
      vOld = vNext;
    } else {
      z.fill(0);
      vOld = dot(w, x);
    }
    const fade = start ? 0 : gamma * lambda;
    const scale = 1 - alpha * fade * dot(z, x);
    for (let i = 0; i < n; i++) z[i] = fade * z[i]! + scale * x[i]!;
    last = x;
  }
  return w;
}

it('without learned step sizes and bound is true online TD(lambda), through episodes', async () => {
  const moments = randomLife('true online', 6, 2000, { episode: 50 });
  const learner = await linearLearner(swift({ ...FREE, theta: 0, alpha: 0.01, lambda: 0.8 }), 6);
  live(learner, moments);
  const w = array(get(learner, 'head.weights'));
  expectEqual(w, trueOnline(moments, 0.01, 0.8), 1e-12);
  expectDifferent(w, trueOnline(moments, 0.01, 0.79), 1e-3); // control
});

describe('h', () => {
  // Frozen bootstraps: gamma 0 where errors come from, so that no error knows w through v_t.
  const moments = randomLife('h', 1, 60).map((moment) => ({ ...moment, x: [0.5 + 0.3 * moment.x[0]!] }));
  const options = { ...FREE, theta: 0, lambda: 0.8 };

  /** d w / d beta at the end, errors as they were at beta. */
  function byDifferences(timing: 'exact' | 'published'): { difference: number; h: number } {
    const at = (beta: number, deltas: readonly number[] | null) =>
      swiftTdByHand(moments, { alpha: Math.exp(beta), lambda: 0.8, timing, bootstraps: deltas });
    const center = at(Math.log(0.05), null);
    const e = 1e-5;
    const up = at(Math.log(0.05) + e, center.bootstraps);
    const down = at(Math.log(0.05) - e, center.bootstraps);
    return { difference: (up.w - down.w) / (2 * e), h: center.h };
  }

  it('is dw/dbeta, and the rule has it; with the published timing it is not', async () => {
    const { difference, h } = byDifferences('exact');
    expect(Math.abs(difference)).toBeGreaterThan(0.01);
    expect(Math.abs(h - difference)).toBeLessThan(1e-8);
    const learner = await linearLearner(swift({ ...options, alpha: 0.05 }), 1);
    live(learner, moments);
    expect(get(learner, 'rule.h.head')[0]).toBeCloseTo(h, 12);
    const published = byDifferences('published');
    expect(Math.abs(published.h - published.difference)).toBeGreaterThan(0.01 * Math.abs(published.difference)); // control
  });
});

it('step sizes follow the listing, by hand', async () => {
  const moments = randomLife('beta', 1, 200);
  const [alpha, theta, lambda] = [0.02, 0.003, 0.8];
  const learner = await linearLearner(swift({ ...FREE, alpha, theta, lambda }), 1);
  live(learner, moments);
  const by = (timing: 'exact' | 'published') =>
    swiftTdByHand(moments, { alpha, theta, lambda, timing, bootstraps: null });
  const { beta, w } = by('exact');
  expect(get(learner, 'rule.beta.head')[0]).toBeCloseTo(beta, 11);
  expect(get(learner, 'head.weights')[0]).toBeCloseTo(w, 11);
  expect(Math.abs(beta - Math.log(alpha))).toBeGreaterThan(0.05); // it moved
  expect(by('published').beta).not.toBeCloseTo(beta, 4); // control
});

it('no step takes away more than eta of an error, however large the features', async () => {
  const eta = 0.1;
  const learner = await linearLearner(swift({ eta, alpha: 0.05, theta: 0.01, lambda: 0.9, etaMin: 1e-6 }), 4);
  const moments = randomLife('bound', 4, 20_000).map((moment, t) => ({
    ...moment,
    x: moment.x.map((value) => (t % 3 === 0 ? 0.05 : 2) * value),
  }));
  let [worst, active] = [0, 0];
  for (const moment of moments) {
    live(learner, [moment]);
    const zd = get(learner, 'rule.zd.head');
    const rate = moment.x.reduce((sum, x, i) => sum + zd[i]! * x, 0);
    worst = Math.max(worst, rate);
    if (rate > eta * (1 - 1e-9)) active++;
    for (const beta of get(learner, 'rule.beta.head')) {
      expect(beta <= Math.log(eta) && beta >= Math.log(1e-6) + 100 * Math.log(0.999)).toBe(true);
    }
  }
  expect(worst).toBeLessThanOrEqual(eta * (1 + 1e-12));
  expect(active).toBeGreaterThan(2000);
  expect(active).toBeLessThan(18_000);
});

it('stays finite on noise with a large meta step size', async () => {
  const learner = await linearLearner(swift({ theta: 0.01, alpha: 0.01 }), 4);
  live(learner, randomLife('noise', 4, 100_000, { gamma: 0.99 }));
  expect(get(learner, 'head.weights').every(Number.isFinite)).toBe(true);
  expect(get(learner, 'rule.beta.head').every(Number.isFinite)).toBe(true);
});

describe('sparse', () => {
  /** Signed features, most of them 0. */
  const moments = randomLife('sparse', 12, 3000, { episode: 400 }).map((moment, t) => ({
    ...moment,
    x: moment.x.map((value, i) => ((t * 7 + i * 5) % 4 === 0 ? value : 0)),
    gamma: t % 6 === 5 ? 0 : 0.9, // all traces end, life goes on: weights leave and come back
  }));
  const options = { alpha: 0.05, theta: 0.01, eta: 0.2, lambda: 0.9 };
  const weights = async (over: object) => {
    const learner = await linearLearner(swift({ ...options, ...over }), 12);
    live(learner, moments);
    return array(get(learner, 'head.weights'));
  };

  it('is the dense form where no trace is cut, bound and signs included', async () => {
    const dense = await weights({});
    expectEqual(await weights({ sparse: true, cut: 0 }), dense, 1e-12);
    expectDifferent(await weights({ sparse: true, cut: 0.5 }), dense, 1e-4); // control: cut
  });

  it.each([true, false])('a negative cue is learned as well as a positive one (sparse %s)', async (sparse) => {
    const values = await Promise.all(
      [1, -1].map(async (sign) => {
        const learner = await linearLearner(swift({ sparse, alpha: 0.01, theta: 1e-3, eta: 0.1, lambda: 0.95 }), 2);
        const trial: Moment[] = [sign, 0, 0, 0].map((cue, t) => ({
          x: [cue, t === 3 ? 1 : 0],
          c: t === 3 ? 1 : 0,
          gamma: 0.95,
        }));
        const rest: Moment[] = Array.from({ length: 40 }, () => ({ x: [0, 0], gamma: 0.95 }));
        const life = Array.from({ length: 300 }, () => [...trial, ...rest]).flat();
        const said = live(
          learner,
          life.map((moment, t) => ({ ...moment, start: t === 0 })),
        );
        return said.at(-44)!;
      }),
    );
    expect(values[0]).toBeGreaterThan(0.5);
    expect(values[1]).toBeGreaterThan(0.9 * values[0]!);
    expect(values[1]).toBeLessThan(1.1 * values[0]!);
  });
});

it('with targets it is IDBD whose step size changes after the weight', async () => {
  const [alpha, theta] = [0.02, 0.01];
  const learner = await linearLearner(swift({ ...FREE, alpha, theta, lambda: 0.9 }), 2);
  const rng = createRng('targets');
  const [w, h, beta] = [
    [0, 0],
    [0, 0],
    [Math.log(alpha), Math.log(alpha)],
  ];
  for (let t = 0; t < 500; t++) {
    const x = [rng.normal(), rng.normal()];
    const y = x[0]! - 2 * x[1]! + 0.3 * rng.normal();
    learner.step(stepOf(x, 0, 0, { start: t === 0, target: [y] }));
    const delta = y - w[0]! * x[0]! - w[1]! * x[1]!;
    for (let i = 0; i < 2; i++) {
      const step = Math.exp(beta[i]!) * x[i]!;
      w[i]! += delta * step;
      beta[i]! += (theta / Math.exp(beta[i]!)) * delta * h[i]! * x[i]!;
      h[i] = h[i]! * (1 - step * x[i]!) + delta * step;
    }
  }
  for (const [name, values] of Object.entries({ 'head.weights': w, 'rule.beta.head': beta, 'rule.h.head': h })) {
    expectEqual(array(get(learner, name)), array(values), 1e-12);
  }
  expect(beta[0]).not.toBeCloseTo(Math.log(alpha), 2); // control: step sizes moved
});
