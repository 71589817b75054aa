import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { cosine } from '../../src/statistics/cosine.ts';
import { step } from '../../src/rows.ts';
import type { Cell, Estimator } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { denseI, leftTimes, type Matrix, zeros } from '../oracle/dense.ts';
import { createEstimator, estimateBy, pulled, track } from '../oracle/estimate.ts';
import { createCell, problemOn, randomProblem } from '../oracle/problem.ts';
import { syntheticCell, tied } from '../oracle/synthetic-cell.ts';
import { silence } from '../oracle/weights.ts';
import { get } from '../support/arrays.ts';

const LEAKY = { id: 'tanh', options: { units: 5, leak: 0.3, gain: 2 } };

function* inputs(cell: Cell, steps: number, seed = 'stream'): Generator<Float64Array> {
  const rng = createRng(seed);
  for (let t = 0; t < steps; t++) yield Float64Array.from({ length: cell.inputSize }, () => rng.normal());
}

/** Equations (1) to (5) on full matrices, straight from the header; J = A B. */
function denseKernl(cell: Cell, { gamma: first = 0.5, sigma = 0.01, rate = 0.001, gammaRate = 0.0001 }) {
  const n = cell.units * cell.components;
  const rng = createRng('estimator');
  const noisy = cell.lane();
  cell.begin(noisy);
  const lane = cell.lane();
  cell.begin(lane);
  const each = <T>(make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
  let A: Matrix = each((i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
  let B = zeros(n, cell.params.length);
  let [gamma, omega, Gamma] = [each(() => first), each(() => 0), each(() => 0)];
  return {
    J: (): Matrix => A.map((row) => leftTimes(row, B, cell.params.length)),
    gamma: () => gamma,
    advance(x: Float64Array): void {
      step(cell, lane, x);
      step(cell, noisy, x);
      const I = denseI(cell, lane);
      B = B.map((row, i) => row.map((value, j) => (1 - gamma[i]!) * value + I[i]![j]!));
      const xi = each(() => rng.normal());
      xi.forEach((value, i) => (noisy.state[i]! += sigma * value));
      const answer = each((i) => (noisy.state[i]! - lane.state[i]!) / sigma);
      Gamma = each((i) => (1 - gamma[i]!) * Gamma[i]! - omega[i]!);
      omega = each((i) => (1 - gamma[i]!) * omega[i]! + xi[i]!);
      const e = each((i) => answer[i]! - A[i]!.reduce((sum, a, j) => sum + a * omega[j]!, 0));
      const blame = each((j) => e.reduce((sum, error, i) => sum + error * A[i]![j]!, 0));
      A = A.map((row, i) => row.map((a, j) => a + rate * e[i]! * omega[j]!));
      gamma = gamma.map((g, i) => Math.min(1, Math.max(0, g + gammaRate * blame[i]! * Gamma[i]!)));
    },
  };
}

const CELLS: readonly { name: string; create: () => Cell | Promise<Cell> }[] = [
  { name: 'a leaky net', create: () => createCell(LEAKY) },
  { name: 'a GRU', create: () => createCell({ id: 'gru' }) },
  { name: 'an LSTM', create: () => createCell({ id: 'lstm' }) },
  { name: 'rows that move two units', create: () => syntheticCell({ components: 3, neighbours: true }) },
  { name: 'tied weights', create: () => tied(syntheticCell({ components: 2 })) },
];

describe.each(CELLS)('kernl on $name', ({ create }) => {
  it('is the product of sensitivities and fading traces that the header writes down', async () => {
    const cell = await create();
    const options = { rate: 0.02, gammaRate: 0.003 };
    const estimator = await createEstimator(cell, 'kernl', options);
    const { lane, advance } = track(cell, estimator);
    const dense = denseKernl(cell, options);
    const other = denseKernl(cell, { ...options, gammaRate: 0 });
    for (const x of inputs(cell, 30)) [advance, dense.advance, other.advance].forEach((act) => act(x));
    const q = lane.state.map((_, i) => 1 + Math.sin(i));
    expectEqual(pulled(cell, estimator, q), leftTimes(q, dense.J(), cell.params.length), 1e-12);
    expectEqual(Float64Array.from(get(estimator, 'gamma')), Float64Array.from(dense.gamma()), 1e-12);
    expectDifferent(pulled(cell, estimator, q), leftTimes(q, other.J(), cell.params.length), 1e-4); // control
  });
});

describe('kernl that does not learn', () => {
  const still = { rate: 0, gammaRate: 0 };

  it('is rflo on a leaky net when gamma is its leak', async () => {
    const problem = await randomProblem(LEAKY);
    const rflo = await estimateBy(problem, 'rflo');
    expectEqual(await estimateBy(problem, 'kernl', { ...still, gamma: 0.3 }), rflo, 0);
    expectDifferent(await estimateBy(problem, 'kernl', { ...still, gamma: 0.31 }), rflo, 1e-3); // controls
    expectDifferent(await estimateBy(problem, 'kernl', { ...still, rate: 0.01, gamma: 0.3 }), rflo, 1e-3);
  });

  it('is the immediate gradient when it forgets at once', async () => {
    for (const id of ['gru', 'lstm', 'deep-columns']) {
      const problem = await randomProblem({ id, ...(id === 'deep-columns' ? { options: { lateral: 0.3 } } : {}) });
      const immediate = await estimateBy(problem, 'immediate');
      expectEqual(await estimateBy(problem, 'kernl', { ...still, gamma: 1 }), immediate, 1e-14);
      expectDifferent(await estimateBy(problem, 'kernl', { ...still, gamma: 0.9 }), immediate, 1e-3); // control
    }
  });
});

describe('kernl that learns', () => {
  it('finds the leak of a net whose units do not talk, and is exact there', async () => {
    const cell = await createCell({ id: 'tanh', options: { units: 4, leak: 0.2 } });
    silence(cell, () => true);
    const learner = await createEstimator(cell, 'kernl', { rate: 0 });
    const { advance } = track(cell, learner);
    const problem = problemOn(cell);
    expectDifferent(
      fresh(cell, learner, problem.inputs),
      fresh(cell, await createEstimator(cell, 'rtrl'), problem.inputs),
      0.1,
    );
    for (const x of inputs(cell, 8000)) advance(x);
    get(learner, 'gamma').forEach((gamma) => expect(gamma).toBeCloseTo(0.2, 6));
    const exact = fresh(cell, await createEstimator(cell, 'rtrl'), problem.inputs);
    expectEqual(fresh(cell, learner, problem.inputs), exact, 1e-6);
    const untaught = await createEstimator(cell, 'kernl', { rate: 0, gammaRate: 0 }); // control
    expectDifferent(fresh(cell, untaught, problem.inputs), exact, 0.1);
    expectEqual(exact, fresh(cell, await createEstimator(cell, 'rflo'), problem.inputs), 1e-12);
  });

  it('explains more of the answers to noise, and comes closer to the exact gradient', async () => {
    const cell = await createCell(LEAKY);
    const learned = await followed(cell, { rate: 0.001, gammaRate: 0.0001 });
    const [first, last] = [learned(1000), (learned(15000), learned(1000))];
    expect(last.unexplained).toBeLessThan(0.8 * first.unexplained);
    expect(1 - last.cosine).toBeLessThan(0.6 * (1 - first.cosine));
    const still = await followed(cell, { rate: 0, gammaRate: 0 }); // control
    const [before, after] = [still(1000), (still(15000), still(1000))];
    expect(Math.abs(1 - after.unexplained / before.unexplained)).toBeLessThan(0.1);
    expect(after.cosine).toBeLessThan(last.cosine);
  });

  it('is nearer than rflo and snap 1 once it has learned', async () => {
    const cell = await createCell(LEAKY);
    const teach = await followed(cell, {});
    teach(10000);
    const { cosine: kernl } = teach(1000);
    expect(kernl).toBeGreaterThan((await followed(cell, {}, 'rflo'))(1000).cosine);
    expect(kernl).toBeGreaterThan((await followed(cell, {}, 'snap'))(1000).cosine);
  });

  it('keeps gamma within [0, 1] whatever the step', async () => {
    const cell = await createCell({ id: 'lstm' });
    const wild = await createEstimator(cell, 'kernl', { gammaRate: 1 });
    const { advance } = track(cell, wild);
    const seen = new Set<number>();
    for (const x of inputs(cell, 50)) {
      advance(x);
      get(wild, 'gamma').forEach((gamma) => seen.add(gamma));
    }
    expect(Math.min(...seen)).toBe(0); // both bounds were met
    expect(Math.max(...seen)).toBe(1);
  });

  it('keeps what it learned at reset and forgets what it lived', async () => {
    const cell = await createCell(LEAKY);
    const estimator = await createEstimator(cell, 'kernl');
    const { advance } = track(cell, estimator);
    for (const x of inputs(cell, 100)) advance(x);
    const [A, gamma] = [get(estimator, 'A'), get(estimator, 'gamma')];
    estimator.reset();
    expect([get(estimator, 'A'), get(estimator, 'gamma')]).toEqual([A, gamma]);
    expect(gamma.some((value) => value !== 0.5)).toBe(true);
    for (const name of ['B', 'omega', 'slope', 'noisy']) {
      expect(
        get(estimator, name).every((value) => value === 0),
        name,
      ).toBe(true);
    }
  });
});

/** q' J summed over a short sequence, from the start of an episode. */
function fresh(cell: Cell, estimator: Estimator, sequence: readonly Float64Array[]): Float64Array {
  estimator.reset();
  const { advance, lane } = track(cell, estimator);
  const gradient = new Float64Array(cell.params.length);
  for (const x of sequence) {
    advance(x);
    estimator.pull(
      lane.state.map((_, i) => 1 + i),
      gradient,
    );
  }
  return gradient;
}

/** Lives on with an estimator beside RTRL: mean cosine of their pulls, and the share of the answers that A Omega misses. */
async function followed(cell: Cell, options: object, id = 'kernl') {
  const [estimator, exact] = [await createEstimator(cell, id, options), await createEstimator(cell, 'rtrl')];
  const [mine, theirs] = [track(cell, estimator), track(cell, exact)];
  const rng = createRng('errors');
  const n = cell.units * cell.components;
  const stream = inputs(cell, 1e6);
  return (steps: number) => {
    let [similar, missed, answered] = [0, 0, 0];
    for (let t = 0; t < steps; t++) {
      const x = stream.next().value as Float64Array;
      mine.advance(x);
      theirs.advance(x);
      const q = Float64Array.from({ length: n }, () => rng.normal());
      similar += cosine(pulled(cell, estimator, q), pulled(cell, exact, q)) / steps;
      if (id !== 'kernl') continue;
      const [A, omega, noisy] = [get(estimator, 'A'), get(estimator, 'omega'), get(estimator, 'noisy')];
      for (let i = 0; i < n; i++) {
        const answer = (noisy[i]! - mine.lane.state[i]!) / 0.01;
        missed += (answer - omega.reduce((sum, value, j) => sum + A[i * n + j]! * value, 0)) ** 2;
        answered += answer ** 2;
      }
    }
    return { cosine: similar, unexplained: missed / answered };
  };
}
