import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { norm } from '../../src/statistics/norm.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { cellCases } from '../oracle/cases.ts';
import { denseD, flat, type Matrix } from '../oracle/dense.ts';
import { createEstimator, pulled, track } from '../oracle/estimate.ts';
import { type Problem, problemOn, randomProblem, roll } from '../oracle/problem.ts';
import { drawsOf, overAllSigns, runs } from '../oracle/signs.ts';
import { syntheticCell, tied } from '../oracle/synthetic-cell.ts';
import { expectUnbiased } from '../oracle/unbiased.ts';

const STEPS = 7;
const neighbours = syntheticCell({ units: 3, neighbours: true });
const PROBLEMS: readonly (readonly [string, () => Promise<Problem> | Problem])[] = [
  ...cellCases().map(({ id, options, label }) => [label, () => randomProblem({ id, options, steps: STEPS })] as const),
  ['three components per unit', () => problemOn(neighbours, { steps: STEPS })],
  ['tied weights', () => problemOn(tied(neighbours), { steps: STEPS })],
];

describe.each(PROBLEMS)('kf-rtrl on %s', (_, create) => {
  // The immediate Jacobian of every cell is one Kronecker product when it is seen through rows: gated nets of either
  // kind and stacks of features need no splitting.
  it('is the exact gradient in the mean over all signs', async () => {
    const problem = await create();
    if (problem.cell.params.length === 0) return;
    const { mean, deviation, bits } = await overAllSigns(problem, 'kf-rtrl');
    expect(bits).toBe(STEPS); // one sign per step
    expectEqual(mean, bptt(problem), 1e-12);
    expect(deviation / norm(mean)).toBeGreaterThan(0.1); // liveness: there is noise
    const { rng, draw } = await drawsOf(problem, 'kf-rtrl');
    rng.play(() => 1);
    expectDifferent(draw(), bptt(problem), 1e-3); // control: a sign that is not random
  });
});

describe('kf-rtrl', () => {
  it('balances its two factors, seen in two steps of dense algebra', async () => {
    const problem = await randomProblem({ id: 'tanh', options: { units: 3, leak: 0.6 }, steps: 2, inputSize: 2 });
    const { cell } = problem;
    const q = Float64Array.of(0.3, -1.2, 0.7);
    for (const sign of [1, -1]) {
      const { rng, estimator } = await drawsOf(problem, 'kf-rtrl');
      rng.play((t) => (t === 0 ? 1 : sign));
      const { advance } = track(cell, estimator);
      problem.inputs.forEach(advance);
      const gradient = pulled(cell, estimator, q);
      const byHand = (ofOld: Scale, ofNew: Scale): Float64Array => {
        const [first, second] = factors(problem);
        const rho = balanced(norm(flat(first!.delta)), norm(first!.v));
        const u = first!.v.map((value) => rho * value);
        const moved = matrixTimes(
          second!.D,
          first!.delta.map((row) => row.map((value) => value / rho)),
        );
        const p1 = ofOld(norm(flat(moved)), norm(u));
        const p2 = ofNew(norm(flat(second!.delta)), norm(second!.v));
        const next = u.map((value, j) => p1 * value + sign * p2 * second!.v[j]!);
        const A = moved.map((row, m) => row.map((value, r) => value / p1 + (sign * second!.delta[m]![r]!) / p2));
        const perRow = A[0]!.map((_, r) => A.reduce((sum, row, m) => sum + q[m]! * row[r]!, 0));
        return cell.params.map((_, e) => perRow[Math.floor(e / next.length)]! * next[cell.rows.source[e]!]!);
      };
      expectEqual(gradient, byHand(balanced, balanced), 1e-12);
      expectDifferent(gradient, byHand(plain, balanced), 1e-3); // controls
      expectDifferent(gradient, byHand(balanced, plain), 1e-3);
    }
  });

  it('is exact for one step, after which the noise comes', async () => {
    const problem = await randomProblem({ id: 'lstm', steps: 2 });
    const start = { ...problem, inputs: problem.inputs.slice(0, 1) };
    expect((await overAllSigns(start, 'kf-rtrl')).deviation).toBeLessThanOrEqual(1e-14);
    expect((await overAllSigns(problem, 'kf-rtrl')).deviation).toBeGreaterThan(1e-3);
  });

  it('is unbiased over more steps than can be run through all signs', async () => {
    const problem = await randomProblem({ id: 'gru', options: { units: 8 }, steps: 40 });
    const estimator = await createEstimator(problem.cell, 'kf-rtrl', {}, createRng('kf'));
    expectUnbiased(runs(problem, estimator), bptt(problem), 1000);
    const { rng, draw } = await drawsOf(problem, 'kf-rtrl');
    const noise = createRng('control');
    const mostly = (): Float64Array => {
      rng.play(() => (noise.uniform() < 0.7 ? 1 : -1));
      return draw();
    };
    expect(() => expectUnbiased(mostly, bptt(problem), 1000)).toThrow('the mean along');
  });

  it('keeps nothing for what no row reads or reaches', async () => {
    const { cell } = await randomProblem({ id: 'lstm-columns', options: { columns: 4 } });
    const { arrays } = await createEstimator(cell, 'kf-rtrl');
    // Of pre = [x (3); 1; (c, h) of 4 columns] all but c; four gates of two numbers per column.
    expect(arrays).toEqual({ u: 3 + 1 + 4, A: 4 * 4 * 2 });
  });
});

type Scale = (b: number, a: number) => number;
const balanced: Scale = (b, a) => Math.sqrt(b / a);
const plain: Scale = () => 1;

interface Factors {
  readonly delta: Matrix; // [n x rows]
  readonly v: Float64Array; // pre
  readonly D: Matrix;
}

/** Of a net whose row r moves unit r alone. */
function factors(problem: Problem): Factors[] {
  const found: Factors[] = [];
  roll(problem, (_t, lane) => {
    const delta = Array.from(lane.gain, (gain, r) => lane.gain.map((_, i) => (i === r ? gain : 0)));
    found.push({ delta, v: Float64Array.from(lane.pre), D: denseD(problem.cell, lane) });
  });
  return found;
}

function matrixTimes(A: Matrix, B: Matrix): Matrix {
  return A.map((row) => B[0]!.map((_, j) => row.reduce((sum, value, l) => sum + value * B[l]![j]!, 0)));
}
