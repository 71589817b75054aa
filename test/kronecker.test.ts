import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { RowDynamics } from '../src/dynamics.ts';
import { kronecker } from '../src/kronecker.ts';
import { step } from '../src/rows.ts';
import type { Cell, Lane } from '../src/types.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { cellCases } from './oracle/cases.ts';
import { denseD, denseI, leftTimes, type Matrix } from './oracle/dense.ts';
import { createCell } from './oracle/problem.ts';
import { syntheticCell, tied } from './oracle/synthetic-cell.ts';

const neighbours = syntheticCell({ units: 3, neighbours: true });
const CELLS: readonly (readonly [string, () => Promise<Cell> | Cell])[] = [
  ...cellCases().map(({ id, options, label }) => [label, () => createCell({ id, options })] as const),
  ['three components per unit', () => neighbours],
  ['tied weights', () => tied(neighbours)],
];
const normal = (seed: string, length: number): Float64Array => {
  const rng = createRng(seed);
  return Float64Array.from({ length }, () => rng.normal());
};

function stepped(cell: Cell): Lane {
  const lane = cell.lane();
  cell.begin(lane);
  for (let t = 0; t < 3; t++) step(cell, lane, normal(`x ${t}`, cell.inputSize));
  return lane;
}

const times = (M: Matrix, v: Float64Array): Float64Array =>
  Float64Array.from(M, (row) => row.reduce((sum, value, j) => sum + value * v[j]!, 0));

describe.each(CELLS)('the Kronecker product of %s', (_, create) => {
  it('is the immediate Jacobian, pulled and pushed', async () => {
    const cell = await create();
    if (cell.params.length === 0) return;
    const lane = stepped(cell);
    const { factors, u, A } = read(cell, lane);
    const I = denseI(cell, lane);
    const [q, v] = [normal('q', lane.state.length), normal('v', cell.params.length)];
    const pulled = new Float64Array(cell.params.length);
    factors.pull(q, u, A, pulled);
    expectEqual(pulled, leftTimes(q, I, pulled.length), 1e-13);
    const pushed = new Float64Array(q.length);
    factors.push(v, u, A, pushed);
    expectEqual(pushed, times(I, v), 1e-13);
    u[0]! += 0.1; // control
    factors.pull(q, u, A, pulled.fill(0));
    expectDifferent(pulled, leftTimes(q, I, pulled.length), 1e-6);
  });

  it('becomes D times it by D times the factor of rows', async () => {
    const cell = await create();
    if (cell.params.length === 0) return;
    const lane = stepped(cell);
    const { factors, u, A } = read(cell, lane);
    const dynamics = new RowDynamics(cell, lane);
    dynamics.materialise(new Set(['values'] as const));
    const moved = new Float64Array(factors.size);
    factors.times(dynamics.values(), A, moved);
    const q = normal('q', lane.state.length);
    const expected = leftTimes(leftTimes(q, denseD(cell, lane), q.length), denseI(cell, lane), cell.params.length);
    const pulled = new Float64Array(cell.params.length);
    factors.pull(q, u, moved, pulled);
    expectEqual(pulled, expected, 1e-12);
    factors.pull(q, u, A, pulled.fill(0)); // control: without D
    expectDifferent(pulled, expected, 1e-6);
  });
});

it('has room for what rows with entries read and reach, and for no more', async () => {
  const cell = await createCell({ id: 'lstm', options: { units: 2 } });
  const { sources, size } = kronecker(cell.rows);
  expect([sources, size]).toEqual([3 + 1 + 2, 8 * 4]); // x, 1 and h, not c; 8 rows that reach (c, h) of both
  const some = { ...cell.rows, start: cell.rows.start.map((at) => Math.min(at, 6)), whole: cell.rows };
  expect(kronecker({ ...some, source: cell.rows.source.slice(0, 6) }).size).toBe(4); // the first row alone
});

function read(cell: Cell, lane: Lane) {
  const factors = kronecker(cell.rows);
  const [u, A] = [new Float64Array(factors.sources), new Float64Array(factors.size).fill(7)];
  factors.read(lane, u, A);
  return { factors, u, A };
}
