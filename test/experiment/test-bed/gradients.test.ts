/** Truths of the test-bed against finite differences of its loss; estimates that should equal them, and one that should not. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import columnar from '../../../src/estimators/columnar.ts';
import rtrl from '../../../src/estimators/rtrl.ts';
import { type Bed, createBed, dot, statesOf } from '../../../src/experiment/test-bed/bed.ts';
import { likeness } from '../../../src/experiment/test-bed/likeness.ts';
import { exactMetaGradient, learnedMetaGradient } from '../../../src/experiment/test-bed/meta-gradient.ts';
import { estimatedStateGradient, exactStateGradient } from '../../../src/experiment/test-bed/state-gradient.ts';
import type { Cell } from '../../../src/types.ts';
import { expectDifferent, expectEqual } from '../../oracle/agree.ts';

const small = (over: { gate?: string; columns?: number; sparsity?: number } = {}): Promise<Bed> =>
  createBed({ sparsity: 1, seed: 1, columns: 4, features: 2, length: 12, inputs: 6, ...over });

/** sum_t 1/2 delta_t^2, the read-out learning by LMS with step size alpha. */
function loss(bed: Bed, alpha = 0): number {
  let w = bed.head;
  return statesOf(bed).reduce((total, h, t) => {
    const delta = bed.targets[t]! - dot(w, h);
    w = w.map((value, i) => value + alpha * delta * h[i]!);
    return total + 0.5 * delta * delta;
  }, 0);
}

const slopes = (weights: Float64Array, of: () => number): number[] =>
  Array.from(weights, (value, j) => {
    const at = (w: number): number => ((weights[j] = w), of());
    const slope = (at(value + 1e-5) - at(value - 1e-5)) / 2e-5;
    weights[j] = value;
    return slope;
  });

const byRtrl = (cell: Cell) => rtrl.create({}, createRng(0), { cell });
const byColumns = (cell: Cell) => columnar.create({}, createRng(0), { cell });

describe('the gradient of the state and of the read-out', () => {
  it('is that of the loss', async () => {
    const bed = await small();
    const measured = Float64Array.from([
      ...slopes(bed.cell.params, () => loss(bed)),
      ...slopes(bed.head, () => loss(bed)),
    ]);
    expectEqual(exactStateGradient(bed), measured, 1e-6);
    expectEqual(estimatedStateGradient(bed, byRtrl), exactStateGradient(bed), 1e-12);
    expectDifferent(estimatedStateGradient(bed, byColumns), measured, 1e-3); // control
  });

  it('is that of the columns where they do not talk', async () => {
    const bed = await small({ sparsity: 0 });
    expectEqual(estimatedStateGradient(bed, byColumns), exactStateGradient(bed), 1e-12);
  });
});

describe.each(['sum', 'accumulator', 'feed-forward'])(
  'the gradient through the updates of the read-out (%s)',
  (gate) => {
    const alpha = 0.01;

    it('is that of the loss', async () => {
      const bed = await small({ gate });
      const measured = Float64Array.from(slopes(bed.cell.params, () => loss(bed, alpha)));
      expectEqual(exactMetaGradient(bed, alpha), measured, 1e-6);
      expectDifferent(exactMetaGradient(bed, 0.9 * alpha), measured, 1e-3); // control
      expectDifferent(await learnedMetaGradient(bed, alpha), measured, 1e-3); // columns that talk
    });

    it('is what a learner with one column follows', async () => {
      const bed = await small({ gate, columns: 1, sparsity: 0 });
      expectEqual(await learnedMetaGradient(bed, alpha), exactMetaGradient(bed, alpha), 1e-10);
    });

    it('is that of a read-out that stands still where alpha is 0', async () => {
      const bed = await small({ gate });
      const still = exactStateGradient(bed).subarray(0, bed.cell.params.length);
      expectEqual(exactMetaGradient(bed, 0), still, 1e-12);
    });
  },
);

it('likeness of equals is complete, and of opposites none', () => {
  const gradient = Float64Array.of(1, -2, 3);
  expect(likeness(gradient, gradient)).toEqual({ alignment: 1, absError: 0, cosine: 1, relativeL2: 0 });
  expect(
    likeness(
      gradient.map((value) => -value),
      gradient,
    ),
  ).toEqual({
    alignment: 0,
    absError: 4,
    cosine: -1,
    relativeL2: 2,
  });
});
