/** Random feedback: errors go back to the state by a fixed B, not by the weights that the head has learned. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { createLearner, type LearnerSettings, type ReferenceLearner } from '../src/learner.ts';
import type { Estimator, Step } from '../src/types.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { createEstimator, pulled, track } from './oracle/estimate.ts';
import { get } from './support/arrays.ts';
import { INPUTS, learnerOn, partsOf } from './support/kernel-learners.ts';
import { smallLearner, stepOf } from './support/learners.ts';

const UNITS = 6;
const CHOSEN = {
  cell: ['tanh', { units: UNITS, leak: 0.4 }],
  estimator: ['rflo'],
  features: ['raw'],
  rule: ['td-lambda', { alpha: 0.01, lambda: 0 }],
} as const;
const normal = (seed: string, length: number): Float64Array => {
  const rng = createRng(seed);
  return Float64Array.from({ length }, () => rng.normal());
};

function* life(steps: number, questions = 0): Generator<Step> {
  const rng = createRng('life');
  const draw = (length: number): Float64Array => Float64Array.from({ length }, () => rng.normal());
  for (let t = 0; t < steps; t++) {
    const said = { cumulant: draw(1), discount: Float64Array.of(0.9), start: t === 0 };
    yield { observation: draw(INPUTS), ...said, ...(questions > 0 ? { target: draw(questions) } : {}) };
  }
}

async function learnerWith(settings: LearnerSettings, questions = 1): Promise<ReferenceLearner> {
  return createLearner(await partsOf({ ...CHOSEN, questions }), settings);
}

/** An estimator that lives beside a learner on the same weights, to be asked for q' J of any q. */
async function shadow(learner: ReferenceLearner): Promise<{ advance(x: Float64Array): void; estimator: Estimator }> {
  const estimator = await createEstimator(learner.cell, 'rflo');
  return { advance: track(learner.cell, estimator).advance, estimator };
}

/** sum over k of weight_k B_k */
const mixed = (B: Float64Array, weights: readonly number[]): Float64Array =>
  Float64Array.from({ length: UNITS }, (_, i) => weights.reduce((sum, w, k) => sum + w * B[k * UNITS + i]!, 0));

describe('with random feedback', () => {
  it('q is B in place of the weights of the head, for a TD error', async () => {
    const B = normal('B', UNITS);
    const learner = await learnerWith({ feedback: B });
    const beside = await shadow(learner);
    for (const s of life(10)) {
      const W = Float64Array.from(get(learner, 'head.weights'));
      const theta = Float64Array.from(learner.cell.params);
      beside.advance(s.observation); // before theta moves
      learner.step(s);
      expect(s.start || learner.cell.params.some((value, j) => value !== theta[j])).toBe(true);
      expectEqual(learner.gradient, pulled(learner.cell, beside.estimator, B), 1e-12);
      expectDifferent(learner.gradient, pulled(learner.cell, beside.estimator, W.subarray(0, UNITS)), 0.1); // control
    }
  });

  it('q is the sum over questions of errors times their rows of B', async () => {
    const K = 3;
    const B = normal('B', K * UNITS);
    const learner = await learnerWith({ feedback: B }, K);
    const beside = await shadow(learner);
    for (const s of life(10, K)) {
      beside.advance(s.observation);
      const { delta } = learner.step(s);
      expectEqual(learner.gradient, pulled(learner.cell, beside.estimator, mixed(B, [...delta])), 1e-12);
      const first = pulled(learner.cell, beside.estimator, mixed(B, [delta[0]!]));
      expectDifferent(learner.gradient, first, 1e-2); // control
    }
  });

  it('the head itself learns from its own gradient', async () => {
    const [random, plain] = [await learnerWith({ feedback: normal('B', UNITS) }), await learnerWith({})];
    const [first] = [...life(1, 1)];
    for (const learner of [random, plain]) learner.step(first!);
    expect(get(random, 'head.weights')).toEqual(get(plain, 'head.weights'));
    expect(get(random, 'cell.params')).not.toEqual(get(plain, 'cell.params'));
  });

  it('is symmetric where B is what the head has', async () => {
    const questions = 2;
    const start = await learnerWith({}, questions);
    const W = get(start, 'head.weights'); // [K x (units, bias)]
    const B = Float64Array.from(
      { length: questions * UNITS },
      (_, i) => W[Math.floor(i / UNITS) * (UNITS + 1) + (i % UNITS)]!,
    );
    const [random, plain] = [await learnerWith({ feedback: B }, questions), start];
    const other = await learnerWith({ feedback: B.map((value) => -value) }, questions); // control
    const [first, second] = [...life(2, questions)];
    for (const learner of [random, plain, other]) learner.step(first!);
    expectEqual(random.gradient, plain.gradient, 1e-14);
    expectDifferent(other.gradient, plain.gradient, 1);
    for (const learner of [random, plain]) learner.step(second!); // the head has moved, B has not
    expectDifferent(random.gradient, plain.gradient, 1e-4);
  });
});

