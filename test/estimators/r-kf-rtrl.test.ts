import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { norm } from '../../src/statistics/norm.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { denseD, flat, type Matrix } from '../oracle/dense.ts';
import { createEstimator, pulled, track } from '../oracle/estimate.ts';
import { type Problem, problemOn, randomProblem, roll } from '../oracle/problem.ts';
import { drawsOf, overAllSigns, runs } from '../oracle/signs.ts';
import { syntheticCell, tied } from '../oracle/synthetic-cell.ts';
import { expectUnbiased } from '../oracle/unbiased.ts';

const small = (id: string, options: object, steps: number): Promise<Problem> =>
  randomProblem({ id, options, steps, inputSize: 2 });
const neighbours = syntheticCell({ units: 2, neighbours: true });
const PROBLEMS: readonly (readonly [string, () => Promise<Problem> | Problem])[] = [
  ['a tanh net', () => small('tanh', { units: 2 }, 4)],
  ['a sparse leaky net', () => small('tanh', { units: 4, leak: 0.6, density: 0.3 }, 3)],
  ['columns', () => small('tanh-columns', { columns: 2 }, 5)],
  ['a gated net', () => small('gru', { units: 1 }, 3)],
  ['a gated net with the reset before the product', () => small('gru-reset-before', { units: 2 }, 2)],
  ['an LSTM', () => small('lstm', { units: 1 }, 3)],
  ['a wider LSTM', () => small('lstm', { units: 2 }, 2)],
  ['deep columns that talk', () => small('deep-columns', { columns: 2, features: 1, lateral: 1 }, 2)],
  ['three components per unit', () => problemOn(neighbours, { steps: 5 })],
  ['tied weights', () => problemOn(tied(neighbours), { steps: 5 })],
];

describe.each(PROBLEMS)('r-kf-rtrl on %s', (_, create) => {
  it('is the exact gradient in the mean over all signs', async () => {
    const problem = await create();
    const { mean, deviation, bits } = await overAllSigns(problem, 'r-kf-rtrl');
    expect(bits).toBe(problem.cell.rows.count * problem.inputs.length); // one sign per row and step
    expectEqual(mean, bptt(problem), 1e-12);
    expect(deviation / norm(mean)).toBeGreaterThan(0.1); // liveness: there is noise
    const { rng, draw } = await drawsOf(problem, 'r-kf-rtrl');
    rng.play(() => 1);
    expectDifferent(draw(), bptt(problem), 1e-3); // control: signs that are not random
  });
});

describe('r-kf-rtrl', () => {
  it('balances its two factors, seen in two steps of dense algebra', async () => {
    const problem = await small('tanh', { units: 3 }, 2);
    const { cell } = problem;
    const nu = [Float64Array.of(1, -1, -1), Float64Array.of(-1, -1, 1)];
    const q = Float64Array.of(0.3, -1.2, 0.7);
    const { rng, estimator } = await drawsOf(problem, 'r-kf-rtrl');
    rng.play((i) => nu[Math.floor(i / 3)]![i % 3]!);
    const { advance } = track(cell, estimator);
    problem.inputs.forEach(advance);
    const gradient = pulled(cell, estimator, q);
    const byHand = (ofOld: Scale, ofNew: Scale): Float64Array => {
      const [one, two] = records(problem);
      const N = ({ gain, pre }: Record, signs: Float64Array): Matrix =>
        Array.from(gain, (g, m) => pre.map((value) => signs[m]! * g * value)); // row m moves unit m alone
      const [N1, N2] = [N(one!, nu[0]!), N(two!, nu[1]!)];
      const first = Math.sqrt(norm(flat(N1)) / norm(nu[0]!));
      const A = nu[0]!.map((sign) => first * sign);
      const moved = two!.D.map((row) =>
        N1[0]!.map((_, j) => row.reduce((sum, d, l) => sum + (d * N1[l]![j]!) / first, 0)),
      );
      const rho0 = ofOld(norm(flat(moved)), norm(A));
      const rho1 = ofNew(norm(flat(N2)), norm(nu[1]!));
      const next = A.map((value, r) => rho0 * value + rho1 * nu[1]![r]!);
      const B = moved.map((row, m) => row.map((value, j) => value / rho0 + N2[m]![j]! / rho1));
      const perSource = B[0]!.map((_, j) => B.reduce((sum, row, m) => sum + q[m]! * row[j]!, 0));
      return cell.params.map((_, e) => next[Math.floor(e / perSource.length)]! * perSource[cell.rows.source[e]!]!);
    };
    expectEqual(gradient, byHand(balanced, balanced), 1e-12);
    expectDifferent(gradient, byHand(plain, balanced), 1e-3); // controls
    expectDifferent(gradient, byHand(balanced, plain), 1e-3);
  });

  it('is unbiased on a net too large to run through all signs', async () => {
    const problem = await randomProblem({ id: 'gru', options: { units: 6 }, steps: 10 });
    const estimator = await createEstimator(problem.cell, 'r-kf-rtrl', {}, createRng('r-kf'));
    expectUnbiased(runs(problem, estimator), bptt(problem), 3000);
    const { rng, draw } = await drawsOf(problem, 'r-kf-rtrl');
    const noise = createRng('control');
    const mostly = (): Float64Array => {
      rng.play(() => (noise.uniform() < 0.7 ? 1 : -1));
      return draw();
    };
    expect(() => expectUnbiased(mostly, bptt(problem), 3000)).toThrow('the mean along');
  });

  it('keeps nothing for what no source reaches', async () => {
    const { cell } = await randomProblem({ id: 'lstm-columns', options: { columns: 4 } });
    const { arrays } = await createEstimator(cell, 'r-kf-rtrl');
    // x (3) and 1 reach (c, h) of all 4 columns, an h its own column.
    expect(arrays).toEqual({ A: 16, B: 4 * 8 + 4 * 2 });
  });
});

type Scale = (b: number, a: number) => number;
const balanced: Scale = (b, a) => Math.sqrt(b / a);
const plain: Scale = () => 1;

interface Record {
  readonly gain: Float64Array;
  readonly pre: Float64Array;
  readonly D: Matrix;
}

function records(problem: Problem): Record[] {
  const found: Record[] = [];
  roll(problem, (_t, lane) => {
    const [gain, pre] = [Float64Array.from(lane.gain), Float64Array.from(lane.pre)];
    found.push({ gain, pre, D: denseD(problem.cell, lane) });
  });
  return found;
}
