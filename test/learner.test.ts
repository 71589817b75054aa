/** The order of one update, held against a column written down in plain scalars (support/scalar-column.ts). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Learner } from '../src/learner.ts';
import { get } from './support/arrays.ts';
import { smallLearner, stepOf } from './support/learners.ts';
import { type Mistakes, scalarColumn, type ScalarOptions, type ScalarStep } from './support/scalar-column.ts';

const THETA: [number, number, number] = [0.6, -0.3, 0.8];
const HEAD: [number, number] = [0.7, 0.2];
const OPTIONS = { alpha: 0.1, lambda: 0.9 };

async function oneColumn({ alpha, lambda, keepState = false }: ScalarOptions): Promise<Learner> {
  const learner = await smallLearner(
    {
      cell: { id: 'tanh-columns', columns: 1 },
      rule: { id: 'td-lambda', alpha, lambda },
      keepStateAcrossEpisodes: keepState,
    },
    { inputSize: 1 },
  );
  learner.write('cell.params', Float64Array.from(THETA));
  learner.write('head.weights', Float64Array.from(HEAD));
  return learner;
}

/** What the learner shows after each step, in the words of the scalar column. */
function live(learner: Learner, steps: readonly ScalarStep[]) {
  return steps.map(({ x, c, gamma, ...more }) => {
    const { prediction, delta } = learner.step(stepOf([x], c, gamma, more));
    return {
      prediction: prediction[0],
      delta: delta[0],
      theta: get(learner, 'cell.params'),
      head: get(learner, 'head.weights'),
      z: get(learner, 'rule.z.cell'),
      zHead: get(learner, 'rule.z.head'),
      T: get(learner, 'estimator.traces'),
      h: get(learner, 'lane.state')[0],
    };
  });
}

const worked = (steps: readonly ScalarStep[], options: ScalarOptions = OPTIONS, mistakes: Mistakes = {}) =>
  steps.map(scalarColumn(THETA, HEAD, options, mistakes));

const THREE: readonly ScalarStep[] = [
  { x: 1, c: 7, gamma: 0.5, start: true },
  { x: -0.5, c: 2, gamma: 0.9 },
  { x: 0.25, c: -1, gamma: 0.8 },
];

describe('one update', () => {
  it('gives the numbers worked by hand', async () => {
    const seen = live(await oneColumn(OPTIONS), THREE);
    expect(seen).toEqual(worked(THREE));
    // The first two steps once more, in figures: h_0 = tanh(.6 - .3), v_0 = .7 h_0 + .2, a_1 = -.3 - .3 + .8 h_0.
    const h0 = Math.tanh(0.3);
    const h1 = Math.tanh(-0.6 + 0.8 * h0);
    expect(seen[0]!.prediction).toBeCloseTo(0.7 * h0 + 0.2, 12);
    expect(seen[1]!.delta).toBeCloseTo(2 + 0.9 * (0.7 * h1 + 0.2) - (0.7 * h0 + 0.2), 12);
    expect(seen[1]!.head[1]).toBeCloseTo(0.2 + 0.1 * seen[1]!.delta! * 1, 12);
  });

  const mistakes: Mistakes[] = [{ traceBeforeApply: true }, { headBeforeApply: true }, { dynamicsAfterApply: true }];
  it.each(mistakes)('is not the update with %o', async (mistake) => {
    expect(live(await oneColumn(OPTIONS), THREE)).not.toEqual(worked(THREE, OPTIONS, mistake));
  });

  it('holds on any stream: starts, terminations, discounts and importance ratios anywhere', async () => {
    const step = fc.record({
      x: fc.double({ min: -2, max: 2, noNaN: true }),
      c: fc.double({ min: -2, max: 2, noNaN: true }),
      gamma: fc.constantFrom(0, 0.5, 0.9, 1),
      start: fc.boolean(),
      ratio: fc.constantFrom(0, 0.5, 1, 2),
    });
    const property = fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.boolean(), async (steps, keepState) => {
      const stream = [{ ...THREE[0]! }, ...steps];
      const options = { ...OPTIONS, keepState };
      // The sign of zero is of no consequence.
      const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
      expect(plain(live(await oneColumn(options), stream))).toEqual(plain(worked(stream, options)));
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

describe('a start', () => {
  it('ignores cumulant and discount, has no error and changes no weight', async () => {
    const one = live(await oneColumn(OPTIONS), [{ x: 1, c: 7, gamma: 0.5, start: true }]);
    const other = live(await oneColumn(OPTIONS), [{ x: 1, c: -3, gamma: 0, start: true }]);
    expect(one).toEqual(other);
    expect(one[0]).toMatchObject({ delta: 0, theta: THETA, head: HEAD });
    const control = live(await oneColumn(OPTIONS), [THREE[0]!, { x: 1, c: 7, gamma: 0.5 }]);
    expect(control[1]!.theta).not.toEqual(THETA);
  });

  it('begins again from nothing but the weights, or keeps state and influence where asked for', async () => {
    const again = [...THREE, { x: 1, c: 0, gamma: 1, start: true }];
    const fresh = live(await oneColumn(OPTIONS), again).at(-1)!;
    const kept = live(await oneColumn({ ...OPTIONS, keepState: true }), again).at(-1)!;
    const [W, b] = fresh.theta as [number, number];
    expect(fresh.h).toBe(Math.tanh(W + b));
    expect(kept.h).not.toBe(fresh.h);
    expect(kept.zHead).toEqual([kept.h, 1]); // z is cleared all the same
    expect(kept).toEqual(worked(again, { ...OPTIONS, keepState: true }).at(-1));
  });
});

describe('a discount of 0', () => {
  const terminal: readonly ScalarStep[] = [...THREE, { x: 0.3, c: 1.5, gamma: 0 }];

  it('ends the return: the error is c - v, and the eligibility is that of the last step alone', async () => {
    const [before, at] = live(await oneColumn(OPTIONS), terminal).slice(-2);
    expect(at!.delta).toBe(1.5 + 0 * at!.prediction! - before!.prediction!);
    expect(at!.zHead).toEqual([at!.h, 1]);
    expect(before!.zHead).not.toEqual([before!.h, 1]);
  });

  it('without a start keeps state and influence: life goes on', async () => {
    const on = [...terminal, { x: -1, c: 0.5, gamma: 0.9 }];
    const seen = live(await oneColumn(OPTIONS), on);
    expect(seen).toEqual(worked(on));
    expect(seen.at(-1)!.T).not.toEqual(worked(on, OPTIONS, { gammaZeroForgets: true }).at(-1)!.T);
  });
});

it('a truncation keeps its discount: the last error still looks ahead', async () => {
  const truncated = [...THREE, { x: 0.4, c: 1, gamma: 0.9 }, { x: 1, c: 9, gamma: 0, start: true }];
  const seen = live(await oneColumn(OPTIONS), truncated);
  expect(seen[3]!.delta).toBe(1 + 0.9 * seen[3]!.prediction! - seen[2]!.prediction!);
  expect(seen[4]!.theta).toEqual(seen[3]!.theta);
});
