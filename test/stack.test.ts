/**
 * A stack is the function of its layers, one fed by the next, and its rows say so: real-time recurrent learning on it is
 * back-propagation and what central differences measure.
 */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { whyNot } from '../src/kernels/reasons.ts';
import { step } from '../src/rows.ts';
import { stack, type StackOptions } from '../src/stack.ts';
import type { Cell } from '../src/types.ts';
import { UserError } from '../src/user-error.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { bptt } from './oracle/bptt.ts';
import { denseI, flat } from './oracle/dense.ts';
import { estimateBy } from './oracle/estimate.ts';
import { lossGradient, stepJacobians } from './oracle/finite-differences.ts';
import { createCell, problemOn } from './oracle/problem.ts';
import { partsOf } from './support/kernel-learners.ts';

type Spec = readonly [id: string, options?: object];
const INPUTS = 3;

async function cellsOf(specs: readonly Spec[], { skip = false }: StackOptions = {}): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const [l, [id, options = {}]] of specs.entries()) {
    const inputSize = l === 0 ? INPUTS : cells[l - 1]!.readout.length + (skip ? INPUTS : 0);
    cells.push(await createCell({ id, options, seed: l, inputSize }));
  }
  return cells;
}
const stackOf = async (specs: readonly Spec[], options: StackOptions = {}): Promise<Cell> =>
  stack(await cellsOf(specs, options), options);

const GRU: Spec = ['gru', { units: 4 }];
const LSTM: Spec = ['lstm', { units: 3 }];
/** Unequal and equal b, rows of one layer and of several, one destination and several, one readout per unit and two. */
const STACKS: readonly (readonly [string, readonly Spec[]])[] = [
  ['gru under lstm', [GRU, LSTM]],
  ['lstm under sparse gru', [LSTM, ['gru', { units: 6, density: 0.3 }]]],
  ['columns under columns', [['tanh-columns'], ['lstm-columns', { columns: 3, scale: 1 }]]],
  [
    'two cells of several layers',
    [
      ['gru-reset-before', { units: 3 }],
      ['deep-columns', { columns: 3, lateral: 0.5 }],
    ],
  ],
  [
    'complex units under a leaky net',
    [
      ['rtu', { units: 3 }],
      ['tanh', { units: 4, leak: 0.5 }],
    ],
  ],
  ['four layers', [['tanh', { units: 3 }], GRU, ['deep-columns', { columns: 2, gate: 'convex' }], LSTM]],
  ['a fixed basis under gru', [['microstimuli', { stimuli: 2 }], GRU]],
];
const WIRINGS: readonly StackOptions[] = [
  {},
  { delayed: true },
  { skip: true, heads: 'all' },
  { delayed: true, skip: true, heads: 'all' },
];

describe.each(STACKS)('a stack of %s', (_, specs) => {
  it.each(WIRINGS)('has the gradient of back-propagation and of central differences (%o)', async (options) => {
    const problem = problemOn(await stackOf(specs, options), { steps: 20 });
    const gradient = await estimateBy(problem, 'rtrl');
    expectEqual(gradient, bptt(problem), 1e-10);
    expectEqual(gradient, lossGradient(problem), 1e-6);
    const other = problemOn(await stackOf(specs, { ...options, delayed: !options.delayed }), { steps: 20 }); // control
    expectDifferent(gradient, await estimateBy(other, 'rtrl'), 1e-3);
  });

  it.each(WIRINGS)('computes what its layers compute, one fed by the next (%o)', async (options) => {
    const { delayed = false, skip = false } = options;
    const [whole, cells] = [await stackOf(specs, options), await cellsOf(specs, options)];
    const [lane, lanes] = [whole.lane(), cells.map((cell) => cell.lane())];
    whole.begin(lane);
    cells.forEach((cell, l) => cell.begin(lanes[l]!));
    const rng = createRng('x');
    for (let t = 0; t < 5; t++) {
      const x = Float64Array.from({ length: INPUTS }, () => rng.normal());
      const before = lanes.map(({ state }) => Float64Array.from(state));
      step(whole, lane, x);
      cells.forEach((cell, l) => {
        const below =
          l === 0 ? x : Float64Array.from(cells[l - 1]!.readout, (e) => (delayed ? before : states())[l - 1]![e]!);
        step(cell, lanes[l]!, l > 0 && skip ? Float64Array.of(...below, ...x) : below);
      });
      expect([...lane.state]).toEqual(states().flatMap((state, l) => padded(state, cells[l]!, whole.components)));
    }
    function states(): Float64Array[] {
      return lanes.map(({ state }) => state);
    }
  });

  it('would be told from one whose layers do not move each other', async () => {
    const cell = await stackOf(specs);
    const layer = cell.rows.stack!.layerOfUnit;
    const apart: Cell = {
      ...cell,
      differentiate(lane) {
        cell.differentiate(lane);
        const { count, destStart, dest, components: b } = cell.rows;
        for (let r = 0; r < count; r++) {
          for (let d = destStart[r]!; d < destStart[r + 1]!; d++) {
            if (layer[dest[d]!] !== layer[dest[destStart[r]!]!]) lane.gain.fill(0, d * b, (d + 1) * b);
          }
        }
      },
    };
    const problem = problemOn(apart, { steps: 20 });
    const isFixed = cell.rows.destStart[cell.rows.count] === cell.rows.count; // no parameters below
    if (isFixed) expectEqual(await estimateBy(problem, 'rtrl'), lossGradient(problem), 1e-6);
    else expectDifferent(await estimateBy(problem, 'rtrl'), lossGradient(problem), 1e-3);
  });
});

