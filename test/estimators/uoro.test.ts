import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import uoro from '../../src/estimators/uoro.ts';
import { parseOptions } from '../../src/options.ts';
import { norm } from '../../src/statistics/norm.ts';
import { relativeError } from '../../src/statistics/relative-error.ts';
import { UserError } from '../../src/user-error.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { add, denseD, denseI, leftTimes, type Matrix } from '../oracle/dense.ts';
import { createEstimator, pulled, track } from '../oracle/estimate.ts';
import { type Problem, problemOn, randomProblem, roll } from '../oracle/problem.ts';
import { bitsOf, drawsOf, overAllSigns, runs } from '../oracle/signs.ts';
import { syntheticCell, tied } from '../oracle/synthetic-cell.ts';
import { expectUnbiased } from '../oracle/unbiased.ts';

const small = (id: string, options: object, steps: number): Promise<Problem> =>
  randomProblem({ id, options, steps, inputSize: 2 });
const neighbours = syntheticCell({ units: 2, neighbours: true });
const PROBLEMS: readonly (readonly [string, () => Promise<Problem> | Problem])[] = [
  ['a tanh net', () => small('tanh', { units: 3 }, 4)],
  ['a sparse leaky net', () => small('tanh', { units: 4, leak: 0.6, density: 0.3 }, 3)],
  ['a gated net', () => small('gru', { units: 3 }, 4)],
  ['a gated net with the reset before the product', () => small('gru-reset-before', { units: 3 }, 4)],
  ['an LSTM', () => small('lstm', { units: 2 }, 3)],
  ['a wider LSTM', () => small('lstm', { units: 3 }, 2)],
  ['deep columns that talk', () => small('deep-columns', { columns: 3, features: 2, lateral: 1 }, 4)],
  ['three components per unit', () => problemOn(neighbours, { steps: 2 })],
  ['tied weights', () => problemOn(tied(neighbours), { steps: 2 })],
];

describe.each(PROBLEMS)('uoro on %s', (_, create) => {
  it('is the exact gradient in the mean over all signs, whatever the scales', async () => {
    const problem = await create();
    for (const epsilon of [1e-12, 1e-7, 0.3, 1e6]) {
      const { mean, deviation, bits } = await overAllSigns(problem, 'uoro', { epsilon });
      expect(bits).toBe(problem.cell.units * problem.cell.components * problem.inputs.length);
      expectEqual(mean, bptt(problem), 1e-12);
      expect(deviation / norm(mean)).toBeGreaterThan(0.1); // liveness: there is noise
    }
  });

  it('is not, when the signs are no more random', async () => {
    const problem = await create();
    const { rng, draw } = await drawsOf(problem, 'uoro');
    for (const sign of [1, -1]) {
      rng.play(() => sign);
      expectDifferent(draw(), bptt(problem), 1e-3);
    }
  });
});

