/** Masks of sparse gated cells: what every row keeps, and what a mask shared by all gates leaves of D. */
import { createRng } from '@rl-tools/envs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dynamicsPattern } from '../src/dynamics-structure.ts';
import type { Rows } from '../src/types.ts';
import { createCell } from './oracle/problem.ts';

const GATED = ['gru', 'gru-reset-before', 'lstm', 'rhn'] as const;
const MASKS = ['independent', 'shared'] as const;

/** What row r reads: inputs and the constant by their place in pre, units as `unit j`, r_j h_j as the unit j too. */
function reads(rows: Rows, r: number): Set<string> {
  const { inputSize: m, components: b, units } = rows;
  return new Set(
    [...rows.source.subarray(rows.start[r], rows.start[r + 1])].map((source) =>
      source <= m ? `x ${source}` : `unit ${Math.floor((source - m - 1) / b) % units}`,
    ),
  );
}

/** Units that each unit's rows of these groups read, its own always. */
function readUnits(rows: Rows, names: readonly string[]): Set<number>[] {
  const found = Array.from({ length: rows.units }, (_, unit) => new Set([unit]));
  for (const { name, start, end } of rows.groups) {
    if (!names.includes(name)) continue;
    for (let r = start; r < end; r++) {
      for (const what of reads(rows, r)) if (what.startsWith('unit')) found[r - start]!.add(Number(what.slice(5)));
    }
  }
  return found;
}

const count = (sets: readonly Set<number>[]): number => sets.reduce((sum, set) => sum + set.size, 0);
const blocks = (rows: Rows): number => dynamicsPattern(rows).column.length;
const sparse = (id: string, options: object, seed = 0) =>
  createCell({ id, options: { units: 24, density: 0.15, ...options }, inputSize: 5, seed });

describe.each(GATED)('a sparse %s', (id) => {
  it('keeps the constant and the self-connection of every row that may read them, whatever the mask', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          units: fc.integer({ min: 1, max: 12 }),
          density: fc.double({ min: 0.01, max: 1, noNaN: true }),
          mask: fc.constantFrom(...MASKS),
        }),
        fc.nat(1000),
        async (options, seed) => {
          const { rows } = await createCell({ id, options, seed, inputSize: 3 });
          const { rows: dense } = await createCell({ id, options: { units: options.units }, inputSize: 3 });
          for (const { start, end } of rows.groups) {
            for (let r = start; r < end; r++) {
              for (const what of ['x 3', `unit ${r - start}`]) {
                expect(reads(rows, r).has(what)).toBe(reads(dense, r).has(what));
              }
            }
          }
        },
      ),
      { numRuns: 60 },
    );
    const { rows } = await sparse(id, {}); // control: others are dropped
    expect(rows.source.length).toBeLessThan(
      0.5 * (await createCell({ id, options: { units: 24 } })).rows.source.length,
    );
  });

  it('reads the same through all of a unit’s gates with a shared mask, and not with independent ones', async () => {
    const differences = async (mask: string): Promise<number> => {
      const { rows } = await sparse(id, { mask });
      const all = rows.groups.map(({ name }) => readUnits(rows, [name]));
      const recurrent = all.filter((sets) => count(sets) > rows.units); // a group that reads x alone has no say
      expect(recurrent.length).toBeGreaterThan(1);
      return recurrent.filter(
        (sets) => JSON.stringify(sets.map((s) => [...s])) !== JSON.stringify(recurrent[0]!.map((s) => [...s])),
      ).length;
    };
    expect(await differences('shared')).toBe(0);
    expect(await differences('independent')).toBeGreaterThan(0);
  });

  it('draws a shared mask at the density asked for', async () => {
    const { rows } = await sparse(id, { mask: 'shared', units: 60 });
    const kept = rows.groups[0]!;
    const total = rows.start[kept.end]! - rows.start[kept.start]! - 2 * 60;
    expect(total / (60 * (5 + 59))).toBeCloseTo(0.15, 1);
  });
});

describe('a shared mask leaves D', () => {
  it.each([
    ['gru', 'update'],
    ['lstm', 'input'],
    ['rhn', 'forget'],
  ])('as many blocks in %s as its %s gate alone, and independent masks leave more', async (id, gate) => {
    const { rows } = await sparse(id, { mask: 'shared' });
    expect(blocks(rows)).toBe(count(readUnits(rows, [gate])));
    const { rows: apart } = await sparse(id, {});
    expect(blocks(apart)).toBeGreaterThan(1.5 * count(readUnits(apart, [gate])));
  });

  it('two hops of the one mask where the reset gate comes before the product, and fewer blocks than apart', async () => {
    const { rows } = await sparse('gru-reset-before', { mask: 'shared' });
    const one = readUnits(rows, ['update']);
    const two = one.map((set) => new Set([...set].flatMap((j) => [...one[j]!])));
    expect(blocks(rows)).toBe(count(two));
    expect(blocks(rows)).toBeGreaterThan(count(one));
    expect(blocks((await sparse('gru-reset-before', {})).rows)).toBeGreaterThan(1.2 * count(two));
  });
});

it.each(['gru', 'lstm'])('independent masks of %s are drawn row by row, source by source, before theta', async (id) => {
  const options = { units: 7, density: 0.4 };
  const drawn = async (seed: number): Promise<Set<string>[]> => {
    const { rows: dense } = await createCell({ id, options: { units: 7 }, seed });
    const rng = createRng(`${seed}/cell`);
    return Array.from({ length: dense.count }, (_, r) => {
      const unit = `unit ${dense.dest[dense.destStart[r]!]}`;
      return new Set([...reads(dense, r)].filter((what) => what === 'x 3' || what === unit || rng.uniform() < 0.4));
    });
  };
  const { rows } = await createCell({ id, options, seed: 5 });
  const kept = Array.from({ length: rows.count }, (_, r) => reads(rows, r));
  expect(kept).toEqual(await drawn(5));
  expect(kept).not.toEqual(await drawn(6)); // control
});