/** Unit by unit, with zeros behind. */
function padded(state: Float64Array, { units, components }: Cell, b: number): number[] {
  const unit = (u: number): number[] => [...state.subarray(u * components, (u + 1) * components)];
  return Array.from({ length: units }, (_, u) => [...unit(u), ...new Array<number>(b - components).fill(0)]).flat();
}

describe('the rows of a stack', () => {
  it('keep single destinations where layers are delayed, and reach upwards where they are not', async () => {
    const [delayed, now] = [await stackOf([GRU, LSTM], { delayed: true }), await stackOf([GRU, LSTM])];
    expect(delayed.rows.dest).toHaveLength(delayed.rows.count);
    expect(delayed.rows.stack!.linkUnit).toHaveLength(0);
    const destinations = (r: number) => [...now.rows.dest.subarray(now.rows.destStart[r], now.rows.destStart[r + 1])];
    expect(destinations(1)).toEqual([1, 4, 5, 6]); // own unit first
    expect(destinations(now.rows.count - 1)).toEqual([6]);
  });

  it('follow sparse readings: an output that nobody reads moves nobody', async () => {
    const cell = await stackOf([GRU, ['gru', { units: 4, density: 0.05 }]]);
    const reached = cell.rows.dest.length / cell.rows.count;
    expect(reached).toBeGreaterThan(1);
    expect(reached).toBeLessThan(2.5); // all would be 1 + 4 / 2
  });

  it('are named by their layer', async () => {
    const { rows } = await stackOf([GRU, LSTM]);
    const gru = ['update', 'reset', 'recurrent', 'candidate'].map((name) => `0.${name}`);
    const lstm = ['input', 'forget', 'output', 'candidate'].map((name) => `1.${name}`);
    expect(rows.groups.map(({ name }) => name)).toEqual([...gru, ...lstm]);
    expect([...rows.stack!.layerOfUnit]).toEqual([0, 0, 0, 0, 1, 1, 1]);
  });

  it('hand the outputs of the top layer to heads, or of all', async () => {
    expect([...(await stackOf([LSTM, GRU])).readout]).toEqual([6, 8, 10, 12]);
    expect([...(await stackOf([LSTM, GRU], { heads: 'all' })).readout]).toEqual([1, 3, 5, 6, 8, 10, 12]);
  });

  it('declare padding dead', async () => {
    const { rows } = await stackOf([GRU, LSTM]);
    for (let d = 0; d < rows.dest.length; d++) if (rows.dest[d]! < 4) expect(rows.live[2 * d + 1]).toBe(0);
    expect(rows.live.some((live) => live === 1)).toBe(true);
  });

  it('tell what a lower output does to the units above, by central differences', async () => {
    const [lower, upper] = (await cellsOf([GRU, LSTM])) as [Cell, Cell];
    const cell = stack([lower, upper]);
    const lane = cell.lane();
    cell.begin(lane);
    const x = Float64Array.of(0.5, -1, 2);
    step(cell, lane, x);
    const before = Float64Array.from(lane.state);
    step(cell, lane, x);
    const outputs = Float64Array.from(lower.readout, (e) => lane.state[2 * e]!);
    const moved = (j: number, by: number): Float64Array => {
      const own = upper.lane();
      own.state.set(before.subarray(8));
      step(
        upper,
        own,
        outputs.map((value, i) => (i === j ? value + by : value)),
      );
      return own.state;
    };
    const { linkUnit, linkEntry } = cell.rows.stack!;
    expect(linkUnit).toHaveLength(4 * 3);
    linkUnit.forEach((unit, i) => {
      const [above, below] = [1e-5, -1e-5].map((by) => moved(linkEntry[i]! / 2, by));
      for (let c = 0; c < 2; c++) {
        const at = 2 * (unit - 4) + c;
        expect(lane.work[2 * i + c]).toBeCloseTo((above![at]! - below![at]!) / 2e-5, 8);
      }
    });
    expect(Math.max(...lane.work.map(Math.abs))).toBeGreaterThan(0.01);
  });
});

