import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { loadPart } from '../../src/registry.ts';
import type { Credit, StepSizeRule } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { solve } from '../oracle/solve.ts';
import { carry, get } from '../support/arrays.ts';
import { smallLearner, stepOf } from '../support/learners.ts';

const SIZE = 5;
const normal = (seed: string, length: number): Float64Array => {
  const rng = createRng(seed);
  return Float64Array.from({ length }, () => rng.normal());
};

/** The rule on a linear head of K outputs, driven as the learner drives it. */
async function readout(options: object = {}, K = 1) {
  const part = await loadPart('step-sizes', 'rls');
  const phi = new Float64Array(SIZE);
  const weights = new Float64Array(K * SIZE);
  const gradient = new Float64Array(K * SIZE);
  const cell = { name: 'cell', weights: normal('theta', 3), gradient: normal('cell', 3) } as const;
  const groups = [cell, { name: 'head', weights, gradient, features: phi } as const];
  const rule = part.create(part.options.parse(options), createRng('rule'), { groups });
  const says = (k: number): number => phi.reduce((sum, value, i) => sum + weights[k * SIZE + i]! * value, 0);
  const credit = (over: Partial<Credit>): Credit => {
    return { delta: 1, v_tm1: 0, v_t: 0, discount_t: 0, ratio: 1, supervised: false, combined: false, ...over };
  };
  let v_tm1 = 0;
  return {
    rule,
    cell,
    weights,
    regress(features: Float64Array, target: readonly number[]): void {
      phi.set(features);
      const errors = target.map((y, k) => y - says(k));
      const combined = K > 1;
      errors.forEach((error, k) => {
        for (let i = 0; i < SIZE; i++) gradient[k * SIZE + i] = (combined ? error : 1) * phi[i]!;
      });
      drive(rule, credit({ delta: combined ? 1 : errors[0]!, supervised: true, combined }));
    },
    /** One step of a stream: phi_t came with cumulant and discount. */
    predict(features: Float64Array, { c = 0, gamma = 0, ratio = 1, start = false }): void {
      phi.set(features);
      if (start) rule.reset();
      const v_t = says(0);
      const now = credit({ delta: c + gamma * v_t - v_tm1, v_tm1, v_t, discount_t: start ? 0 : gamma, ratio });
      if (!start) rule.apply(now);
      gradient.set(phi);
      rule.trace(now);
      v_tm1 = v_t;
    },
  };
}

function drive(rule: StepSizeRule, credit: Credit): void {
  rule.trace(credit);
  rule.apply(credit);
  rule.reset();
}

describe.each([1, 2])('rls with targets for %d outputs', (K) => {
  const features = Array.from({ length: 200 }, (_, t) => normal(`phi ${t}`, SIZE));
  const targets = Array.from({ length: 200 }, (_, t) => [...normal(`y ${t}`, K)]);

  /** (Phi' M Phi + ridge mu^T I)^{-1} Phi' M Y of the first T steps, M = diag(mu^(T - t)); [K x size] */
  function ridgeRegression(T: number, ridge: number, mu = 1): Float64Array {
    const A = Array.from({ length: SIZE }, (_, i) =>
      Array.from({ length: SIZE }, (__, j) => (i === j ? ridge * mu ** T : 0)),
    );
    const B = Array.from({ length: SIZE }, () => new Array<number>(K).fill(0));
    for (let t = 0; t < T; t++) {
      const weight = mu ** (T - 1 - t);
      features[t]!.forEach((value, i) => {
        features[t]!.forEach((other, j) => (A[i]![j]! += weight * value * other));
        targets[t]!.forEach((y, k) => (B[i]![k]! += weight * value * y));
      });
    }
    const W = solve(A, B); // [size x K]
    return Float64Array.from({ length: K * SIZE }, (_, n) => W[n % SIZE]![Math.floor(n / SIZE)]!);
  }

  it('is ridge regression at all times', async () => {
    const { regress, weights } = await readout({ ridge: 0.7 }, K);
    for (let t = 0; t < 200; t++) {
      regress(features[t]!, targets[t]!);
      if (![1, 3, 5, 20, 200].includes(t + 1)) continue;
      expectEqual(weights, ridgeRegression(t + 1, 0.7), 1e-8);
      expectDifferent(weights, ridgeRegression(t + 1, 0.8), 1e-5); // controls
      if (t > 0) expectDifferent(weights, ridgeRegression(t, 0.7), 1e-5);
    }
  });

  it('weighs errors by their age where it forgets', async () => {
    const { regress, weights } = await readout({ ridge: 0.7, forgetting: 0.95 }, K);
    features.forEach((phi, t) => regress(phi, targets[t]!));
    expectEqual(weights, ridgeRegression(200, 0.7, 0.95), 1e-8);
    expectDifferent(weights, ridgeRegression(200, 0.7), 1e-2); // control
  });

  it('leaves the cell alone', async () => {
    const { regress, cell } = await readout({}, K);
    features.forEach((phi, t) => regress(phi, targets[t]!));
    expect(cell.weights).toEqual(normal('theta', 3));
  });
});

