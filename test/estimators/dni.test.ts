import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { cosine } from '../../src/statistics/cosine.ts';
import type { Cell, Estimator } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { denseD, leftTimes, type Matrix } from '../oracle/dense.ts';
import { createEstimator, estimate, estimateBy, pulled, track } from '../oracle/estimate.ts';
import { createCell, errorAt, problemOn, type Problem, randomProblem, roll } from '../oracle/problem.ts';
import { solve } from '../oracle/solve.ts';
import { get } from '../support/arrays.ts';
import { smallLearner, stepOf } from '../support/learners.ts';

const CELLS = [
  { id: 'tanh', options: { leak: 0.5 } },
  { id: 'gru', options: { units: 5 } },
  { id: 'lstm', options: { units: 4 } },
  { id: 'deep-columns', options: { columns: 5, lateral: 0.3 } },
];

/** States s_t and synthetic gradients c_t = D_{t+1}'(q_{t+1} + c_{t+1}) of a whole sequence, and D of every step. */
function oracle(problem: Problem) {
  const { cell } = problem;
  const n = cell.units * cell.components;
  const past: { state: Float64Array; q: Float64Array; D: Matrix }[] = [];
  roll(problem, (t, lane) => {
    past.push({ state: Float64Array.from(lane.state), q: errorAt(problem, t, lane.state), D: denseD(cell, lane) });
  });
  const c: Float64Array[] = past.map(() => new Float64Array(n));
  for (let t = past.length - 1; t > 0; t--) {
    const { q, D } = past[t]!;
    c[t - 1] = leftTimes(
      q.map((value, i) => value + c[t]![i]!),
      D,
      n,
    );
  }
  return { past, c };
}

/** M with M [s_t; 1] = c_t at every step: one state more than entries, so that there is exactly one. */
function interpolate(problem: Problem): Float64Array {
  const { past, c } = oracle(problem);
  const transposed = solve(
    past.map(({ state }) => [...state, 1]),
    c,
  ); // [(n + 1) x n]
  const [n, width] = [c[0]!.length, transposed.length];
  return Float64Array.from({ length: n * width }, (_, i) => transposed[i % width]![Math.floor(i / width)]!);
}

describe.each(CELLS)('dni on $id', (spec) => {
  const short = async (): Promise<Problem> => {
    const cell = await createCell(spec);
    return problemOn(cell, { steps: cell.units * cell.components + 1 });
  };

  it('is the exact gradient where it predicts exactly', async () => {
    const problem = await short();
    const estimator = await createEstimator(problem.cell, 'dni', { rate: 0 });
    expectDifferent(estimate(problem, estimator), bptt(problem), 1e-2); // control: M = 0
    const M = interpolate(problem);
    estimator.write('M', M);
    estimator.reset();
    expectEqual(estimate(problem, estimator), bptt(problem), 1e-10);
    estimator.write(
      'M',
      M.map((value) => 1.1 * value),
    ); // control
    estimator.reset();
    expectDifferent(estimate(problem, estimator), bptt(problem), 1e-2);
  });

  it.each(['lms', 'nlms'])('stays where it predicts exactly, taught by its own target (%s)', async (rule) => {
    const problem = await short();
    const estimator = await createEstimator(problem.cell, 'dni', { rule, rate: 0.5 });
    const M = interpolate(problem);
    const moved = (from: Float64Array): Float64Array => {
      estimator.write('M', from);
      estimator.reset();
      taught(problem, estimator);
      return Float64Array.from(get(estimator, 'M'));
    };
    expectEqual(moved(M), M, 1e-10);
    const other = M.map((value) => 1.1 * value); // control
    expectDifferent(moved(other), other, 1e-5);
  });

  it('is the immediate gradient as long as nobody teaches it', async () => {
    const problem = await randomProblem(spec);
    const estimator = await createEstimator(problem.cell, 'dni', { rate: 0.5 });
    expectEqual(estimate(problem, estimator), await estimateBy(problem, 'immediate'), 1e-12);
    expect(get(estimator, 'M').every((value) => value === 0)).toBe(true);
    taught(problem, estimator); // control
    expect(get(estimator, 'M').some((value) => value !== 0)).toBe(true);
  });
});

