/** What lanes gather through whole sequences, against the oracle. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { createLanes, type LanesSettings, type LaneStep } from '../../src/lanes.ts';
import { resolvePart } from '../../src/resolve-part.ts';
import type { Estimator } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { createEstimator } from '../oracle/estimate.ts';
import { createCell, type Problem, problemOn } from '../oracle/problem.ts';
import { get } from '../support/arrays.ts';
import { live, together } from '../support/lanes.ts';

const vector = (values: readonly number[]): Float64Array => Float64Array.from(values);

describe('what is gathered through whole sequences', () => {
  const LENGTHS = [9, 5, 7];
  const CASES = [
    { cell: { id: 'gru', options: { units: 4 } }, estimator: { id: 'rtrl' } },
    { cell: { id: 'lstm', options: { units: 3 } }, estimator: { id: 'snap', n: 9 } },
    { cell: { id: 'tanh', options: { units: 5, density: 0.6, leak: 0.7 } }, estimator: { id: 'bptt', length: 9 } },
    { cell: { id: 'lstm-columns', options: { columns: 4 } }, estimator: { id: 'columnar' } },
  ];

  /** Sequences of one cell and one read-out C, which is the head's weights. */
  async function gathered(
    { cell: spec, estimator: { id, ...options } }: { cell: object; estimator: { id: string } },
    settings: LanesSettings,
    atEnd = false,
  ) {
    const cell = await createCell(spec as { id: string });
    const { readout } = problemOn(cell);
    const problems = LENGTHS.map((steps, b): Problem => ({ ...problemOn(cell, { seed: b, steps }), readout }));
    const estimator = async (): Promise<Estimator> => {
      const made = await createEstimator(cell, id, options);
      return atEnd ? made.atEnd!() : made;
    };
    const parts = async () => ({
      estimator: await estimator(),
      features: (await resolvePart('features', { id: 'raw', bias: false })).create(createRng('f'), {
        outputSize: cell.readout.length,
        observationSize: cell.inputSize,
      }),
    });
    const lanes = [await parts(), await parts(), await parts()];
    const head = (await resolvePart('heads', { id: 'linear' })).create(createRng('h'), {
      size: cell.readout.length,
      outputs: 2,
      observed: cell.inputSize,
    });
    readout.forEach((row, k) => head.weights.set(row, k * row.length));
    const td = await resolvePart('step-sizes', { id: 'td-lambda', alpha: 0.01, lambda: 0 });
    const learner = createLanes(
      { cell, head, lanes, rule: (groups) => td.create(createRng('r'), { groups }) },
      settings,
    );
    const streams = problems.map(({ inputs, targets }) =>
      Array.from({ length: 9 }, (_, t): LaneStep | null =>
        t < inputs.length ? { observation: inputs[t]!, target: targets[t]!, start: t === 0 } : null,
      ),
    );
    const exact = problems.map(bptt).reduce((sum, g) => sum.map((value, i) => value + g[i]!));
    return { learner, ticks: together(streams), descent: exact.map((value) => -value) };
  }

  it.each(CASES)('is the gradient of all of them: $estimator.id on $cell.id', async (spec) => {
    const { learner, ticks, descent } = await gathered(spec, { updateEvery: 'episode' });
    live(learner, ticks);
    expectEqual(vector(get(learner, 'gathered.cell')), descent, 1e-10);
    expect(learner.tokens).toBe(9 + 5 + 7);
  });

  it('is another one by an estimator that cuts the past off, and by weights that move meanwhile', async () => {
    const cut = await gathered({ ...CASES[0]!, estimator: { id: 'immediate' } }, { updateEvery: 'episode' });
    expectDifferent(vector(get(live(cut.learner, cut.ticks), 'gathered.cell')), cut.descent, 1e-2);
    const moving = await gathered(CASES[0]!, { updateEvery: 2 });
    const sum = new Float64Array(moving.descent.length);
    moving.ticks.forEach((steps, t) => {
      const before = get(moving.learner, 'cell.params');
      moving.learner.step(steps);
      const after = get(moving.learner, 'cell.params');
      if (t % 2 === 1) sum.forEach((_, i) => (sum[i]! += (after[i]! - before[i]!) / 0.01));
    });
    expectDifferent(sum, moving.descent, 1e-3);
  });

  it.each([
    { overLanes: 'sum' as const, divisor: 1 },
    { overLanes: 'mean' as const, divisor: 3 },
  ])('moves the weights once, before the next start of all lanes ($overLanes)', async ({ overLanes, divisor }) => {
    const { learner, ticks, descent } = await gathered(CASES[0]!, { updateEvery: 'episode', overLanes });
    const before = get(learner, 'cell.params');
    live(learner, ticks);
    expect(get(learner, 'cell.params')).toEqual(before);
    learner.step(ticks[0]!);
    const change = get(learner, 'cell.params').map((value, i) => (value - before[i]!) / 0.01);
    expectEqual(
      vector(change),
      descent.map((value) => value / divisor),
      1e-10,
    );
  });

  it('is the gradient of all of them by going back once, at the end', async () => {
    const { learner, ticks, descent } = await gathered(CASES[2]!, { updateEvery: 'episode' }, true);
    const before = get(learner, 'cell.params');
    live(learner, ticks);
    expect(get(learner, 'gathered.cell').every((value) => value === 0)).toBe(true); // control: nothing yet
    expect([learner.update(), learner.update()]).toEqual([true, false]);
    const change = get(learner, 'cell.params').map((value, i) => (3 * (value - before[i]!)) / 0.01);
    expectEqual(vector(change), descent, 1e-10);
    await expect(gathered(CASES[2]!, { updateEvery: 9 }, true)).rejects.toThrow('set updateEvery to episode');
  });

  it('is learned from on demand, once', async () => {
    const { learner, ticks } = await gathered(CASES[0]!, { updateEvery: 'episode' });
    expect([live(learner, ticks).update(), learner.update()]).toEqual([true, false]);
    expect(get(learner, 'gathered.cell').every((value) => value === 0)).toBe(true);
  });

  it('is clipped as a whole', async () => {
    const { learner, ticks } = await gathered(CASES[0]!, { updateEvery: 'episode', clip: 0.5 });
    const weights = (): number[] => [...get(learner, 'cell.params'), ...get(learner, 'head.weights')];
    const before = weights();
    live(learner, ticks);
    learner.update();
    const change = weights().map((value, i) => (value - before[i]!) / 0.01);
    expect(Math.hypot(...change)).toBeCloseTo(0.5, 10);
    const free = await gathered(CASES[0]!, { updateEvery: 'episode' });
    const gradient = [...get(live(free.learner, free.ticks), 'gathered.cell'), ...get(free.learner, 'gathered.head')];
    expectEqual(
      vector(change),
      vector(gradient).map((value) => (0.5 * value) / Math.hypot(...gradient)),
      1e-10,
    );
  });

  it('cannot be cut by a lane that starts while others go on', async () => {
    const { learner, ticks } = await gathered(CASES[0]!, { updateEvery: 'episode' });
    live(learner, ticks.slice(0, 6));
    expect(() => learner.step([ticks[6]![0]!, ticks[0]![1]!, ticks[6]![2]!])).toThrow(
      'Cannot start 1 of 3 lanes: with updateEvery episode they start together; a lane whose sequence is over waits (null)',
    );
  });
});
