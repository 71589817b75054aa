/** TDC: the update written down anew, Baird's counterexample in expectation and by samples, and what it is at its limits. */
import { createRng, makeEnv } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { createInteraction } from '../../src/interaction.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { loadPart } from '../../src/registry.ts';
import type { WeightGroup } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { get } from '../support/arrays.ts';
import { smallLearner, stepOf } from '../support/learners.ts';
import { linearLearner, live, type Moment, randomLife, type RuleChoice } from '../support/linear-bed.ts';

const tdc = (over: object = {}): RuleChoice => ({ id: 'tdc', ...over });
const array = (values: readonly number[]) => Float64Array.from(values);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Sutton & Barto 2018, section 12.11, with delta from predictions as they were made. */
function byHand(moments: readonly Moment[], alpha: number, beta: number, lambda: number) {
  const n = moments[0]!.x.length;
  let [w, h, z] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  let [x, v]: [readonly number[], number] = [[], 0];
  for (const { x: next, c = 0, gamma = 0.9, start = false, ratio = 1 } of moments) {
    const vNext = dot(w, next);
    if (!start) {
      const delta = c + gamma * vNext - v;
      const rho = z.map((value) => ratio * value);
      const [zh, hx] = [dot(rho, h), dot(h, x)];
      w = w.map((value, i) => value + alpha * (delta * rho[i]! - gamma * (1 - lambda) * zh * next[i]!));
      h = h.map((value, i) => value + beta * (delta * rho[i]! - hx * x[i]!));
      z = rho.map((value, i) => gamma * lambda * value + next[i]!);
    } else z = array(next);
    [x, v] = [next, vNext];
  }
  return { w, h };
}

describe.each([0, 0.8])('with lambda %d', (lambda) => {
  const moments = randomLife('tdc', 5, 1000, { episode: 60 }).map((moment, t) => ({
    ...moment,
    ratio: t % 3 === 2 ? 0 : 1.5,
  }));
  const [alpha, beta] = [0.01, 0.04];

  it('is the published update, through episodes and by importance ratios', async () => {
    const learner = await linearLearner(tdc({ alpha, beta, lambda }), 5);
    live(learner, moments);
    const { w, h } = byHand(moments, alpha, beta, lambda);
    expectEqual(array(get(learner, 'head.weights')), w, 1e-12);
    expectEqual(array(get(learner, 'rule.h.head')), h, 1e-12);
    expectDifferent(w, byHand(moments, alpha, 0.05, lambda).w, 1e-4); // controls
    expectDifferent(w, byHand(moments, alpha, beta, lambda + 0.1).w, 1e-4);
    expectDifferent(w, byHand(randomLife('tdc', 5, 1000, { episode: 60 }), alpha, beta, lambda).w, 1e-3);
  });

  it('is TD(lambda) where the second weights stand still', async () => {
    const weights = async (rule: RuleChoice) => {
      const learner = await linearLearner(rule, 5);
      live(learner, moments);
      return array(get(learner, 'head.weights'));
    };
    const plain = await weights({ id: 'td-lambda', alpha, lambda });
    expectEqual(await weights(tdc({ alpha, beta: 0, lambda })), plain, 0);
    expectDifferent(await weights(tdc({ alpha, beta, lambda })), plain, 1e-4); // control
  });
});

it('with lambda 1 there is nothing to correct', async () => {
  const moments = randomLife('one', 3, 300, { episode: 20 });
  const weights = async (rule: RuleChoice) => {
    const learner = await linearLearner(rule, 3);
    live(learner, moments);
    return array(get(learner, 'head.weights'));
  };
  const plain = await weights({ id: 'td-lambda', alpha: 0.01, lambda: 1 });
  expectEqual(await weights(tdc({ alpha: 0.01, beta: 0.1, lambda: 1 })), plain, 0);
  expectDifferent(await weights(tdc({ alpha: 0.01, beta: 0.1, lambda: 0.9 })), plain, 1e-3); // control
});