describe('a lesson of dni', () => {
  it.each(['lms', 'nlms'])("moves M [s_{t-1}; 1] toward D_t'(q_t + c_t), by hand (%s)", async (rule) => {
    const problem = await randomProblem({ id: 'tanh', options: { units: 2, leak: 0.5 }, steps: 3 });
    const { past } = oracle(problem);
    const rate = 0.3;
    const rows = [
      [0.5, -0.2, 0.1],
      [0.3, 0.4, -0.6],
    ];
    const estimator = await createEstimator(problem.cell, 'dni', { rule, rate });
    estimator.write('M', Float64Array.from(rows.flat()));
    const { advance } = track(problem.cell, estimator);
    advance(problem.inputs[0]!);
    estimator.teach!(past[0]!.q); // nothing had been predicted
    expect(get(estimator, 'M')).toEqual(rows.flat());
    advance(problem.inputs[1]!);
    estimator.teach!(past[1]!.q);
    const says = (s: Float64Array): Float64Array =>
      Float64Array.from(rows, (row) => row[0]! * s[0]! + row[1]! * s[1]! + row[2]!);
    const [before, now] = [past[0]!.state, past[1]!.state];
    const ahead = says(now);
    const target = leftTimes(
      past[1]!.q.map((value, i) => value + ahead[i]!),
      past[1]!.D,
      2,
    );
    const features = [before[0]!, before[1]!, 1];
    const length = rule === 'nlms' ? features.reduce((sum, value) => sum + value * value, 0) : 1;
    const expected = rows.map((row, i) =>
      row.map((value, j) => value + (rate / length) * (target[i]! - says(before)[i]!) * features[j]!),
    );
    expectEqual(Float64Array.from(get(estimator, 'M')), Float64Array.from(expected.flat()), 1e-12);
    expectDifferent(Float64Array.from(get(estimator, 'M')), Float64Array.from(rows.flat()), 1e-3); // control
  });

  it('may be taken late: pull answers with what was predicted at the step', async () => {
    const problem = await randomProblem({ id: 'gru' });
    const estimator = await createEstimator(problem.cell, 'dni', { rate: 0.5 });
    taught(problem, estimator);
    const q = new Float64Array(problem.cell.units).fill(1);
    const before = pulled(problem.cell, estimator, q);
    estimator.teach!(q);
    expect(pulled(problem.cell, estimator, q)).toEqual(before);
  });

  it('is forgotten by no episode', async () => {
    const problem = await randomProblem({ id: 'gru' });
    const estimator = await createEstimator(problem.cell, 'dni');
    taught(problem, estimator);
    const M = get(estimator, 'M');
    estimator.reset();
    expect(get(estimator, 'M')).toEqual(M);
    expect(M.some((value) => value !== 0)).toBe(true);
  });
});

describe('dni on a stationary problem', () => {
  it.each([
    { id: 'tanh', options: { leak: 0.3 } },
    { id: 'gru', options: { units: 6 } },
  ])('comes closer to the exact gradient as it is taught on $id', async (spec) => {
    const cell = await createCell(spec);
    const exam = stationary(cell, 200, 'exam');
    const student = await createEstimator(cell, 'dni');
    const idle = await createEstimator(cell, 'dni'); // control
    const grade = (estimator: Estimator): number => {
      estimator.reset();
      const found = cosine(estimate(exam, estimator), bptt(exam));
      estimator.reset();
      return found;
    };
    const first = grade(student);
    taught(stationary(cell, 1000, 'lessons'), student);
    const second = grade(student);
    taught(stationary(cell, 10000, 'more lessons'), student);
    const third = grade(student);
    expect(second).toBeGreaterThan(first);
    expect(third).toBeGreaterThan(second);
    expect(1 - third).toBeLessThan(0.5 * (1 - first));
    estimate(stationary(cell, 1000, 'lessons'), idle);
    expect(grade(idle)).toBe(first);
  });
});

describe('a learner with dni', () => {
  const dni = { cell: { id: 'tanh', units: 3 }, estimator: { id: 'dni' } };

  it('refuses TD errors in one line that says what would do', async () => {
    const learner = await smallLearner(dni);
    expect(() => learner.step(stepOf([1, 0], 0, 0.9, { start: true }))).toThrow(
      /^Cannot learn from TD errors by synthetic gradients: [^\n]*take another estimator, or give targets$/,
    );
  });

  it('learns from targets and teaches itself as it goes', async () => {
    const learner = await smallLearner(dni);
    const rng = createRng('life');
    const before = get(learner, 'cell.params');
    for (let t = 0; t < 50; t++) {
      learner.step(stepOf([rng.normal(), rng.normal()], 0, 0.9, { start: t === 0, target: [rng.normal()] }));
    }
    expect(get(learner, 'estimator.M').some((value) => value !== 0)).toBe(true);
    expect(get(learner, 'cell.params')).not.toEqual(before);
  });
});

/** Lives through a problem and shows every error once, after the pull, as the learner does. */
function taught(problem: Problem, estimator: Estimator): void {
  const { lane, advance } = track(problem.cell, estimator);
  estimator.reset();
  problem.inputs.forEach((x, t) => {
    advance(x);
    estimator.teach!(errorAt(problem, t, lane.state));
  });
}

/** Inputs ~ N(0, 1), targets that are two mixtures of the input before, and one read-out for all. */
function stationary(cell: Cell, steps: number, seed: string): Problem {
  const rng = createRng(seed);
  const { readout } = problemOn(cell, { steps: 1 });
  const inputs = Array.from({ length: steps }, () => Float64Array.from({ length: cell.inputSize }, () => rng.normal()));
  const targets = inputs.map((_, t) => {
    const before = inputs[Math.max(0, t - 1)]!;
    return Float64Array.of(before[0]! - before[1]!, before[1]! + before[2]!);
  });
  return { cell, inputs, targets, readout };
}
