import { describe, expect, it } from 'vitest';
import { rowTracesMacs } from '../src/row-traces.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { bptt } from './oracle/bptt.ts';
import { estimateBy } from './oracle/estimate.ts';
import { lossGradient } from './oracle/finite-differences.ts';
import { problemOn } from './oracle/problem.ts';
import { syntheticCell, tied } from './oracle/synthetic-cell.ts';

describe('row traces', () => {
  it.each([1, 2, 3, 4])('are exact on independent units of %i components', async (components) => {
    const problem = problemOn(syntheticCell({ components }));
    expectEqual(await estimateBy(problem, 'columnar'), bptt(problem), 1e-12);
    expectEqual(await estimateBy(problem, 'columnar'), lossGradient(problem), 1e-6);
    const talking = problemOn(syntheticCell({ components, neighbours: true })); // control
    expectDifferent(await estimateBy(talking, 'columnar'), bptt(talking), 1e-4);
  });

  it.each([1, 2, 3])('add up what tied weights collect, with %i components', async (components) => {
    // Within a row the tie leaves each trace on its own unit; across rows it does not matter either.
    const problem = problemOn(tied(syntheticCell({ components })));
    expectEqual(await estimateBy(problem, 'columnar'), bptt(problem), 1e-12);
    expectEqual(await estimateBy(problem, 'columnar'), lossGradient(problem), 1e-6);
  });

  it('cost b^2 + 2b multiply-adds per parameter', () => {
    expect(rowTracesMacs(syntheticCell({ components: 2, units: 4 }))).toBe(8 * 4 * (3 + 1 + 2));
  });
});
