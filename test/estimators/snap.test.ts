import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { maskedRtrl } from '../oracle/dense-influence.ts';
import { createEstimator, estimate, estimateBy } from '../oracle/estimate.ts';
import { count, snapMask } from '../oracle/masks.ts';
import { createCell, randomProblem } from '../oracle/problem.ts';

const CONVENTIONS = ['unit-block', 'strict'] as const;
const SPARSE = [
  { id: 'tanh', options: { units: 14, density: 0.12 } },
  { id: 'gru', options: { units: 12, density: 0.06 } },
  { id: 'lstm', options: { units: 12, density: 0.06 } },
  { id: 'deep-columns', options: { columns: 10, features: 2, lateral: 0.04 } },
];
const DENSE = [{ id: 'tanh' }, { id: 'gru' }, { id: 'lstm' }, { id: 'deep-columns', options: { lateral: 1 } }];
const COLUMNS = [{ id: 'tanh-columns' }, { id: 'lstm-columns', options: { scale: 0.5 } }, { id: 'deep-columns' }];

describe.each(SPARSE)('snap on sparse $id', (spec) => {
  it.each(CONVENTIONS)('is the masked influence matrix for every n, and no narrower one (%s)', async (convention) => {
    const problem = await randomProblem({ ...spec, steps: 12 });
    const { rows } = problem.cell;
    for (const n of [1, 2, 3]) {
      const gradient = await estimateBy(problem, 'snap', { n, convention });
      expectEqual(gradient, maskedRtrl(problem, snapMask(rows, n, convention)), 1e-12);
      expectDifferent(gradient, maskedRtrl(problem, snapMask(rows, n + 1, convention)), 1e-9); // wider
      if (n > 1) expectDifferent(gradient, maskedRtrl(problem, snapMask(rows, n - 1, convention)), 1e-9); // narrower
    }
  });

  it.each(CONVENTIONS)('is real-time recurrent learning once n reaches the diameter (%s)', async (convention) => {
    const problem = await randomProblem({ ...spec, steps: 20 });
    const exact = await estimateBy(problem, 'rtrl');
    const diameter = problem.cell.units * problem.cell.components + 1; // no path is longer
    expectEqual(await estimateBy(problem, 'snap', { n: diameter, convention }), exact, 1e-10);
    expectDifferent(await estimateBy(problem, 'snap', { n: 2, convention }), exact, 1e-8); // control
  });
});

describe('the masks of snap', () => {
  it('are nested and grow to a fixed point', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.constantFrom(...CONVENTIONS), async (seed, convention) => {
        const { rows } = await createCell({ id: 'lstm', options: { units: 6, density: 0.1 }, seed });
        const sizes = [1, 2, 3, 4, 5, 20, 21].map((n) => snapMask(rows, n, convention));
        sizes.slice(1).forEach((wider, i) => {
          sizes[i]!.forEach((row, entry) => row.forEach((kept, j) => kept && expect(wider[entry]![j]).toBe(true)));
        });
        expect(count(sizes[6]!)).toBe(count(sizes[5]!));
        expect(count(sizes[1]!)).toBeGreaterThan(count(sizes[0]!));
      }),
      { numRuns: 10, seed: 1 },
    );
  });

  it('are larger for whole units than for single entries only where units have several', async () => {
    const size = async (id: string, convention: (typeof CONVENTIONS)[number]): Promise<number> =>
      count(snapMask((await createCell({ id })).rows, 1, convention));
    expect(await size('gru', 'strict')).toBe(await size('gru', 'unit-block'));
    expect((await size('lstm', 'strict')) / (await size('lstm', 'unit-block'))).toBe(1.75 / 2);
  });
});

describe('snap 1', () => {
  it.each(COLUMNS)('is exact on $id', async (spec) => {
    const problem = await randomProblem(spec);
    expectEqual(await estimateBy(problem, 'snap'), await estimateBy(problem, 'rtrl'), 1e-12);
    expectEqual(await estimateBy(problem, 'snap'), await estimateBy(problem, 'columnar'), 1e-12);
    expectDifferent(await estimateBy(problem, 'immediate'), await estimateBy(problem, 'rtrl'), 1e-3); // control
  });

  it.each(DENSE)('is not exact on dense $id', async (spec) => {
    const problem = await randomProblem(spec);
    expectDifferent(await estimateBy(problem, 'snap'), await estimateBy(problem, 'rtrl'), 1e-4);
  });

  it('is not exact on LSTM columns when it keeps single entries', async () => {
    const problem = await randomProblem({ id: 'lstm-columns', options: { scale: 1 } });
    const strict = await estimateBy(problem, 'snap', { convention: 'strict' });
    expectDifferent(strict, await estimateBy(problem, 'rtrl'), 1e-4);
    expectEqual(strict, await estimateBy(problem, 'rtrl'), 0.2); // but close
  });
});

describe('snap, whatever n and convention', () => {
  it.each([...SPARSE, ...DENSE, ...COLUMNS])(
    'is exact on $id $options where it says so and nowhere else',
    async (spec) => {
      const problem = await randomProblem(spec);
      const exact = await estimateBy(problem, 'rtrl');
      for (const convention of CONVENTIONS) {
        for (const n of [1, 2, 30]) {
          const estimator = await createEstimator(problem.cell, 'snap', { n, convention });
          const gradient = estimate(problem, estimator);
          if (estimator.exactOn(problem.cell.rows)) expectEqual(gradient, exact, 1e-10);
          else expectDifferent(gradient, exact, 1e-8);
        }
      }
    },
  );
});

describe('snap 2', () => {
  it.each(DENSE)('is exact on dense $id', async (spec) => {
    const problem = await randomProblem(spec);
    expectEqual(await estimateBy(problem, 'snap', { n: 2 }), await estimateBy(problem, 'rtrl'), 1e-12);
  });

  it.each(SPARSE)('is not exact on sparse $id', async (spec) => {
    const problem = await randomProblem(spec);
    expectDifferent(await estimateBy(problem, 'snap', { n: 2 }), await estimateBy(problem, 'rtrl'), 1e-8);
  });
});
