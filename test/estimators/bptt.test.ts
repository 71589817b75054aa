import { describe, expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { norm } from '../../src/statistics/norm.ts';
import { relativeError } from '../../src/statistics/relative-error.ts';
import type { Cell, Estimator } from '../../src/types.ts';
import { UserError } from '../../src/user-error.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { add, denseD, denseI, leftTimes } from '../oracle/dense.ts';
import { createEstimator, pulled, track } from '../oracle/estimate.ts';
import { createCell, problemOn } from '../oracle/problem.ts';

const CELLS = [{ id: 'tanh' }, { id: 'gru' }, { id: 'lstm' }, { id: 'deep-columns', options: { lateral: 0.3 } }];
const STEPS = 12;
const q = (cell: Cell): Float64Array => Float64Array.from({ length: cell.units * cell.components }, (_, i) => 1 + i);

/** A life in which theta moves after every step but the last, by as much as `rate` says. */
async function live(spec: { id: string; options?: object }, rate: number, estimators: [string, object][]) {
  const cell = await createCell(spec);
  const { inputs } = problemOn(cell, { steps: STEPS });
  const made = await Promise.all(estimators.map(([name, options]) => createEstimator(cell, name, options)));
  const trackers = made.map((estimator) => track(cell, estimator));
  inputs.forEach((x, t) => {
    if (t > 0) cell.params.forEach((value, j) => (cell.params[j] = value + rate * Math.sin(j + 7 * t)));
    for (const { advance } of trackers) advance(x);
  });
  return { cell, inputs, estimators: made as [Estimator, ...Estimator[]] };
}

/** q' ds_T/dtheta from s_0 under theta as it stands, by the dense chain rule. */
function lived(cell: Cell, inputs: readonly Float64Array[]): Float64Array {
  const lane = cell.lane();
  cell.begin(lane);
  const factors = inputs.map((x) => {
    step(cell, lane, x);
    return { I: denseI(cell, lane), D: denseD(cell, lane) };
  });
  const gradient = new Float64Array(cell.params.length);
  let delta = q(cell);
  for (const { I, D } of factors.reverse()) {
    add(gradient, leftTimes(delta, I, gradient.length));
    delta = leftTimes(delta, D, delta.length);
  }
  return gradient;
}

describe.each(CELLS)('bptt on $id', (spec) => {
  it('gives the same bits whatever the number of snapshots', async () => {
    const options = Array.from({ length: STEPS + 1 }, (_, c): [string, object] => ['bptt', { snapshots: c + 1 }]);
    const { cell, estimators } = await live(spec, 0.05, options);
    const [first, ...rest] = estimators.map((estimator) => pulled(cell, estimator, q(cell)));
    for (const other of rest) expect(other).toEqual(first);
    expect(norm(first!)).toBeGreaterThan(1e-8);
  });

  it('is real-time recurrent learning while theta stays as it is', async () => {
    const { cell, estimators } = await live(spec, 0, [
      ['bptt', { snapshots: 3 }],
      ['rtrl', {}],
      ['tbptt', { window: STEPS - 1 }],
    ]);
    const [exact, rtrl, cut] = estimators.map((estimator) => pulled(cell, estimator, q(cell)));
    expectEqual(exact!, rtrl!, 1e-10);
    expectDifferent(cut!, rtrl!, 1e-9); // control: one step is missing
  });

  it('is the gradient at the present theta while theta moves, from which RTRL differs by O(step size)', async () => {
    const rates = [1e-2, 1e-3, 1e-4];
    const gaps: number[] = [];
    for (const rate of rates) {
      const { cell, inputs, estimators } = await live(spec, rate, [
        ['bptt', { snapshots: 3 }],
        ['rtrl', {}],
      ]);
      const [exact, rtrl] = estimators.map((estimator) => pulled(cell, estimator, q(cell)));
      expectEqual(exact!, lived(cell, inputs), 1e-10);
      gaps.push(relativeError(rtrl!, exact!));
    }
    const slope = Math.log10(gaps[0]! / gaps[2]!) / 2;
    expect(Math.abs(slope - 1)).toBeLessThan(0.15);
  });

  it('begins anew with the episode', async () => {
    const { cell, inputs, estimators } = await live(spec, 0.05, [['bptt', {}]]);
    const [estimator] = estimators;
    estimator.reset();
    inputs.slice(0, 4).forEach(track(cell, estimator).advance);
    expectEqual(pulled(cell, estimator, q(cell)), lived(cell, inputs.slice(0, 4)), 1e-10);
    expectDifferent(pulled(cell, estimator, q(cell)), lived(cell, inputs), 1e-6); // control
  });

  it('stores as many numbers as it says', async () => {
    const { arrays, cost } = await createEstimator(await createCell(spec), 'bptt', { length: 50 });
    expect(Object.values(arrays).reduce((sum, length) => sum + length, 0)).toBe(cost.entries);
  });
});

describe('bptt', () => {
  it('takes up where lived states began, not at the cell’s own beginning', async () => {
    const cell = await createCell({ id: 'gru' });
    const { inputs } = problemOn(cell, { steps: 3 });
    const estimator = await createEstimator(cell, 'bptt');
    const { lane, advance } = track(cell, estimator);
    lane.state.fill(0.5); // a state kept across episodes
    inputs.forEach(advance);
    const kept = pulled(cell, estimator, q(cell));
    expect(norm(kept)).toBeGreaterThan(1e-8);
    expectDifferent(kept, lived(cell, inputs), 1e-6);
  });

  it('refuses the step that is one too many, in one line', async () => {
    const cell = await createCell({ id: 'tanh' });
    const { inputs } = problemOn(cell, { steps: 6 });
    const estimator = await createEstimator(cell, 'bptt', { length: 5 });
    const { advance } = track(cell, estimator);
    inputs.slice(0, 5).forEach(advance);
    const said =
      'Cannot go back through step 6 of an episode: bptt takes 5 steps at most; set its length higher, or take tbptt';
    expect(() => advance(inputs[5]!)).toThrow(new UserError(said));
  });

  it('refuses a part of the parameters: it lives the whole cell again', async () => {
    const cell = await createCell({ id: 'tanh' });
    const part = { ...cell, rows: { ...cell.rows, whole: cell.rows } };
    await expect(createEstimator(part, 'bptt')).rejects.toThrow('Cannot use bptt for some of the parameters');
  });
});