it('layers of layers are layers', async () => {
  const specs: Spec[] = [GRU, ['tanh', { units: 3, leak: 0.5 }], LSTM];
  const [a, b, c] = (await cellsOf(specs)) as [Cell, Cell, Cell];
  const flatProblem = problemOn(stack([a, b, c]));
  const nested = problemOn(stack([stack([a, b]), c]));
  expect(nested.cell.params).toEqual(flatProblem.cell.params);
  const gradient = await estimateBy(nested, 'rtrl');
  expectEqual(gradient, await estimateBy(flatProblem, 'rtrl'), 1e-12);
  expectDifferent(gradient, await estimateBy(problemOn(stack([a, b, c], { heads: 'all' })), 'rtrl'), 1e-3);
});

it('layers follow theta wherever it is moved', async () => {
  const cell = await stackOf([
    ['deep-columns', { lateral: 1 }],
    ['gru-reset-before', { units: 3 }],
  ]);
  const lane = cell.lane();
  const x = Float64Array.of(1, -1, 0.5);
  const jacobian = (): Float64Array => {
    cell.begin(lane);
    step(cell, lane, x);
    return flat(denseI(cell, lane));
  };
  const old = jacobian();
  cell.params.forEach((value, j) => (cell.params[j] = value * 1.5 + 0.1));
  const measured = flat(stepJacobians(cell, new Float64Array(lane.state.length), x).I);
  expectEqual(jacobian(), measured, 1e-6);
  expectDifferent(old, measured, 1e-2);
});

describe('what does not fit is refused in one line', () => {
  const cases: [string, () => Promise<Cell>, string][] = [
    ['no cells', () => stackOf([]), 'Cannot stack no cells: give one at least'],
    ['a cell without state', () => stackOf([GRU, ['none']]), 'Cannot stack layer 1: it has no state'],
    [
      'cells not built for each other',
      async () => stack([await createCell({ id: 'gru' }), await createCell({ id: 'gru' })]),
      'Cannot stack layer 1: it takes 3 inputs, and 6 come to it',
    ],
    [
      'a cell that reads its inputs past its sums, on another',
      () => stackOf([GRU, ['microstimuli']]),
      'Cannot stack layer 1 on another: no sum of it reads its inputs; let it be the lowest',
    ],
  ];
  it.each(cases)('%s', async (_, act, message) => {
    const error: unknown = await act().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toBe(message);
  });
});

it('the compiled path says why it does not take one', async () => {
  const layers = [{ id: 'tanh' }, { id: 'tanh' }];
  const parts = await partsOf({ cell: ['stack', { layers }], estimator: ['snap'] });
  const rule = parts.rule([]);
  expect(whyNot(parts, rule, {}, ['tanh'])).toBe('the cell has no kernel: stacks run on the reference path');
  expect(whyNot(await partsOf({ cell: ['tanh'], estimator: ['snap'] }), rule, {}, ['tanh'])).toBe(null); // control
});