it('keeps P symmetric over a long life in which it forgets', async () => {
  const { regress, rule, weights } = await readout({ forgetting: 0.98 });
  const rng = createRng('long');
  for (let t = 0; t < 20000; t++) {
    const phi = Float64Array.from({ length: SIZE }, () => rng.normal());
    regress(phi, [phi[0]! - 2 * phi[3]!]);
  }
  const P = get(rule, 'P');
  for (let i = 0; i < SIZE; i++) for (let j = 0; j < i; j++) expect(P[i * SIZE + j]).toBe(P[j * SIZE + i]);
  expect(Math.abs(P[1]!)).toBeGreaterThan(0);
  expectEqual(weights, Float64Array.of(1, 0, 0, -2, 0), 1e-10);
});

describe.each([0, 0.7, 1])('rls with TD errors, lambda %d', (lambda) => {
  interface Moment {
    readonly phi: Float64Array;
    readonly c: number;
    readonly gamma: number;
    readonly ratio: number;
    readonly start: boolean;
  }
  const life = Array.from({ length: 150 }, (_, t): Moment => {
    const rng = createRng(`life ${t}`);
    const phi = Float64Array.from({ length: SIZE }, () => rng.normal());
    return {
      phi,
      c: rng.normal(),
      gamma: t % 11 === 10 ? 0 : 0.5 + 0.4 * rng.uniform(),
      ratio: 1,
      start: t % 40 === 0,
    };
  });

  /** w of LSTD(lambda) over a whole life: A = ridge I + sum z x', b = sum z c, A w = b. */
  function leastSquares(moments: readonly Moment[], { ridge = 1, decay = lambda, mu = 1 } = {}): Float64Array {
    let A = Array.from({ length: SIZE }, (_, i) => Array.from({ length: SIZE }, (__, j) => (i === j ? ridge : 0)));
    let b = new Array<number>(SIZE).fill(0);
    let z = new Float64Array(SIZE);
    moments.forEach(({ phi, c, gamma, ratio, start }, t) => {
      if (start) z = new Float64Array(phi);
      else {
        z = z.map((value) => ratio * value);
        const x = moments[t - 1]!.phi.map((value, i) => value - gamma * phi[i]!);
        A = A.map((row, i) => row.map((value, j) => mu * value + z[i]! * x[j]!));
        b = b.map((value, i) => mu * value + z[i]! * c);
        z = z.map((value, i) => gamma * decay * value + phi[i]!);
      }
    });
    return Float64Array.from(
      solve(
        A,
        b.map((value) => [value]),
      ).flat(),
    );
  }

  async function lived(moments: readonly Moment[], options: object = {}): Promise<Float64Array> {
    const { predict, weights } = await readout({ lambda, ...options });
    for (const { phi, ...said } of moments) predict(phi, said);
    return weights;
  }

  it('is LSTD(lambda), solved at once, at all times', async () => {
    for (const T of [2, 5, 41, 100, 150]) {
      const moments = life.slice(0, T);
      expectEqual(await lived(moments, { ridge: 3 }), leastSquares(moments, { ridge: 3 }), 1e-8);
    }
    const whole = await lived(life);
    expectDifferent(whole, leastSquares(life, { ridge: 3 }), 1e-3); // controls
    expectDifferent(whole, leastSquares(life, { decay: lambda === 0.7 ? 0.6 : 0.7 }), 1e-3);
    expectDifferent(whole, leastSquares(life.slice(0, -1)), 1e-3);
  });

  it('weighs steps by importance ratio and by age', async () => {
    const off = life.map((moment, t) => ({ ...moment, ratio: t % 3 === 2 ? 0.5 : 1.2 }));
    const options = { ridge: 10, forgetting: 0.99 };
    expectEqual(await lived(off, options), leastSquares(off, { ridge: 10, mu: 0.99 }), 1e-8);
    expectDifferent(await lived(off, options), leastSquares(life, { ridge: 10, mu: 0.99 }), 1e-2); // controls
    expectDifferent(await lived(off, options), leastSquares(off, { ridge: 10 }), 1e-2);
  });
});

it('keeps P over episodes and carries it over a restore', async () => {
  const one = await readout();
  for (let t = 0; t < 30; t++) one.regress(normal(`phi ${t}`, SIZE), [t % 4]);
  const P = get(one.rule, 'P');
  one.rule.reset();
  expect(get(one.rule, 'P')).toEqual(P);
  const [two, control] = [await readout(), await readout()];
  carry(one.rule, two.rule);
  for (const twin of [two, control]) twin.weights.set(one.weights);
  for (const twin of [one, two, control]) for (let t = 30; t < 40; t++) twin.regress(normal(`phi ${t}`, SIZE), [t % 4]);
  expect(two.weights).toEqual(one.weights);
  expect(control.weights).not.toEqual(one.weights);
});

