/**
 * Layer by layer: held against its own definition on two cells run apart (each with its own full Jacobians, joined by
 * what the upper one makes of its inputs), against RTRL where what is above remembers nothing, and off by a known amount
 * where it does (Zucchet et al. 2023 have linear units; notes of this project: about one half for a leaky stack).
 */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { RowDynamics } from '../../src/dynamics.ts';
import { buildRows, createLane, step } from '../../src/rows.ts';
import { range } from '../../src/sources.ts';
import { stack, type StackOptions } from '../../src/stack.ts';
import { cosine } from '../../src/statistics/cosine.ts';
import { norm } from '../../src/statistics/norm.ts';
import { relativeError } from '../../src/statistics/relative-error.ts';
import type { Cell, Lane } from '../../src/types.ts';
import { uniformWeights } from '../../src/weights.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { cellCases } from '../oracle/cases.ts';
import { add, denseD, denseI, eachEntry, eachGain, leftTimes, zeros, type Matrix } from '../oracle/dense.ts';
import { createEstimator, estimate, estimateBy, pulled } from '../oracle/estimate.ts';
import { createCell, errorAt, problemOn, roll, type Problem } from '../oracle/problem.ts';

const build = (id: string, inputSize: number, options: object = {}): Promise<Cell> =>
  createCell({ id, inputSize, options, seed: inputSize });

async function stackOf(ids: readonly (string | Cell)[], options: StackOptions = {}): Promise<Cell> {
  const cells: Cell[] = [];
  for (const id of ids) {
    cells.push(typeof id === 'string' ? await build(id, cells.at(-1)?.readout.length ?? 3) : id);
  }
  return stack(cells, options);
}

/** s_t = tanh(W x_t + b): nothing of the past. */
function memoryless(inputSize: number, units: number): Cell {
  const shape = { inputSize, units, components: 1 };
  const row = (unit: number) => ({ sources: range(0, inputSize + 1), destinations: [unit] });
  const rows = buildRows(shape, [{ name: 'only', rows: range(0, units).map(row) }], { live: [0] });
  return {
    ...shape,
    params: uniformWeights(rows, createRng('memoryless'), () => 0.8),
    rows,
    readout: Int32Array.from(range(0, units)),
    lane: () => createLane(rows, 0),
    begin: (lane) => lane.reset(),
    activate(_layer, { sum, state }) {
      for (let i = 0; i < units; i++) state[i] = Math.tanh(sum[i]!);
    },
    differentiate({ state, gain, direct }) {
      direct.fill(0);
      for (let i = 0; i < units; i++) gain[i] = 1 - state[i]! ** 2;
    },
  };
}

/** (1) to (3) of the definition on two cells, each run by itself on full matrices; the stack gives inputs and errors. */
function byHand({ cell: whole, ...rest }: Problem, lower: Cell, upper: Cell): Float64Array {
  const problem = { cell: whole, ...rest };
  const gradient = new Float64Array(whole.params.length);
  const cells = [lower, upper] as const;
  const lanes = cells.map((cell) => cell.lane());
  cells.forEach((cell, l) => cell.begin(lanes[l]!));
  const J: Matrix[] = cells.map((cell) => zeros(cell.units * cell.components, cell.params.length));
  roll(problem, (t, { state }) => {
    const q = errorAt(problem, t, state);
    step(lower, lanes[0]!, problem.inputs[t]!);
    step(
      upper,
      lanes[1]!,
      Float64Array.from(lower.readout, (entry) => lanes[0]!.state[entry]!),
    );
    cells.forEach((cell, l) => (J[l] = advanced(denseI(cell, lanes[l]!), denseD(cell, lanes[l]!), J[l]!)));
    const [below, above] = cells.map((cell, l) => errorOf(q, cell, l === 0 ? 0 : lower.units, whole.components));
    fedBack(upper, lanes[1]!, above!).forEach((value, j) => (below![lower.readout[j]!]! += value)); // (2)
    [below!, above!].forEach((error, l) => {
      const one = new Float64Array(gradient.length);
      one.set(leftTimes(error, J[l]!, cells[l]!.params.length), l === 0 ? 0 : lower.params.length);
      add(gradient, one); // (3)
    });
  });
  return gradient;
}

const advanced = (I: Matrix, D: Matrix, J: Matrix): Matrix =>
  I.map((row, i) => row.map((value, j) => D[i]!.reduce((sum, d, l) => sum + d * J[l]![j]!, value)));

/** What of q belongs to the units of one layer, without padding. */
function errorOf(q: Float64Array, { units, components }: Cell, first: number, b: number): Float64Array {
  return Float64Array.from({ length: units * components }, (_, e) => {
    return q[(first + Math.floor(e / components)) * b + (e % components)]!;
  });
}

/** (ds / dx)' q of a cell by itself. */
function fedBack({ rows, params, inputSize }: Cell, { gain }: Lane, q: Float64Array): Float64Array {
  const out = new Float64Array(inputSize);
  eachGain(rows, (r, entry, g) => {
    eachEntry(rows, r, (source, param) => {
      if (source < inputSize) out[source]! += q[entry]! * gain[g]! * params[param]!;
    });
  });
  return out;
}