describe('uoro', () => {
  it('balances its two vectors, seen in two steps of dense algebra', async () => {
    const problem = await small('gru', { units: 3 }, 2);
    const nu = [Float64Array.of(1, -1, -1), Float64Array.of(-1, -1, 1)];
    const q = Float64Array.of(0.3, -1.2, 0.7);
    const epsilon = 0.01;
    const { rng, estimator } = await drawsOf(problem, 'uoro', { epsilon });
    rng.play((i) => nu[Math.floor(i / 3)]![i % 3]!);
    const { advance } = track(problem.cell, estimator);
    problem.inputs.forEach(advance);
    const gradient = pulled(problem.cell, estimator, q);
    const p = problem.cell.params.length;
    const length = (v: Float64Array): number => norm(v) + epsilon;
    const byHand = (rho0: (theta: Float64Array, moved: Float64Array) => number): Float64Array => {
      const [one, two] = records(problem);
      const first = leftTimes(nu[0]!, one!.I, p); // nu_1' I_1
      const rho = Math.sqrt(length(first) / length(nu[0]!)); // rho1 of step 1, whose rho0 scales zeros
      const theta = first.map((value) => value / rho);
      const moved = times(
        two!.D,
        nu[0]!.map((value) => rho * value),
      );
      const second = leftTimes(nu[1]!, two!.I, p);
      const [a, b] = [rho0(theta, moved), Math.sqrt(length(second) / length(nu[1]!))];
      const s = moved.map((value, i) => a * value + b * nu[1]![i]!);
      const error = s.reduce((sum, value, i) => sum + q[i]! * value, 0);
      return theta.map((value, j) => error * (value / a + second[j]! / b));
    };
    const balanced = byHand((theta, moved) => Math.sqrt(length(theta) / length(moved)));
    expectEqual(gradient, balanced, 1e-12);
    expectDifferent(
      gradient,
      byHand(() => 1),
      1e-3,
    ); // controls: other scales, no epsilon
    expectDifferent(
      gradient,
      byHand((theta, moved) => Math.sqrt(norm(theta) / norm(moved))),
      1e-4,
    );
  });

  it('refuses an epsilon of 0, which would make the first step 0 / 0', () => {
    const create = (): unknown => parseOptions(uoro.options, { epsilon: 0 }, 'create uoro');
    expect(create).toThrow(UserError);
    expect(create).toThrow('Cannot create uoro: epsilon: expected number to be >0, got 0');
    expect(parseOptions(uoro.options, { epsilon: 1e-300 }, 'create uoro')).toEqual({ epsilon: 1e-300 }); // control
  });

  it('errs by N^-1/2 when N draws are averaged', async () => {
    const problem = await randomProblem({ id: 'tanh', options: { units: 8 }, steps: 12 });
    const estimator = await createEstimator(problem.cell, 'uoro', {}, createRng('slope'));
    const draw = runs(problem, estimator);
    const draws = Array.from({ length: 8192 }, draw);
    const exact = bptt(problem);
    expect(Math.abs(errorSlope(draws, exact) + 0.5)).toBeLessThanOrEqual(0.1);
    const wrong = exact.map((value) => 1.5 * value);
    expect(errorSlope(draws, wrong)).toBeGreaterThan(-0.35); // control: a bias does not average out
  });

  it('is unbiased on a net too large to run through all signs', async () => {
    const problem = await randomProblem({ id: 'gru', options: { units: 8 }, steps: 10 });
    const estimator = await createEstimator(problem.cell, 'uoro', {}, createRng('uoro'));
    const draw = runs(problem, estimator);
    expectUnbiased(draw, bptt(problem), 2000);
    // Control: signs that last two steps are no more independent.
    const { rng, draw: drawPaired } = await drawsOf(problem, 'uoro');
    const noise = createRng('pairs');
    const paired = (): Float64Array => {
      const signs = bitsOf(noise.integer(0, 2 ** 30 - 1));
      rng.play((i) => signs(Math.floor(i / 16))); // every sign for two steps
      return drawPaired();
    };
    expect(() => expectUnbiased(paired, bptt(problem), 2000)).toThrow('the mean along');
  });
});

/** Both Jacobians of every step. */
function records(problem: Problem): { I: Matrix; D: Matrix }[] {
  const found: { I: Matrix; D: Matrix }[] = [];
  roll(problem, (_t, lane) => found.push({ I: denseI(problem.cell, lane), D: denseD(problem.cell, lane) }));
  return found;
}

const times = (M: Matrix, v: Float64Array): Float64Array =>
  Float64Array.from(M, (row) => row.reduce((sum, value, j) => sum + value * v[j]!, 0));

/** Slope of log(error of the mean of N draws) against log N, over disjoint groups of N. */
function errorSlope(draws: readonly Float64Array[], exact: Float64Array): number {
  const points = [8, 32, 128, 512, 2048].map((N) => {
    const squares: number[] = [];
    for (let from = 0; from < draws.length; from += N) {
      const mean = new Float64Array(exact.length);
      for (const gradient of draws.slice(from, from + N)) add(mean, gradient);
      squares.push(
        relativeError(
          mean.map((value) => value / N),
          exact,
        ) ** 2,
      );
    }
    return [Math.log(N), 0.5 * Math.log(squares.reduce((a, b) => a + b) / squares.length)] as const;
  });
  const [x, y] = [0, 1].map((k) => points.reduce((sum, point) => sum + point[k]!, 0) / points.length) as [
    number,
    number,
  ];
  const covariance = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return covariance / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
