import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { memoryPlan } from '../../src/kernels/memory-plan.ts';
import { passMemory } from '../../src/kernels/pass-memory.ts';
import { layOutQuads, type SumRows } from '../../src/kernels/quads.ts';

const COUNT = 32;
const THETA = 1e6; // where weights seem to lie, in a memory of their own
const READ = 2e6;

/** Rows of the lengths given, each of which reads places at random. */
function rowsOf(lengths: readonly number[]): SumRows {
  const rng = createRng('pass-memory');
  const start = new Int32Array(COUNT + 1);
  lengths.forEach((length, r) => (start[r + 1] = start[r]! + length));
  return {
    count: COUNT,
    layers: 1,
    layer: new Int32Array(COUNT),
    start,
    source: Int32Array.from({ length: start[COUNT]! }, () => rng.integer(0, COUNT - 1)),
    groups: [{ name: 'all', start: 0, end: COUNT }],
  };
}

const passOf = (rows: SumRows) => {
  const plan = memoryPlan();
  const { globals } = passMemory('some', plan, 4, {
    rows,
    theta: (entry) => THETA + 4 * entry,
    read: { offset: (source) => READ + 4 * source, zeroAt: READ - 16 },
    slot: (row) => row,
    slots: COUNT,
  });
  const tableAt = (address: number): number[] => Array.from(plan.tables.find(([at]) => at === address)![1]);
  return { globals, tableAt };
};

const UNEVEN = Array.from({ length: COUNT }, (_, r) => (7 * r) % 13);

it('every weight lies in one place, beside rows of like length', () => {
  const rows = rowsOf(UNEVEN);
  const { globals, tableAt } = passOf(rows);
  const thetas = tableAt(globals['someThetas']!).filter((address) => address >= THETA);
  expect(thetas.sort((a, b) => a - b)).toEqual(Array.from(rows.source, (_, entry) => THETA + 4 * entry));
  const lines = (globals['someLinesEnd']! - globals['someLines']!) / 16;
  const asTheyCome = layOutQuads(rows, { offset: (source) => READ + 4 * source, zeroAt: READ - 16 }, 4).lines;
  expect(lines).toBeLessThan(asTheyCome);
});

it('every sum finds its slot, and sums of equally long rows are there already', () => {
  const { globals, tableAt } = passOf(rowsOf(UNEVEN));
  const order = tableAt(globals['someOrder']!);
  expect(new Set(order).size).toBe(COUNT);
  const made = order.map((address) => (address - globals['someSums']!) / 4);
  expect([...made].sort((a, b) => a - b)).toEqual(Array.from(made, (_, i) => i));
  const lengthOf = (row: number): number => UNEVEN[row]!;
  const byMaking = made.map((_, i) => lengthOf(made.indexOf(i)));
  expect(byMaking).toEqual([...UNEVEN].sort((a, b) => a - b));
  expect(passOf(rowsOf(UNEVEN.map(() => 5))).globals['someOrder']).toBe(0);
});
