import { describe, expect, it } from 'vitest';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { add, denseI, eachDirect, leftTimes, zeros } from '../oracle/dense.ts';
import { createEstimator, estimate, estimateBy } from '../oracle/estimate.ts';
import { createCell, errorAt, problemOn, type Problem, randomProblem, roll } from '../oracle/problem.ts';
import { syntheticCell, tied } from '../oracle/synthetic-cell.ts';
import { silence } from '../oracle/weights.ts';

/** J <- I + R J on full matrices, R the blocks of `direct` on the diagonal, rows of J on each parameter's own unit. */
function withoutWeights(problem: Problem): Float64Array {
  const { cell } = problem;
  const { rows, components: b, params } = cell;
  const n = cell.units * b;
  const gradient = new Float64Array(params.length);
  let J = zeros(n, params.length);
  roll(problem, (t, lane) => {
    const R = zeros(n, n);
    eachDirect(rows, (to, from, at) => {
      if (Math.floor(to / b) === Math.floor(from / b)) R[to]![from] = lane.direct[at]!;
    });
    J = denseI(cell, lane).map((row, i) =>
      row.map((value, j) => R[i]!.reduce((sum, d, l) => sum + d * J[l]![j]!, value)),
    );
    for (let r = 0; r < rows.count; r++) {
      const own = rows.dest[rows.destStart[r]!]!;
      for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
        J.forEach((row, i) => {
          if (Math.floor(i / b) !== own) row[e] = 0;
        });
      }
    }
    add(gradient, leftTimes(errorAt(problem, t, lane.state), J, params.length));
  });
  return gradient;
}

const LEAKY = { id: 'tanh', options: { leak: 0.3 } };
const CELLS = [
  LEAKY,
  { id: 'tanh', options: { leak: 0.3, units: 10, density: 0.3 } },
  { id: 'gru' },
  { id: 'lstm' },
  { id: 'lstm-columns', options: { scale: 1 } },
  { id: 'deep-columns', options: { lateral: 0.3 } },
];

describe.each(CELLS)('rflo on $id $options', (spec) => {
  it('is the influence through what `direct` keeps of the own unit, all weights on the last state left out', async () => {
    const problem = await randomProblem(spec);
    const gradient = await estimateBy(problem, 'rflo');
    expectEqual(gradient, withoutWeights(problem), 1e-12);
    expectDifferent(gradient, bptt(problem), 1e-3);
    expectDifferent(gradient, await estimateBy(problem, 'immediate'), 1e-3); // controls: more and less of D
    expectDifferent(gradient, await estimateBy(problem, 'columnar'), 1e-4);
  });
});

it('finds the own blocks among others, for any number of components and destinations', async () => {
  for (const components of [1, 2, 3]) {
    const problem = problemOn(syntheticCell({ components, neighbours: true }));
    const gradient = await estimateBy(problem, 'rflo');
    expectEqual(gradient, withoutWeights(problem), 1e-12);
    const lane = problem.cell.lane();
    expect(lane.direct.length).toBeGreaterThan(problem.cell.units * components ** 2); // not the own blocks alone
    expectDifferent(gradient, bptt(problem), 1e-3);
  }
});

it('follows tied weights', async () => {
  const cell = tied(syntheticCell({ components: 2 }));
  const problem = problemOn(cell);
  const untied = { ...cell, params: Float64Array.from(cell.rows.param!, (j) => cell.params[j]!) };
  const apart = await estimateBy({ ...problem, cell: { ...untied, rows: { ...cell.rows, param: null } } }, 'rflo');
  const together = new Float64Array(cell.params.length);
  cell.rows.param!.forEach((j, e) => (together[j]! += apart[e]!));
  expectEqual(await estimateBy(problem, 'rflo'), together, 1e-12);
  expectDifferent(await estimateBy(problem, 'rflo'), bptt(problem), 1e-3);
});

describe('rflo on the leaky tanh net', () => {
  it('is the immediate gradient where there is no leak', async () => {
    const gap = async (leak: number): Promise<[Float64Array, Float64Array]> => {
      const problem = await randomProblem({ id: 'tanh', options: { leak } });
      return [await estimateBy(problem, 'rflo'), await estimateBy(problem, 'immediate')];
    };
    expectEqual(...(await gap(1)), 1e-15); // q (gain pre) against (q gain) pre
    expectDifferent(...(await gap(0.9)), 1e-3); // control
  });

  it('is exact where nobody reads the last state', async () => {
    const problem = await randomProblem(LEAKY);
    expectDifferent(await estimateBy(problem, 'rflo'), bptt(problem), 1e-2); // control: as drawn
    silence(problem.cell, () => true);
    expectEqual(await estimateBy(problem, 'rflo'), bptt(problem), 1e-12);
    expectDifferent(await estimateBy(problem, 'immediate'), bptt(problem), 1e-2); // the leak alone is worth something
  });

  it('is SnAp-1 where no unit reads itself', async () => {
    const problem = await randomProblem(LEAKY);
    expectDifferent(await estimateBy(problem, 'rflo'), await estimateBy(problem, 'snap'), 1e-3); // control: as drawn
    silence(problem.cell, (unit, from) => unit === from);
    expectEqual(await estimateBy(problem, 'rflo'), await estimateBy(problem, 'snap'), 1e-14);
    expectDifferent(await estimateBy(problem, 'rflo'), bptt(problem), 1e-3);
  });

  it('gives the numbers worked by hand', async () => {
    const cell = await createCell({ id: 'tanh', options: { units: 1, leak: 0.25 }, inputSize: 1 });
    cell.params.set([0, 0, 2]); // U, b, W: a = 2 h
    const estimator = await createEstimator(cell, 'rflo');
    const problem = { ...problemOn(cell, { outputs: 1 }), inputs: [8, -4].map((x) => Float64Array.of(x)) };
    const twice = { ...problem, readout: [Float64Array.of(1)], targets: [-1, -1].map((y) => Float64Array.of(y)) };
    // h stays 0, so that each gain is .25 and q = 1. p_U: .25 * 8 = 2, then .75 * 2 + .25 * -4 = .5; p_b: .25, .4375
    expect([...estimate(twice, estimator)]).toEqual([2.5, 0.6875, 0]);
  });
});

it('claims to be exact where a unit keeps to itself and no weight reads its last state, and nowhere else', async () => {
  const claim = async (id: string, options = {}): Promise<boolean> => {
    const cell = await createCell({ id, options });
    return (await createEstimator(cell, 'rflo')).exactOn(cell.rows);
  };
  expect(await claim('none')).toBe(true);
  expect(await claim('tanh')).toBe(false);
  expect(await claim('tanh', { units: 1 })).toBe(false);
  expect(await claim('tanh-columns')).toBe(false);
  expect(await claim('lstm-columns')).toBe(false);
  const { rows } = await createCell({ id: 'tanh', options: { units: 3, leak: 0.5 } });
  const blind = { ...rows, source: rows.source.map((source) => Math.min(source, rows.inputSize)) }; // reads [x; 1] alone
  expect((await createEstimator(await createCell({ id: 'tanh' }), 'rflo')).exactOn(blind)).toBe(true);
  const moving = syntheticCell({ neighbours: true }).rows;
  const deaf = { ...moving, source: moving.source.map((source) => Math.min(source, moving.inputSize)) };
  expect((await createEstimator(syntheticCell(), 'rflo')).exactOn(deaf)).toBe(false); // one row moves two units
});
