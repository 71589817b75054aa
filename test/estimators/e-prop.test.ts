import { describe, expect, it } from 'vitest';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { add, denseD, eachDirect, leftTimes, type Matrix, zeros } from '../oracle/dense.ts';
import { createEstimator, estimate, estimateBy, pulled, track } from '../oracle/estimate.ts';
import { createCell, errorAt, type Problem, randomProblem, roll } from '../oracle/problem.ts';
import { stopGradientLstm } from '../oracle/stop-gradient-lstm.ts';
import { silence } from '../oracle/weights.ts';

describe('e-prop on an LSTM', () => {
  it('is back-propagation with a stop-gradient on h_{t-1} into the gates', async () => {
    for (const seed of [0, 1, 2]) {
      const problem = await randomProblem({ id: 'lstm', seed });
      expectEqual(await estimateBy(problem, 'e-prop'), stopGradientLstm(problem), 1e-12);
      const whole = stopGradientLstm(problem, { through: true });
      expectEqual(whole, bptt(problem), 1e-12); // the oracle is right where nothing is stopped
      expectDifferent(await estimateBy(problem, 'e-prop'), whole, 1e-3); // control
    }
  });

  it("has the eligibility eps_c <- f eps_c + dc/dW, e = o phi'(c) eps_c (+ dh/dW_o)", async () => {
    const cell = await createCell({ id: 'lstm' });
    const estimator = await createEstimator(cell, 'e-prop');
    const { lane, advance } = track(cell, estimator);
    const { units: k } = cell;
    const width = cell.inputSize + 1 + k; // parameters of a row
    const [c, h] = [new Float64Array(cell.params.length), new Float64Array(cell.params.length)]; // eps_c, e
    for (const x of (await randomProblem({ id: 'lstm' })).inputs) {
      advance(x);
      cell.params.forEach((_, e) => {
        const gate = Math.floor(e / (k * width)); // input, forget, output, candidate
        const unit = Math.floor(e / width) % k;
        const [i, f, o, g, squashed] = lane.work.subarray(5 * unit, 5 * unit + 5);
        const pre = lane.pre[cell.rows.source[e]!]!;
        const cBefore = lane.pre[cell.inputSize + 1 + 2 * unit]!;
        const slopes = [g! * i! * (1 - i!), cBefore * f! * (1 - f!), 0, i! * (1 - g! ** 2)]; // dc/da of each gate
        c[e] = f! * c[e]! + slopes[gate]! * pre;
        h[e] = o! * (1 - squashed! ** 2) * c[e]! + (gate === 2 ? squashed! * o! * (1 - o!) * pre : 0);
      });
    }
    const q = new Float64Array(2 * k);
    for (let unit = 0; unit < k; unit++) q[2 * unit + 1] = 1;
    expectEqual(pulled(cell, estimator, q), h, 1e-12); // one unit per parameter: the pull of ones is e itself
    expectDifferent(pulled(cell, estimator, q), c, 1e-3); // control
  });

  it('is SnAp-1, kept strictly, where no unit reads itself', async () => {
    const problem = await randomProblem({ id: 'lstm' });
    const both = async (): Promise<[Float64Array, Float64Array]> => [
      await estimateBy(problem, 'e-prop'),
      await estimateBy(problem, 'snap', { convention: 'strict' }),
    ];
    expectDifferent(...(await both()), 1e-4); // control: as drawn
    silence(problem.cell, (unit, from) => unit === from);
    expectEqual(...(await both()), 1e-13);
    expectDifferent(await estimateBy(problem, 'e-prop'), bptt(problem), 1e-3);
  });
});

const CELLS = [{ id: 'tanh', options: { leak: 0.3 } }, { id: 'gru' }, { id: 'lstm' }];