it('asks nothing of features that are all 0', async () => {
  const { regress, weights } = await readout();
  regress(new Float64Array(SIZE), [3]);
  expect([...weights]).toEqual([0, 0, 0, 0, 0]);
});

it('refuses a head that does not tell its features, in one line', async () => {
  const part = await loadPart('step-sizes', 'rls');
  const head = { name: 'head', weights: new Float64Array(6), gradient: new Float64Array(6) } as const;
  const create = (features?: Float64Array): unknown =>
    part.create(part.options.parse({}), createRng(0), { groups: [{ ...head, ...(features ? { features } : {}) }] });
  expect(() => create()).toThrow(/^Cannot learn by rls: [^\n]*take the linear head, or td-lambda$/);
  expect(() => create(new Float64Array(4))).toThrow(/take the linear head/);
  expect(() => create(new Float64Array(3))).not.toThrow();
});

describe('a learner with rls over a fixed net', () => {
  const fixed = { cell: { id: 'tanh', units: 8 }, estimator: { id: 'none' }, rule: { id: 'rls', lambda: 0.5 } };
  const life = (targets: boolean) =>
    Array.from({ length: 300 }, (_, t) => {
      const x = normal(`x ${t}`, 2);
      return stepOf([...x], x[0]!, 0.8, { start: t % 100 === 0, ...(targets ? { target: [x[0]! * x[1]!] } : {}) });
    });

  it('leaves its gradient at 0 and theta as it was drawn', async () => {
    for (const targets of [true, false]) {
      const learner = await smallLearner(fixed);
      const before = get(learner, 'cell.params');
      for (const s of life(targets)) {
        learner.step(s);
        expect(learner.gradient.every((value) => value === 0)).toBe(true);
      }
      expect(get(learner, 'cell.params')).toEqual(before);
      expect(get(learner, 'head.weights').every((w) => w !== 0)).toBe(true);
    }
  });

  it('has the weights of ridge regression on the states it lived', async () => {
    const learner = await smallLearner(fixed);
    const A = Array.from({ length: 9 }, (_, i) => Array.from({ length: 9 }, (__, j) => (i === j ? 1 : 0)));
    const b = Array.from({ length: 9 }, () => [0]);
    for (const s of life(true)) {
      learner.step(s);
      const phi = [...get(learner, 'lane.state'), 1];
      phi.forEach((value, i) => {
        phi.forEach((other, j) => (A[i]![j]! += value * other));
        b[i]![0]! += value * s.target![0]!;
      });
    }
    const expected = Float64Array.from(solve(A, b).flat());
    expectEqual(Float64Array.from(get(learner, 'head.weights')), expected, 1e-8);
    const lms = await smallLearner({ ...fixed, rule: { id: 'td-lambda', alpha: 0.05, lambda: 0 } }); // control
    for (const s of life(true)) lms.step(s);
    expectDifferent(Float64Array.from(get(lms, 'head.weights')), expected, 1e-2);
  });

  it('has the weights of LSTD(lambda) on the states it lived', async () => {
    const learner = await smallLearner(fixed);
    const A = Array.from({ length: 9 }, (_, i) => Array.from({ length: 9 }, (__, j) => (i === j ? 1 : 0)));
    const b = Array.from({ length: 9 }, () => [0]);
    let [z, last] = [new Array<number>(9).fill(0), new Array<number>(9).fill(0)];
    for (const s of life(false)) {
      learner.step(s);
      const phi = [...get(learner, 'lane.state'), 1];
      if (!s.start) {
        z.forEach((trace, i) => {
          last.forEach((value, j) => (A[i]![j]! += trace * (value - 0.8 * phi[j]!)));
          b[i]![0]! += trace * s.cumulant[0]!;
        });
      }
      z = z.map((trace, i) => (s.start ? 0 : 0.8 * 0.5 * trace) + phi[i]!);
      last = phi;
    }
    const expected = Float64Array.from(solve(A, b).flat());
    expectEqual(Float64Array.from(get(learner, 'head.weights')), expected, 1e-8);
    const other = await smallLearner({ ...fixed, rule: { id: 'rls', lambda: 0.4 } }); // control
    for (const s of life(false)) other.step(s);
    expectDifferent(Float64Array.from(get(other, 'head.weights')), expected, 1e-3);
  });
});

it('refuses a cell that would learn, and clipped gradients, in one line', async () => {
  const learning = { cell: { id: 'tanh', units: 3 }, estimator: { id: 'snap' }, rule: { id: 'rls' } };
  await expect(smallLearner(learning)).rejects.toThrow(
    'Cannot learn the cell: this step-size rule moves the head alone; take estimator none, or another rule',
  );
  await expect(smallLearner({ ...learning, estimator: { id: 'none' }, clip: 1 })).rejects.toThrow(
    'Cannot clip gradients: this step-size rule has no use for them; leave clip at null',
  );
});
