import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClosed, reached } from '../src/reach.ts';
import { buildRows } from '../src/rows.ts';
import type { Rows } from '../src/types.ts';
import { snapMask, type BooleanMatrix } from './oracle/masks.ts';
import { createCell } from './oracle/problem.ts';
import { syntheticCell } from './oracle/synthetic-cell.ts';

const CONVENTIONS = ['unit-block', 'strict'] as const;

/** The state entries that a mask keeps for a row. */
function keptBy(mask: BooleanMatrix, rows: Rows, r: number): number[] {
  return mask.flatMap((row, entry) => (row[rows.start[r]!] ? [entry] : []));
}

describe('reached', () => {
  it('is the boolean matrix B or AB or ... of every row, for random sparse nets', async () => {
    const spec = fc.record({
      id: fc.constantFrom('tanh', 'gru', 'lstm'),
      units: fc.integer({ min: 1, max: 7 }),
      density: fc.double({ min: 0.02, max: 0.6, noNaN: true }),
      seed: fc.nat(1000),
      n: fc.integer({ min: 1, max: 5 }),
      convention: fc.constantFrom(...CONVENTIONS),
    });
    await fc.assert(
      fc.asyncProperty(spec, async ({ id, units, density, seed, n, convention }) => {
        const { rows } = await createCell({ id, seed, options: { units, density } });
        const mask = snapMask(rows, n, convention);
        reached(rows, n, convention).forEach((set, r) => expect([...set]).toEqual(keptBy(mask, rows, r)));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('keeps every destination of rows that move several units', () => {
    const { rows } = syntheticCell({ neighbours: true, components: 2, units: 5 });
    expect([...reached(rows, 1)[4]!]).toEqual([0, 1, 8, 9]);
    expect([...reached(rows, 2)[1]!]).toEqual([2, 3, 4, 5, 6, 7]);
    expect(reached(rows, Infinity).every((set) => set.length === 10)).toBe(true);
  });

  it('always includes the unit itself and never shrinks', async () => {
    const { rows } = await createCell({ id: 'gru', options: { units: 8, density: 0.1 } });
    const [one, two, all] = [reached(rows, 1), reached(rows, 2), reached(rows, Infinity)];
    for (let r = 0; r < rows.count; r++) {
      expect(one[r]).toContain(rows.dest[rows.destStart[r]!]);
      expect([...two[r]!]).toEqual(expect.arrayContaining([...one[r]!]));
      expect([...all[r]!]).toEqual(expect.arrayContaining([...two[r]!]));
    }
  });
});

describe('isClosed', () => {
  it('holds exactly where one step more reaches nothing new', async () => {
    const answers = new Set<boolean>();
    for (const convention of CONVENTIONS) {
      for (const [id, options] of [
        ['tanh', { units: 6, density: 0.15 }],
        ['lstm', {}],
        ['lstm-columns', {}],
        ['deep-columns', { lateral: 0.1 }],
      ] as const) {
        const { rows } = await createCell({ id, options });
        for (const n of [1, 2, 3, 10]) {
          const grows = reached(rows, n, convention).some((set, r) => {
            return reached(rows, n + 1, convention)[r]!.length > set.length;
          });
          expect(isClosed(rows, reached(rows, n, convention), convention)).toBe(!grows);
          answers.add(grows);
        }
      }
    }
    expect(answers.size).toBe(2); // both answers occurred
  });

  it('fails for a set without the units that a row moves at once', () => {
    const row = { sources: [0], destinations: [0, 1] };
    const rows = buildRows({ inputSize: 1, units: 2, components: 1 }, [{ name: 'both', rows: [row] }]); // D is diagonal
    expect(isClosed(rows, [Int32Array.of(0)])).toBe(false);
    expect(isClosed(rows, [Int32Array.of(0, 1)])).toBe(true);
  });
});
