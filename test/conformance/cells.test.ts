/**
 * What every file of src/cells/ must keep: its Jacobian factors are those of the function it computes, D is formed
 * from rows as defined, and a lane is all there is to save.
 */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { RowDynamics } from '../../src/dynamics.ts';
import { resolvePart } from '../../src/resolve-part.ts';
import { step } from '../../src/rows.ts';
import type { BlockPattern, Cell, Lane, Rng } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { cellCases } from '../oracle/cases.ts';
import { denseD, denseI, flat, leftTimes, zeros, type Matrix } from '../oracle/dense.ts';
import { stepJacobians } from '../oracle/finite-differences.ts';
import { createCell } from '../oracle/problem.ts';

const SEEDS = [0, 1, 2, 3];
const normal = (rng: Rng, length: number): Float64Array => Float64Array.from({ length }, () => rng.normal());

/** A lane right after one step from a random state, and where it came from. */
function stepped(cell: Cell, seed: number): { lane: Lane; before: Float64Array; x: Float64Array } {
  const rng = createRng(`${seed}/step`);
  const lane = cell.lane();
  cell.begin(lane);
  const before = normal(rng, lane.state.length);
  const x = normal(rng, cell.inputSize);
  lane.state.set(before);
  step(cell, lane, x);
  return { lane, before, x };
}

/** States of the next `steps` steps. */
function trajectory(cell: Cell, lane: Lane, rng: Rng, steps: number): number[][] {
  return Array.from({ length: steps }, () => {
    step(cell, lane, normal(rng, cell.inputSize));
    return [...lane.state];
  });
}

function expand({ start, column }: BlockPattern, values: Float64Array, b: number): Matrix {
  const D = zeros((start.length - 1) * b, (start.length - 1) * b);
  for (let unit = 0; unit < start.length - 1; unit++) {
    for (let s = start[unit]!; s < start[unit + 1]!; s++) {
      for (let c = 0; c < b * b; c++)
        D[unit * b + Math.floor(c / b)]![column[s]! * b + (c % b)] = values[s * b * b + c]!;
    }
  }
  return D;
}

