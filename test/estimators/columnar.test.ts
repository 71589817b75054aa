import { describe, expect, it } from 'vitest';
import { cosine } from '../../src/statistics/cosine.ts';
import type { Rows } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { maskedRtrl } from '../oracle/dense-influence.ts';
import { createEstimator, estimateBy } from '../oracle/estimate.ts';
import { falses, type BooleanMatrix } from '../oracle/masks.ts';
import { createCell, randomProblem } from '../oracle/problem.ts';

/** Each row's own unit with all its components, whatever else the row moves. */
function ownMask(rows: Rows): BooleanMatrix {
  const mask = falses(rows.units * rows.components, rows.source.length);
  for (let r = 0; r < rows.count; r++) {
    const own = rows.dest[rows.destStart[r]!]!;
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      for (let c = 0; c < rows.components; c++) mask[own * rows.components + c]![e] = true;
    }
  }
  return mask;
}

describe('columnar', () => {
  it.each([
    { id: 'tanh' },
    { id: 'gru' },
    { id: 'lstm' },
    { id: 'deep-columns', options: { lateral: 0.3 } },
    { id: 'deep-columns', options: { lateral: 1, gate: 'convex' } },
  ])('tracks every parameter of $id on its own unit alone', async (spec) => {
    const problem = await randomProblem({ ...spec, steps: 15 });
    const gradient = await estimateBy(problem, 'columnar');
    expectEqual(gradient, maskedRtrl(problem, ownMask(problem.cell.rows)), 1e-12);
    expectDifferent(gradient, await estimateBy(problem, 'rtrl'), 1e-4);
  });

  it('claims to be exact where columns do not talk and nowhere else', async () => {
    const claim = async (id: string, options = {}): Promise<boolean> => {
      const cell = await createCell({ id, options });
      return (await createEstimator(cell, 'columnar')).exactOn(cell.rows);
    };
    expect(await claim('tanh-columns')).toBe(true);
    expect(await claim('lstm-columns')).toBe(true);
    expect(await claim('deep-columns')).toBe(true);
    expect(await claim('deep-columns', { lateral: 0.3 })).toBe(false);
    expect(await claim('tanh')).toBe(false);
    expect(await claim('tanh', { units: 1 })).toBe(true);
  });

  it('differs from snap 1 where a feature moves several columns at once', async () => {
    const problem = await randomProblem({ id: 'deep-columns', options: { lateral: 0.3 } });
    const [columnar, snap, exact] = [
      await estimateBy(problem, 'columnar'),
      await estimateBy(problem, 'snap'),
      await estimateBy(problem, 'rtrl'),
    ];
    expectDifferent(columnar, snap, 1e-4);
    expect(cosine(snap, exact)).toBeGreaterThan(cosine(columnar, exact));
  });

  it('loses little as laterals become rare', async () => {
    const error = async (lateral: number): Promise<number> => {
      const problem = await randomProblem({ id: 'deep-columns', options: { columns: 8, lateral }, seed: 1 });
      return 1 - cosine(await estimateBy(problem, 'columnar'), await estimateBy(problem, 'rtrl'));
    };
    const [none, few, all] = [await error(0), await error(0.03), await error(1)];
    expect(none).toBeLessThan(1e-12);
    expect(few).toBeLessThan(all);
  });
});