describe('layer-local', () => {
  it.each([
    ['gru', 'lstm'],
    ['lstm', 'gru'],
    ['tanh', 'deep-columns'],
  ] as const)('is what it is defined to be: %s under %s', async (low, high) => {
    const [lower, upper] = [await build(low, 3), await build(high, 6)];
    const problem = problemOn(stack([lower, upper], { heads: 'all' }));
    const gradient = await estimateBy(problem, 'layer-local');
    expectEqual(gradient, byHand(problem, lower, upper), 1e-12);
    expectDifferent(gradient, bptt(problem), 1e-3); // control
  });

  it.each(cellCases().filter(({ id }) => id !== 'stack'))('is RTRL on $label', async ({ id, options }) => {
    const problem = problemOn(await createCell({ id, options }));
    if (problem.cell.params.length === 0) return;
    const estimator = await createEstimator(problem.cell, 'layer-local');
    expect(estimator.exactOn(problem.cell.rows)).toBe(true);
    expectEqual(estimate(problem, estimator), await estimateBy(problem, 'rtrl'), 1e-12);
  });

  const exact: [string, () => Promise<Cell>][] = [
    ['a layer without memory on an LSTM', () => stackOf(['lstm', memoryless(6, 4)], { heads: 'all' })],
    ['two of them on a GRU', () => stackOf(['gru', memoryless(6, 4), memoryless(4, 3)])],
    ['recurrence on what has no parameters', () => stackOf(['microstimuli', 'gru'])],
  ];
  it.each(exact)('is exact for %s', async (_, create) => {
    const problem = problemOn(await create());
    const estimator = await createEstimator(problem.cell, 'layer-local');
    expect(estimator.exactOn(problem.cell.rows)).toBe(true);
    expectEqual(estimate(problem, estimator), bptt(problem), 1e-10);
  });

  const biased: [string, () => Promise<Cell>][] = [
    ['recurrence on recurrence', () => stackOf(['lstm', 'gru'])],
    ['recurrence between layers without memory', () => stackOf([memoryless(3, 4), 'tanh', memoryless(6, 3)])],
    ['layers without memory that are delayed', () => stackOf(['gru', memoryless(6, 4)], { delayed: true })],
  ];
  it.each(biased)('is biased for %s, and says so', async (_, create) => {
    const problem = problemOn(await create());
    const estimator = await createEstimator(problem.cell, 'layer-local');
    expect(estimator.exactOn(problem.cell.rows)).toBe(false);
    expectDifferent(estimate(problem, estimator), bptt(problem), 1e-3);
  });

  it('is exact in numbers where recurrent weights above are 0, whatever the structure says', async () => {
    const cell = await stackOf(['gru', 'tanh']);
    const problem = problemOn(cell);
    expectDifferent(await estimateBy(problem, 'layer-local'), bptt(problem), 1e-3); // control
    const { rows } = cell;
    const upper = rows.groups.find(({ name }) => name === '1.recurrent')!;
    for (let e = rows.start[upper.start]!; e < rows.start[upper.end]!; e++) {
      const entry = rows.source[e]! - rows.inputSize - 1;
      if (entry >= 0 && entry < rows.units) cell.params[e] = 0;
    }
    expectEqual(await estimateBy(problem, 'layer-local'), bptt(problem), 1e-10);
  });

  it('is off by a fifth to a half on two leaky layers, and still points the way', async () => {
    const layer = { id: 'tanh', units: 6, leak: 0.2, gain: 2 };
    const seeds = [0, 1, 2, 3, 4];
    const found = await Promise.all(
      seeds.map(async (seed) => {
        const cell = await createCell({ id: 'stack', options: { layers: [layer, layer] }, seed });
        const problem = problemOn(cell, { seed });
        const [local, exactly] = [await estimateBy(problem, 'layer-local'), bptt(problem)];
        return { error: relativeError(local, exactly), cosine: cosine(local, exactly)! };
      }),
    );
    const mean = (of: 'error' | 'cosine'): number => found.reduce((sum, one) => sum + one[of], 0) / seeds.length;
    expect(mean('error')).toBeGreaterThan(0.2);
    expect(mean('error')).toBeLessThan(0.6);
    expect(mean('cosine')).toBeGreaterThan(0.85);
    expect(mean('cosine')).toBeLessThan(0.98);
  });

  it('teaches a delayed lower layer by what heads read of it, and by nothing else', async () => {
    const lowest = async (heads: 'top' | 'all'): Promise<Float64Array> => {
      const cell = await stackOf(['gru', 'gru'], { delayed: true, heads });
      const { rows } = cell;
      return (await estimateBy(problemOn(cell), 'layer-local')).subarray(0, rows.start[rows.groups[4]!.start]);
    };
    expect(norm(await lowest('top'))).toBe(0);
    expect(norm(await lowest('all'))).toBeGreaterThan(0.1);
  });

  it('does not see what theta does after the step', async () => {
    const answer = async (change: (params: Float64Array) => void, late: boolean): Promise<Float64Array> => {
      const cell = await stackOf(['gru', 'lstm']);
      const estimator = await createEstimator(cell, 'layer-local');
      const lane = cell.lane();
      cell.begin(lane);
      const dynamics = new RowDynamics(cell, lane);
      if (!late) change(cell.params);
      step(cell, lane, Float64Array.of(1, -1, 0.5));
      dynamics.materialise(new Set(estimator.needs));
      if (late) change(cell.params);
      estimator.update(dynamics);
      return pulled(cell, estimator, new Float64Array(lane.state.length).fill(1));
    };
    const [still, moved] = [() => undefined, (params: Float64Array) => params.fill(0.3)];
    expect(await answer(moved, true)).toEqual(await answer(still, true));
    expect(await answer(moved, false)).not.toEqual(await answer(still, true)); // control
  });
});
