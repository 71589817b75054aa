/** The forward tangent against RTRL's push and against central differences, on every cell. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { RowDynamics } from '../src/dynamics.ts';
import { tangent } from '../src/tangent.ts';
import type { Cell } from '../src/types.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { cellCases } from './oracle/cases.ts';
import { createEstimator } from './oracle/estimate.ts';
import * as differences from './oracle/finite-differences.ts';
import { syntheticCell, tied } from './oracle/synthetic-cell.ts';
import { type Problem, problemOn, randomProblem, roll } from './oracle/problem.ts';

const direction = (cell: Cell, name = 'v'): Float64Array => {
  const rng = createRng(name);
  return Float64Array.from(cell.params, () => rng.normal());
};

/** j_T at the end of the sequence. */
function along(problem: Problem, v: Float64Array, first?: number, end?: number): Float64Array {
  const { cell } = problem;
  const j = tangent(cell, v, first, end);
  const dynamics = new Map<object, RowDynamics>();
  roll(problem, (_, lane) => {
    const d = dynamics.get(lane) ?? new RowDynamics(cell, lane);
    dynamics.set(lane, d);
    d.materialise(new Set(j.needs));
    j.update(d);
  });
  return j.value;
}

async function pushed(problem: Problem, v: Float64Array): Promise<Float64Array> {
  const { cell } = problem;
  const rtrl = await createEstimator(cell, 'rtrl');
  roll(problem, (_, lane) => {
    const d = new RowDynamics(cell, lane);
    d.materialise(new Set(rtrl.needs));
    rtrl.update(d);
  });
  const out = new Float64Array(cell.units * cell.components);
  rtrl.push!(v, out);
  return out;
}

describe.each(cellCases())('the tangent on $label', ({ id, options }) => {
  it('is what RTRL pushes, and what central differences measure', async () => {
    const problem = await randomProblem({ id, options });
    const { cell } = problem;
    if (cell.params.length === 0) return expect(along(problem, direction(cell)).every((j) => j === 0)).toBe(true);
    const v = direction(cell);
    expectEqual(along(problem, v), await pushed(problem, v), 1e-12);
    expectEqual(along(problem, v), differences.tangent(problem, v), 1e-6);
    expectDifferent(along(problem, direction(cell, 'w')), differences.tangent(problem, v), 1e-3); // control
  });

  it('splits into the tangents of the groups', async () => {
    const problem = await randomProblem({ id, options });
    const { cell } = problem;
    if (cell.params.length === 0) return;
    const v = direction(cell);
    const parts = cell.rows.groups.map(({ start, end }) => along(problem, v, start, end));
    const sum = parts[0]!.map((_, i) => parts.reduce((total, part) => total + part[i]!, 0));
    expectEqual(sum, along(problem, v), 1e-12);
    for (const [i, { start, end }] of cell.rows.groups.entries()) {
      const alone = v.map((value, e) => (e >= cell.rows.start[start]! && e < cell.rows.start[end]! ? value : 0));
      expect(Math.max(...parts[i]!.map((j, s) => Math.abs(j - along(problem, alone)[s]!)))).toBeLessThan(1e-12);
    }
  });
});

describe('the tangent', () => {
  it.each([
    ['three components and neighbours', syntheticCell({ neighbours: true })],
    ['tied weights', tied(syntheticCell({ components: 2 }))],
  ])('takes a cell with %s', (_, cell) => {
    const problem = problemOn(cell);
    const v = direction(cell);
    expectEqual(along(problem, v), differences.tangent(problem, v), 1e-6);
  });

  it('follows theta as it moves, as RTRL does', async () => {
    const problem = await randomProblem({ id: 'gru' });
    const { cell } = problem;
    const v = direction(cell);
    const [j, still] = [tangent(cell, v), tangent(cell, v)];
    const rtrl = await createEstimator(cell, 'rtrl');
    const frozen = (await randomProblem({ id: 'gru' })).cell;
    roll(problem, (t, lane) => {
      const [d, other] = [new RowDynamics(cell, lane), new RowDynamics(frozen, lane)];
      d.materialise(new Set(['values', 'products'] as const));
      other.materialise(new Set(['products'] as const));
      j.update(d);
      still.update(other);
      rtrl.update(d);
      cell.params.forEach((value, i) => (cell.params[i] = value + 0.02 * Math.sin(i + t)));
    });
    const out = new Float64Array(j.value.length);
    rtrl.push!(v, out);
    expectEqual(j.value, out, 1e-12);
    expectDifferent(still.value, out, 1e-6); // control: D at the first theta
  });

  it('forgets at reset', async () => {
    const problem = await randomProblem({ id: 'tanh' });
    const j = tangent(problem.cell, direction(problem.cell));
    roll(problem, (_, lane) => {
      const d = new RowDynamics(problem.cell, lane);
      d.materialise(new Set(j.needs));
      j.update(d);
    });
    expect(j.value.some((value) => value !== 0)).toBe(true);
    j.reset();
    expect(j.value.every((value) => value === 0)).toBe(true);
  });
});