describe('an agent with random feedback', () => {
  const agent = { cell: { id: 'tanh', units: 4, leak: 0.5 }, estimator: { id: 'rflo' } };
  const moments = Array.from({ length: 30 }, (_, t) =>
    stepOf([Math.sin(t), Math.cos(3 * t)], 0, 0.9, { start: t === 0, target: [1 + Math.sin(2 * t)] }),
  );

  async function gradients(feedback: { scale?: number } | null, seed: string | number): Promise<Float64Array[]> {
    const learner = await smallLearner({ ...agent, feedback }, { seed });
    return moments.map((s) => {
      learner.step(s);
      return Float64Array.from(learner.gradient);
    });
  }

  it('draws B from the stream called feedback and keeps it', async () => {
    const rng = createRng('7/feedback');
    const B = Float64Array.from({ length: 4 }, () => (0.5 * rng.normal()) / Math.sqrt(4));
    const learner = await smallLearner({ ...agent, feedback: { scale: 0.5 } }, { seed: 7 });
    const estimator = await createEstimator(learner.cell, 'rflo');
    const { advance } = track(learner.cell, estimator);
    for (const s of moments) {
      advance(s.observation);
      learner.step(s);
      expectEqual(learner.gradient, pulled(learner.cell, estimator, B), 1e-12);
    }
  });

  it('draws another B from another seed, and nothing else from the same one', async () => {
    const [one, again, other] = [await gradients({}, 1), await gradients({}, 1), await gradients({}, 2)];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    const drawn = async (feedback: object | null) =>
      get(await smallLearner({ ...agent, feedback }, { seed: 1 }), 'cell.params');
    expect(await drawn({})).toEqual(await drawn(null));
  });

  it('runs on the reference path and says why', async () => {
    const on = async (feedback: Float64Array | null): Promise<string> =>
      (await learnerOn({ ...CHOSEN, estimator: ['columnar'], settings: { feedback } }, { path: 'auto' })).chosen.reason;
    expect(await on(normal('B', UNITS))).toContain('random feedback has no kernel');
    expect(await on(null)).not.toContain('feedback');
  });
});

describe('learning by random feedback', () => {
  /** Mean squared error of the last fifth of a life; the target is a product of two bits, one step late. */
  async function errorOf(feedback: Float64Array): Promise<{ error: number; moved: boolean }> {
    const parts = await partsOf({
      ...CHOSEN,
      cell: ['tanh', { units: 12, leak: 0.5 }],
      rule: ['td-lambda', { alpha: 0.03, lambda: 0 }],
      coldStart: true,
    });
    const learner = createLearner(parts, { feedback });
    const drawn = get(learner, 'cell.params');
    const rng = createRng('task');
    const steps = 20000;
    let error = 0;
    let before = new Float64Array(INPUTS);
    for (let t = 0; t < steps; t++) {
      const x = Float64Array.from({ length: INPUTS }, () => (rng.uniform() < 0.5 ? -1 : 1));
      const target = Float64Array.of(before[0]! * before[1]!);
      const said = { cumulant: new Float64Array(1), discount: new Float64Array(1), start: t === 0 };
      const { delta } = learner.step({ observation: x, ...said, target });
      if (t >= 0.8 * steps) error += delta[0]! ** 2 / (0.2 * steps);
      before = x;
    }
    return { error, moved: get(learner, 'cell.params').some((value, j) => value !== drawn[j]) };
  }

  it('reduces errors that the fixed net cannot, and B = 0 is that net', async () => {
    const still = await errorOf(new Float64Array(12));
    expect(still.moved).toBe(false);
    for (const seed of ['B1', 'B2', 'B3']) {
      const random = await errorOf(normal(seed, 12).map((value) => value / Math.sqrt(12)));
      expect(random.moved).toBe(true);
      expect(random.error).toBeLessThan(0.7 * still.error);
    }
  });
});
