import { describe, expect, it } from 'vitest';
import { step } from '../../src/rows.ts';
import { reached } from '../../src/reach.ts';
import type { Cell, Rows } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { createCell, randomProblem } from '../oracle/problem.ts';
import { states } from '../oracle/states.ts';

const sigma = (a: number): number => 1 / (1 + Math.exp(-a));

describe('gru-reset-before', () => {
  it('resets before the recurrent product', async () => {
    const cell = await createCell({ id: 'gru-reset-before', options: { units: 2 }, inputSize: 1 });
    // per unit [U, b, W]: update, reset, candidate
    const update = [0.1, 0.2, 0.3, 0.4, -0.5, 0.6, -0.7, 0.8];
    const reset = [-0.4, 0.5, -0.6, 0.7, 0.2, -0.3, 0.4, 0.9];
    const candidate = [0.7, 0.8, -0.9, 1, -1.1, 1.2, 0.3, -0.2];
    cell.params.set([...update, ...reset, ...candidate]);
    const lane = cell.lane();
    const h = [-0.5, 0.6] as const;
    lane.state.set(h);
    step(cell, lane, Float64Array.of(2));
    const sum = (row: readonly number[], i: number, read: readonly [number, number]): number =>
      row[4 * i]! * 2 + row[4 * i + 1]! + row[4 * i + 2]! * read[0] + row[4 * i + 3]! * read[1];
    const gated = [sigma(sum(reset, 0, h)) * h[0], sigma(sum(reset, 1, h)) * h[1]] as const;
    for (const i of [0, 1] as const) {
      const z = sigma(sum(update, i, h));
      expect(lane.state[i]).toBeCloseTo((1 - z) * h[i] + z * Math.tanh(sum(candidate, i, gated)), 14);
    }
  });

  it('has 3 k (k + m + 1) parameters, and reset rows move every unit that reads what they gate, their own first', async () => {
    const { params, rows } = await createCell({ id: 'gru-reset-before', options: { units: 4 }, inputSize: 2 });
    expect(params).toHaveLength(3 * 4 * (4 + 2 + 1));
    expect([0, 1, 2, 3].map((j) => destinations(rows, 4 + j))).toEqual([
      [0, 1, 2, 3],
      [1, 0, 2, 3],
      [2, 0, 1, 3],
      [3, 0, 1, 2],
    ]);
    const { rows: sparse } = await createCell({ id: 'gru-reset-before', options: { units: 9, density: 0.3 } });
    const between = sparse.width - 9;
    for (let j = 0; j < 9; j++) {
      const readers = Array.from({ length: 9 }, (_, i) => i).filter((i) =>
        sparse.source.subarray(sparse.start[18 + i], sparse.start[19 + i]).includes(between + j),
      );
      expect(new Set(destinations(sparse, 9 + j))).toEqual(new Set(readers));
      expect(destinations(sparse, 9 + j)[0]).toBe(j);
    }
  });

  it('keeps (k + 2) / 3k of J with SnAp-1 where the reset after the product keeps 1 / k: .444 and .167 at 6 units', async () => {
    const share = async (id: string): Promise<number> => {
      const { rows } = await createCell({ id, options: { units: 6 } });
      const kept = reached(rows, 1).reduce(
        (sum, set, r) => sum + set.length * (rows.start[r + 1]! - rows.start[r]!),
        0,
      );
      return kept / (6 * rows.source.length);
    };
    expect(await share('gru-reset-before')).toBeCloseTo((6 + 2) / (3 * 6), 12);
    expect(await share('gru')).toBeCloseTo(1 / 6, 12);
  });

  it('is the GRU that resets after the product where the reset gate is forced open, and where it closes it is not', async () => {
    const problem = await randomProblem({ id: 'gru-reset-before', options: { units: 4 } });
    const after = await createCell({ id: 'gru', options: { units: 4 } });
    const twin = { ...problem, cell: after };
    for (const [open, compare] of [
      [60, expectEqual],
      [0, expectDifferent],
    ] as const) {
      set(problem.cell, 'reset', open);
      copyGates(problem.cell, after);
      const tolerance = open === 60 ? 1e-12 : 1e-3;
      compare(states(problem), states(twin), tolerance);
      const [ours, theirs] = [bptt(problem), bptt(twin)];
      compare(groupOf(problem.cell, ours, 'update'), groupOf(after, theirs, 'update'), tolerance);
    }
  });
});

const destinations = (rows: Rows, r: number): number[] => [
  ...rows.dest.subarray(rows.destStart[r], rows.destStart[r + 1]),
];

function range(cell: Cell, name: string): [first: number, end: number] {
  const { start, end } = cell.rows.groups.find((group) => group.name === name)!;
  return [cell.rows.start[start]!, cell.rows.start[end]!];
}

const groupOf = (cell: Cell, values: Float64Array, name: string): Float64Array => values.subarray(...range(cell, name));

/** Adds to the bias of a group. */
function set(cell: Cell, name: string, bias: number): void {
  const [first, end] = range(cell, name);
  for (let e = first; e < end; e++) if (cell.rows.source[e] === cell.rows.inputSize) cell.params[e] = bias;
}

/** The same z, r and a: our candidate is in two groups there. */
function copyGates(from: Cell, to: Cell): void {
  for (const name of ['update', 'reset']) groupOf(to, to.params, name).set(groupOf(from, from.params, name));
  const candidate = [...groupOf(from, from.params, 'candidate')];
  const width = from.inputSize + 1 + from.units;
  const part = (first: number, end: number): number[] =>
    candidate.filter((_, e) => e % width >= first && e % width < end);
  groupOf(to, to.params, 'candidate').set(part(0, from.inputSize + 1));
  groupOf(to, to.params, 'recurrent').set(part(from.inputSize + 1, width));
}