describe("Baird's counterexample", () => {
  const states = Array.from({ length: 7 }, (_, s) =>
    Array.from({ length: 8 }, (__, i) => (i === s ? (s === 6 ? 1 : 2) : i === 7 ? (s === 6 ? 2 : 1) : 0)),
  );
  const first = Float64Array.of(1, 1, 1, 1, 1, 1, 10, 1);
  const gamma = 0.99;

  /** Sweeps of the mean change: every state as often, then to the seventh one time in seven, with a ratio of 7. */
  async function expected(rule: RuleChoice, sweeps: number): Promise<Float64Array> {
    const learner = await linearLearner(rule, 8);
    const names = ['head.weights', 'rule.h.head'].filter((name) => name in learner.arrays);
    learner.write('head.weights', first);
    for (let k = 0; k < sweeps; k++) {
      const before = names.map((name) => array(get(learner, name)));
      const after = before.map((values) => values.slice());
      for (const x of states) {
        for (const [ratio, chance] of [[7, 1 / 7] as const, [0, 6 / 7] as const]) {
          names.forEach((name, n) => learner.write(name, before[n]!));
          const next = ratio === 7 ? states[6]! : states[0]!;
          live(learner, [
            { x, start: true },
            { x: next, gamma, ratio },
          ]);
          names.forEach((name, n) =>
            get(learner, name).forEach((value, i) => (after[n]![i]! += (chance / 7) * (value - before[n]![i]!))),
          );
        }
      }
      names.forEach((name, n) => learner.write(name, after[n]!));
    }
    return array(get(learner, 'head.weights'));
  }

  it('in expectation ends where an independent program does, and semi-gradient TD elsewhere', async () => {
    const w = await expected(tdc({ alpha: 0.005, beta: 0.05 }), 1000);
    for (let i = 0; i < 6; i++) expect(w[i]).toBeCloseTo(2.135, 3);
    expect(w[6]).toBeCloseTo(6.628, 3);
    expect(w[7]).toBeCloseTo(-2.338, 3);
    const diverging = await expected({ id: 'td-lambda', alpha: 0.01, lambda: 0 }, 1000); // control
    expect(Math.hypot(...diverging)).toBeCloseTo(436.856, 3);
  });

  it('by samples its weights stay where they are bounded, and those of semi-gradient TD do not', async () => {
    const norm = async (rule: RuleChoice, seed: number): Promise<number> => {
      const learner = await linearLearner(rule, 8);
      learner.write('head.weights', first);
      const { chunk, fill } = createInteraction(await makeEnv('baird'), { seed, chunk: 3000 });
      fill();
      learner.run(chunk, createReportChunk(chunk));
      return Math.hypot(...get(learner, 'head.weights'));
    };
    for (const seed of [0, 1, 2]) {
      expect(await norm(tdc({ alpha: 0.005, beta: 0.05 }), seed)).toBeLessThan(Math.hypot(...first));
      expect(await norm({ id: 'td-lambda', alpha: 0.005, lambda: 0 }, seed)).toBeGreaterThan(100);
    }
  });
});

it('sums over head and cell as over one group', async () => {
  const part = await loadPart('step-sizes', 'tdc');
  const make = (groups: readonly WeightGroup[]) =>
    part.create(part.options.parse({ alpha: 0.1 }), createRng(0), { groups });
  const group = (name: WeightGroup['name'], n: number): WeightGroup => {
    return { name, weights: new Float64Array(n).fill(0.5), gradient: new Float64Array(n) };
  };
  const two = [group('cell', 3), group('head', 2)];
  const one = [group('cell', 5)];
  const alone = [group('cell', 3)];
  const rng = createRng('life');
  const rules = [two, one, alone].map((groups) => ({ groups, rule: make(groups) }));
  for (let t = 0; t < 50; t++) {
    const credit = { v_tm1: 0, v_t: 0, discount_t: 0.9, ratio: 1, supervised: false, combined: false };
    const delta = rng.normal();
    const x = Float64Array.from({ length: 5 }, () => rng.normal());
    for (const { groups, rule } of rules) {
      rule.apply({ ...credit, delta });
      let at = 0;
      for (const { gradient } of groups) gradient.forEach((_, i) => (gradient[i] = x[at++]!));
      rule.trace({ ...credit, delta });
    }
  }
  const weights = (groups: readonly WeightGroup[]) => array(groups.flatMap(({ weights }) => [...weights]));
  expectEqual(weights(two), weights(one), 1e-12);
  expectDifferent(weights(one).slice(0, 3), weights(alone), 1e-3); // control
});

it('with targets is least mean squares', async () => {
  const learners = await Promise.all(
    [tdc({ alpha: 0.05, beta: 0.1 }), { id: 'td-lambda', alpha: 0.05, lambda: 0 }].map((rule) =>
      linearLearner(rule, 2),
    ),
  );
  const rng = createRng('targets');
  for (let t = 0; t < 200; t++) {
    const x = [rng.normal(), rng.normal()];
    for (const learner of learners) learner.step(stepOf(x, 0, 0, { start: t === 0, target: [x[0]! - 2 * x[1]!] }));
  }
  const [ours, plain] = learners.map((learner) => array(get(learner, 'head.weights')));
  expectEqual(ours!, plain!, 0);
  expect(plain![1]).toBeCloseTo(-2, 3);
});

it('moves a cell too, and otherwise than TD does', async () => {
  const params = async (rule: RuleChoice) => {
    const learner = await smallLearner({ rule });
    const rng = createRng('life');
    for (let t = 0; t < 200; t++)
      learner.step(stepOf([rng.normal(), rng.normal()], rng.normal(), 0.9, { start: t === 0 }));
    return array(get(learner, 'cell.params'));
  };
  const still = await params(tdc({ alpha: 0 }));
  const moved = await params(tdc({ alpha: 0.01, beta: 0.1 }));
  expectDifferent(moved, still, 1e-3);
  expectDifferent(moved, await params({ id: 'td-lambda', alpha: 0.01, lambda: 0 }), 1e-5);
});
