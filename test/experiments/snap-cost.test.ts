/** Predicted = counted = done: the counts of the study beside the products of steps that are really taken. */
import { createRng } from '@rl-tools/envs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import study from '../../experiments/snap-cost.ts';
import { formula } from '../../src/experiment/method-cost/formulas.ts';
import { influence } from '../../src/experiment/method-cost/influence.ts';
import { livePattern } from '../../src/experiment/method-cost/live-pattern.ts';
import { METHODS, predicted } from '../../src/experiment/method-cost/methods.ts';
import { netOf, NETS } from '../../src/experiment/method-cost/net.ts';
import type { StudySetting } from '../../src/experiment/study.ts';
import type { Sequence } from '../../src/sequence-gradient.ts';
import type { Cell } from '../../src/types.ts';
import { compileCounting, type Counted } from '../support/counted.ts';

/** The modules of the counting copy. */
interface Sources {
  readonly net: typeof import('../../src/experiment/method-cost/net.ts');
  readonly methods: typeof import('../../src/experiment/method-cost/methods.ts');
  readonly rows: typeof import('../../src/rows.ts');
  readonly dynamics: typeof import('../../src/dynamics.ts');
  readonly sequence: typeof import('../../src/sequence-gradient.ts');
}

let counted: Counted;
let sources: Sources;

beforeAll(async () => {
  counted = compileCounting();
  sources = {
    net: await counted.load('src/experiment/method-cost/net'),
    methods: await counted.load('src/experiment/method-cost/methods'),
    rows: await counted.load('src/rows'),
    dynamics: await counted.load('src/dynamics'),
    sequence: await counted.load('src/sequence-gradient'),
  };
});
afterAll(() => counted.remove());

const SMALL = { units: 20, sparsity: 80 };
const everything = Object.keys(NETS).flatMap((net) =>
  Object.keys(METHODS)
    .filter((method) => method !== 'tbptt' || !net.startsWith('gru reset before'))
    .map((method): StudySetting => ({ net, ...SMALL, method })),
);

describe.each([...everything, { net: 'tanh', units: 256, sparsity: 93.75, method: 'snap 2' }])('%o', (setting) => {
  it('predicts and counts the products that a step does', async () => {
    const figures = await study.measure(setting, 1);
    expect(figures['counted']).toBeCloseTo(figures['predicted']!, 6);
    expect(done(setting, 1)).toBeCloseTo(figures['predicted']!, 6);
    const larger = { ...setting, units: Number(setting['units']) + 1 };
    expect((await study.measure(larger, 1))['counted']).not.toBeCloseTo(figures['counted']!, 6); // control
  });
});

it('would tell a mask that reaches one step farther', async () => {
  const { counted: two } = await study.measure({ net: 'tanh', ...SMALL, method: 'snap 2' }, 1);
  expect(done({ net: 'tanh', ...SMALL, method: 'snap 3' }, 1)).toBeGreaterThan(two!);
});

it('counts the numbers that estimators keep', () => {
  const cell = netOf({ net: 'lstm, one mask', ...SMALL, seed: 0 });
  const live = livePattern(cell);
  for (const method of Object.values(METHODS)) {
    if (!method.reach) continue;
    const { n, wholeUnits } = method.reach;
    expect(influence(cell, live, n, wholeUnits).entries).toBe(predicted(method, cell).entries);
    expect(influence(cell, live, n === 1 ? 2 : 1, wholeUnits).entries).not.toBe(predicted(method, cell).entries); // control
  }
});

it.each(['tanh', 'gru, a mask per gate', 'lstm, a mask per gate'])(
  '%s without a mask: n = 2 is all there is',
  (net) => {
    const cell = netOf({ net, units: 12, sparsity: 0, seed: 0 });
    const macs = (method: string): number => predicted(METHODS[method]!, cell).macs;
    expect(macs('snap 2')).toBe(macs('rtrl'));
    expect(macs('snap 1')).toBeLessThan(macs('rtrl') / 10); // control
  },
);

it('with one mask for all gates keeps as little of J as tanh does', async () => {
  const of = async (net: string) => (await study.measure({ net, ...SMALL, method: 'snap 2' }, 0))['influenceDensity']!;
  expect(await of('gru, one mask')).toBeLessThan(1.2 * (await of('tanh')));
  expect(await of('gru, a mask per gate')).toBeGreaterThan(1.5 * (await of('tanh'))); // control
});

it('writes formulas that are leading terms: right where no mask is, within a tenth', () => {
  const cell = netOf({ net: 'gru, a mask per gate', units: 128, sparsity: 0, seed: 0 });
  const sizes = { k: 128, p: cell.params.length, d: 1 };
  for (const method of ['snap 2', 'sparse rtrl', 'rtrl']) {
    const real = predicted(METHODS[method]!, cell);
    expect(formula(method, sizes)!.macs / real.macs).toBeCloseTo(1, 1);
    expect(formula(method, sizes)!.entries / real.entries).toBeCloseTo(1, 1);
    expect(formula(method, { ...sizes, d: 0.5 })!.entries / real.entries === 1).toBe(false);
  }
  expect(formula('snap 3', sizes)).toBeNull();
});

/** Products of one step of the reference path, with what is drawn in `setting`. */
function done({ net, units, sparsity, method: name }: StudySetting, seed: number): number {
  const { METHODS, UNROLL, WINDOW } = sources.methods;
  const method = METHODS[String(name)]!;
  const at = { net: String(net), units: Number(units), seed };
  const cell = sources.net.netOf({ ...at, sparsity: method.densely ? 0 : Number(sparsity) });
  const rng = createRng('done');
  const input = (): Float64Array => Float64Array.from({ length: cell.inputSize }, () => rng.normal());
  const q = errorOf(cell);
  const out = new Float64Array(cell.params.length);
  if (method.estimator === null) {
    const inputs = Array.from({ length: UNROLL }, input);
    const sequence: Sequence = {
      start: (state) => state.fill(0.1), // from 0 some gains are 0, and skipped
      input: (t) => inputs[t]!,
      error: (_t, _state, delta) => delta.forEach((_, i) => (delta[i]! += q[i]!)),
    };
    const backward = sources.sequence.sequenceBackward(cell, UNROLL);
    return counted.count(() => backward(UNROLL, sequence, out)) / UNROLL;
  }
  const estimator = method.estimator(cell);
  const lane = cell.lane();
  const dynamics = new sources.dynamics.RowDynamics(cell, lane);
  cell.begin(lane);
  const take = (): void => {
    sources.rows.step(cell, lane, input());
    dynamics.materialise(new Set(estimator.needs));
    estimator.update(dynamics);
    estimator.pull(q, out);
  };
  for (let t = 0; t < WINDOW + 1; t++) take();
  return counted.count(take);
}

/** What heads read is wrong. */
function errorOf(cell: Cell): Float64Array {
  const q = new Float64Array(cell.units * cell.components);
  for (const entry of cell.readout) q[entry] = 0.5;
  return q;
}
