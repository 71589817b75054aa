import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt, truncatedBptt } from '../oracle/bptt.ts';
import { denseD, denseI, add, leftTimes } from '../oracle/dense.ts';
import { createEstimator, estimateBy, pulled, track } from '../oracle/estimate.ts';
import { createCell, randomProblem } from '../oracle/problem.ts';
import { step } from '../../src/rows.ts';

const CELLS = [
  { id: 'tanh' },
  { id: 'gru' },
  { id: 'lstm' },
  { id: 'lstm-columns', options: { scale: 1 } },
  { id: 'deep-columns', options: { lateral: 0.3 } },
];
const MODES = [
  { mode: 'rolling', oracle: 'sliding' },
  { mode: 'chunked', oracle: 'chunked' },
] as const;

describe.each(CELLS)('tbptt on $id', (spec) => {
  it.each(MODES)('is back-propagation through time when the window holds it all ($mode)', async ({ mode }) => {
    const problem = await randomProblem(spec);
    for (const window of [30, 47]) {
      expectEqual(await estimateBy(problem, 'tbptt', { window, mode }), bptt(problem), 1e-10);
    }
    expectDifferent(await estimateBy(problem, 'tbptt', { window: 3, mode }), bptt(problem), 1e-6); // control
  });

  it.each(MODES)('is the immediate gradient when the window is one step ($mode)', async ({ mode }) => {
    const problem = await randomProblem(spec);
    const immediate = await estimateBy(problem, 'immediate');
    expectEqual(await estimateBy(problem, 'tbptt', { window: 1, mode }), immediate, 1e-12);
    expectDifferent(await estimateBy(problem, 'tbptt', { window: 2, mode }), immediate, 1e-6); // control
  });

  it.each(MODES)('is the $oracle truncation in between ($mode)', async ({ mode, oracle }) => {
    const problem = await randomProblem(spec);
    const other = oracle === 'sliding' ? 'chunked' : 'sliding';
    for (const window of [2, 5, 7]) {
      const gradient = await estimateBy(problem, 'tbptt', { window, mode });
      expectEqual(gradient, truncatedBptt(problem, window, oracle), 1e-10);
      expectDifferent(gradient, truncatedBptt(problem, window, other), 1e-6); // controls
      expectDifferent(gradient, truncatedBptt(problem, window + 1, oracle), 1e-6);
    }
  });
});

describe('rolling tbptt while theta moves', () => {
  it('replays the last inputs from the lived state under the current weights', async () => {
    const { cell, estimator, inputs, lived, q } = await live(12);
    const window = 4;
    const fromLived = replayed(cell, lived[12 - window]!, inputs.slice(-window), q);
    expectEqual(pulled(cell, estimator, q), fromLived, 1e-12);
    const fromZero = replayed(cell, new Float64Array(q.length), inputs.slice(-window), q);
    expectDifferent(pulled(cell, estimator, q), fromZero, 1e-6); // controls: another start, another window
    const longer = replayed(cell, lived[12 - window - 1]!, inputs.slice(-window - 1), q);
    expectDifferent(pulled(cell, estimator, q), longer, 1e-6);
  });

  it('leaves the lived state alone', async () => {
    const { cell, lane, inputs } = await live(12);
    const alone = cell.lane();
    cell.begin(alone);
    cell.params.set((await createCell({ id: 'gru' })).params);
    inputs.forEach((x, t) => {
      step(cell, alone, x);
      drift(cell, t);
    });
    expect(alone.state).toEqual(lane.state);
  });

  it('never looks across the start of an episode', async () => {
    const { cell, estimator, q } = await live(12);
    estimator.reset();
    const second = track(cell, estimator); // a new episode: the lane begins anew
    const inputs = [createInput('a'), createInput('b')];
    inputs.forEach(second.advance);
    const alone = replayed(cell, new Float64Array(q.length), inputs, q);
    expectEqual(pulled(cell, estimator, q), alone, 1e-12);

    const kept = await live(12); // control: the same without reset
    const third = track(kept.cell, kept.estimator);
    inputs.forEach(third.advance);
    expectDifferent(pulled(kept.cell, kept.estimator, q), alone, 1e-6);
  });

  const createInput = (name: string): Float64Array => {
    const rng = createRng(`input ${name}`);
    return Float64Array.from({ length: 3 }, () => rng.normal());
  };

  /** Some change of theta after every step, as learning would make. */
  function drift({ params }: Cell, t: number): void {
    params.forEach((value, j) => (params[j] = value + 0.05 * Math.sin(j + 7 * t)));
  }

  /** A life of some steps in which theta moves, but not after the last one. */
  async function live(steps: number) {
    const cell = await createCell({ id: 'gru' });
    const estimator = await createEstimator(cell, 'tbptt', { window: 4 });
    const { lane, advance } = track(cell, estimator);
    const inputs: Float64Array[] = [];
    const lived = [Float64Array.from(lane.state)]; // s_0, s_1, ...
    for (let t = 0; t < steps; t++) {
      if (t > 0) drift(cell, t - 1);
      inputs.push(createInput(`${t}`));
      advance(inputs[t]!);
      lived.push(Float64Array.from(lane.state));
    }
    return { cell, estimator, lane, inputs, lived, q: lane.state.map((_, i) => 1 + i) };
  }
});

/** q' ds_T/dtheta of a short run from a given state, by the dense chain rule. */
function replayed(cell: Cell, from: Float64Array, inputs: readonly Float64Array[], q: Float64Array): Float64Array {
  const lane = cell.lane();
  lane.state.set(from);
  const records = inputs.map((x) => {
    step(cell, lane, x);
    return { I: denseI(cell, lane), D: denseD(cell, lane) };
  });
  const gradient = new Float64Array(cell.params.length);
  let delta = q;
  for (const { I, D } of records.reverse()) {
    add(gradient, leftTimes(delta, I, gradient.length));
    delta = leftTimes(delta, D, q.length);
  }
  return gradient;
}