describe.each(CELLS)('e-prop on $id', (spec) => {
  it('with the total derivative in place of q is the exact gradient', async () => {
    const problem = await randomProblem(spec);
    const { cell } = problem;
    const total = totalErrors(problem);
    const estimator = await createEstimator(cell, 'e-prop');
    const { advance } = track(cell, estimator);
    const gradient = new Float64Array(cell.params.length);
    problem.inputs.forEach((x, t) => {
      advance(x);
      estimator.pull(total[t]!, gradient);
    });
    expectEqual(gradient, bptt(problem), 1e-12);
    expectDifferent(await estimateBy(problem, 'e-prop'), bptt(problem), 1e-3); // control: with q itself
  });

  it('filters its eligibility by kappa, and without is rflo', async () => {
    const problem = await randomProblem(spec);
    expectEqual(await estimateBy(problem, 'e-prop'), await estimateBy(problem, 'rflo'), 0);
    expectEqual(await estimateBy(problem, 'e-prop', { kappa: 0 }), await estimateBy(problem, 'rflo'), 0);
    const expected = new Float64Array(problem.cell.params.length);
    const eligibility = await createEstimator(problem.cell, 'rflo');
    const { lane, advance } = track(problem.cell, eligibility);
    const late: Float64Array[] = []; // sum of q_t kappa^(t - s) over t >= s, by the errors alone
    const errors: Float64Array[] = [];
    roll(problem, (t, { state }) => errors.push(errorAt(problem, t, state)));
    errors.reduceRight(
      (next, q, s) => (late[s] = q.map((value, i) => value + 0.8 * next[i]!)),
      lane.state.map(() => 0),
    );
    problem.inputs.forEach((x, s) => {
      advance(x);
      eligibility.pull(late[s]!, expected);
    });
    expectEqual(await estimateBy(problem, 'e-prop', { kappa: 0.8 }), expected, 1e-12);
    expectDifferent(await estimateBy(problem, 'e-prop', { kappa: 0.7 }), expected, 1e-2); // controls
    expectDifferent(await estimateBy(problem, 'e-prop'), expected, 1e-2);
  });
});

it('forgets both traces at reset', async () => {
  const problem = await randomProblem({ id: 'lstm' });
  const estimator = await createEstimator(problem.cell, 'e-prop', { kappa: 0.8 });
  const first = estimate(problem, estimator);
  const again = estimate(problem, estimator);
  expectDifferent(again, first, 1e-3); // control
  estimator.reset();
  expectEqual(estimate(problem, estimator), first, 0);
});

it('claims to be exact where rflo does, and never with a filter', async () => {
  const { rows, ...cell } = await createCell({ id: 'tanh', options: { units: 3, leak: 0.5 } });
  const blind = { ...rows, source: rows.source.map((source) => Math.min(source, rows.inputSize)) }; // reads [x; 1] alone
  const exact = async (of: typeof rows, options = {}): Promise<boolean> =>
    (await createEstimator({ ...cell, rows: of }, 'e-prop', options)).exactOn(of);
  expect(await exact(blind)).toBe(true);
  expect(await exact(rows)).toBe(false);
  expect(await exact(blind, { kappa: 0.1 })).toBe(false);
});

/**
 * dL/ds_t through everything but the unit's own hidden state, which the eligibility holds already:
 *   lambda_t = q_t + (D_{t+1} - R_{t+1})' mu_{t+1},   mu_t = q_t + D_{t+1}' mu_{t+1}
 */
function totalErrors(problem: Problem): Float64Array[] {
  const { cell } = problem;
  const n = cell.units * cell.components;
  const past: { D: Matrix; R: Matrix; q: Float64Array }[] = [];
  roll(problem, (t, lane) => {
    const R = zeros(n, n);
    eachDirect(cell.rows, (to, from, at) => (R[to]![from] = lane.direct[at]!));
    past.push({ D: denseD(cell, lane), R, q: errorAt(problem, t, lane.state) });
  });
  const lambda: Float64Array[] = [];
  let [viaWeights, viaAll] = [new Float64Array(n), new Float64Array(n)];
  for (let t = past.length - 1; t >= 0; t--) {
    const { D, R, q } = past[t]!;
    lambda[t] = q.map((value, i) => value + viaWeights[i]!);
    const mu = Float64Array.from(q);
    add(mu, viaAll);
    viaAll = new Float64Array(leftTimes(mu, D, n));
    viaWeights = viaAll.map((value, j) => value - leftTimes(mu, R, n)[j]!);
  }
  return lambda;
}