describe.each(cellCases())('cell $label', ({ id, options }) => {
  const create = (seed = 0): Promise<Cell> => createCell({ id, options, seed });

  it('names its source and rejects an option it does not have', async () => {
    const { part } = await resolvePart('cells', { ...options, id });
    expect(part.cite).toMatch(/^[a-z]+\d{4}[a-z]+$/);
    expect(part.summary).not.toBe('');
    expect(part.options.safeParse({ ...options, nonsense: 1 }).success).toBe(false);
  });

  it('has rows of a valid structure', async () => {
    const { rows, params, readout, ...cell } = await create();
    const n = rows.units * rows.components;
    const within = (values: Iterable<number>, end: number): boolean =>
      [...values].every((value) => Number.isInteger(value) && value >= 0 && value < end);
    expect(cell).toMatchObject({ inputSize: rows.inputSize, units: rows.units, components: rows.components });
    expect(rows.start[rows.count]).toBe(rows.source.length);
    expect(rows.destStart[rows.count]).toBe(rows.dest.length);
    expect(rows.param ? within(rows.param, params.length) : rows.source.length === params.length).toBe(true);
    expect(within(rows.source, rows.width)).toBe(true);
    expect(within(rows.dest, rows.units)).toBe(true);
    expect(rows.live).toHaveLength(rows.dest.length * rows.components);
    expect([...rows.layer]).toEqual([...rows.layer].sort((a, b) => a - b));
    expect(rows.layers).toBe(Math.max(0, ...rows.layer) + 1);
    expect(rows.groups.map(({ start }) => start)).toEqual([0, ...rows.groups.map(({ end }) => end)].slice(0, -1));
    expect(rows.groups.at(-1)?.end ?? 0).toBe(rows.count);
    expect(within(readout, n)).toBe(true);
    expect(new Set(readout).size).toBe(readout.length);
    for (let r = 0; r < rows.count; r++) {
      const destinations = rows.dest.subarray(rows.destStart[r], rows.destStart[r + 1]);
      expect(destinations.length).toBeGreaterThan(0);
      expect(new Set(destinations).size).toBe(destinations.length);
    }
    expect(rows.direct.start).toHaveLength(rows.units + 1);
    expect(rows.directLive).toHaveLength(rows.direct.column.length * rows.components ** 2);
    for (let unit = 0; unit < rows.units; unit++) expect(rows.direct.column[rows.direct.start[unit]!]).toBe(unit);
  });

  it('has the immediate Jacobian and the dynamics that central differences measure', async () => {
    for (const seed of SEEDS) {
      const cell = await create(seed);
      const { lane, before, x } = stepped(cell, seed);
      const measured = stepJacobians(cell, before, x);
      if (lane.state.length === 0) return; // a cell without state has no Jacobian
      expectEqual(flat(denseD(cell, lane)), flat(measured.D), 1e-6);
      if (cell.params.length > 0) {
        expectEqual(flat(denseI(cell, lane)), flat(measured.I), 1e-6);
        lane.gain.forEach((value, i) => (lane.gain[i] = value * 1.1)); // control
        expectDifferent(flat(denseI(cell, lane)), flat(measured.I), 1e-6);
      }
      lane.direct.forEach((value, i) => (lane.direct[i] = value * 1.1 + 0.01)); // control
      expectDifferent(flat(denseD(cell, lane)), flat(measured.D), 1e-6);
    }
  });

  it('declares dead only gains and direct entries that are zero', async () => {
    for (const seed of SEEDS) {
      const cell = await create(seed);
      const { lane } = stepped(cell, seed);
      cell.rows.live.forEach((live, i) => live === 0 && expect(lane.gain[i]).toBe(0));
      cell.rows.directLive.forEach((live, i) => live === 0 && expect(lane.direct[i]).toBe(0));
    }
  });

  it('gives own blocks, values and products of the same D', async () => {
    const cell = await create();
    const { units, components: b } = cell;
    if (units === 0) return;
    const { lane } = stepped(cell, 0);
    const dynamics = new RowDynamics(cell, lane);
    dynamics.materialise(new Set(['own', 'values', 'products'] as const));
    const D = denseD(cell, lane);
    const v = normal(createRng('v'), units * b);
    const out = new Float64Array(units * b);
    expectEqual(flat(expand(dynamics.pattern, dynamics.values(), b)), flat(D), 1e-12);
    const own = D.flatMap((row, i) => [...row.subarray(i - (i % b), i - (i % b) + b)]);
    expect(Math.max(...own.map((value, i) => Math.abs(value - dynamics.own()[i]!)))).toBeLessThanOrEqual(1e-12);
    dynamics.times(v, out);
    expectEqual(
      out,
      Float64Array.from(D, (row) => row.reduce((sum, d, j) => sum + d * v[j]!, 0)),
      1e-12,
    );
    dynamics.timesTransposed(v, out);
    expectEqual(out, leftTimes(v, D, units * b), 1e-12);
    const other = await create(1); // control: the D of another theta at another step; a linear cell's is that of every step
    const otherD = flat(denseD(other, stepped(other, 1).lane));
    expectDifferent(flat(expand(dynamics.pattern, dynamics.values(), b)), otherD, 1e-6);
  });

  it('continues bit by bit from a lane that was saved', async () => {
    const cell = await create();
    const lane = cell.lane();
    cell.begin(lane);
    trajectory(cell, lane, createRng('past'), 5);
    const saved = Object.entries(lane.arrays).map(([name, length]) => {
      const into = new Float64Array(length);
      lane.read(name, into);
      return [name, into] as const;
    });
    const future = trajectory(cell, lane, createRng('future'), 5);
    const restored = cell.lane();
    for (const [name, values] of saved) restored.write(name, values);
    expect(trajectory(cell, restored, createRng('future'), 5)).toEqual(future);
    if (cell.units === 0) return;
    const fresh = cell.lane(); // control
    cell.begin(fresh);
    expect(trajectory(cell, fresh, createRng('future'), 5)).not.toEqual(future);
  });

  it('begins every episode in the same state', async () => {
    const cell = await create();
    const lane = cell.lane();
    cell.begin(lane);
    const first = [...lane.state];
    trajectory(cell, lane, createRng('past'), 5);
    cell.begin(lane);
    expect([...lane.state]).toEqual(first);
  });

  it('shares theta between lanes and nothing else', async () => {
    const cell = await create();
    const [a, b, alone] = [cell.lane(), cell.lane(), cell.lane()];
    for (const lane of [a, b, alone]) cell.begin(lane);
    for (let t = 0; t < 5; t++) {
      trajectory(cell, a, createRng(`a ${t}`), 1);
      trajectory(cell, b, createRng(`b ${t}`), 1);
      trajectory(cell, alone, createRng(`a ${t}`), 1);
    }
    expect([...a.state]).toEqual([...alone.state]);
    if (cell.units > 0) expect([...a.state]).not.toEqual([...b.state]);
    if (cell.params.length === 0) return;
    cell.params.fill(0.3);
    trajectory(cell, a, createRng('next'), 1);
    const old = [...a.state];
    a.state.set(alone.state);
    cell.params.fill(-0.4); // of the other sign: a rectified unit that slept wakes up
    trajectory(cell, a, createRng('next'), 1);
    trajectory(cell, alone, createRng('next'), 1);
    expect([...a.state]).toEqual([...alone.state]);
    expect([...a.state]).not.toEqual(old);
  });

  it('draws theta from the seed alone', async () => {
    const [a, again, other] = [await create(7), await create(7), await create(8)];
    expect(again.rows).toEqual(a.rows);
    expect(again.params).toEqual(a.params);
    if (a.params.length > 0) expect(other.params).not.toEqual(a.params);
  });
});
