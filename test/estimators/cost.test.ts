/**
 * Predicted cost = counted cost. Counted here from boolean matrices: S (kept entries of J, n x entries of the rows),
 * A and B (patterns of D and I):
 *   entries = |S|                                                     numbers of J
 *   macs    = #{(i, l, j): S[i,j], A[i,l], S[l,j]}                      D J
 *           + #{(i, j): S[i,j], B[i,j]}                                 + I, one gain times one pre
 *           + |S, rows that heads read|                               q' J
 *           + b #{(destination, entry): the entry reads s_{t-1}}        D itself
 * Panels visit the nonzeros of D and I, entry by entry. Traces (columnar; snap 1 where every row moves one unit) visit
 * whole b x b blocks, pull every component, and need D's own blocks alone.
 */
import { describe, expect, it } from 'vitest';
import type { Cell, Rows } from '../../src/types.ts';
import { cellCases } from '../oracle/cases.ts';
import { eachEntry, stateEntry } from '../oracle/dense.ts';
import { createEstimator } from '../oracle/estimate.ts';
import { count, dynamicsPattern, falses, immediatePattern, snapMask, type BooleanMatrix } from '../oracle/masks.ts';
import { createCell } from '../oracle/problem.ts';

interface Counts {
  readonly entries: number;
  readonly macsPerStep: number;
  readonly pull: number; // of it
}

function counted({ rows, readout }: Cell, S: BooleanMatrix, by: 'panels' | 'traces'): Counts {
  const read = new Set(readout);
  const convention = by === 'panels' ? 'strict' : 'unit-block';
  const A = dynamicsPattern(rows, convention);
  const B = immediatePattern(rows, convention);
  let macs = 0;
  let pull = 0;
  S.forEach((row, i) => {
    row.forEach((kept, j) => {
      if (!kept) return;
      macs += S.filter((other, l) => A[i]![l]! && other[j]!).length; // D J
      if (B[i]![j]!) macs++; // I
      if (by === 'traces' || read.has(i)) pull++; // q' J
    });
  });
  return { entries: count(S), macsPerStep: macs + pull + rows.components * products(rows, by === 'traces'), pull };
}

/** Products gain x theta that D is made of. */
function products(rows: Rows, ownOnly: boolean): number {
  let total = 0;
  for (let r = 0; r < rows.count; r++) {
    const destinations = rows.dest.subarray(rows.destStart[r], rows.destStart[r + 1]);
    eachEntry(rows, r, (source) => {
      const from = stateEntry(rows, source);
      if (from === null) return;
      const unit = Math.floor(from / rows.components);
      total += ownOnly ? destinations.filter((dest) => dest === unit).length : destinations.length;
    });
  }
  return total;
}

/** Each row's first destination, all components. */
function ownMask(rows: Rows): BooleanMatrix {
  const S = falses(rows.units * rows.components, rows.source.length);
  for (let r = 0; r < rows.count; r++) {
    const unit = rows.dest[rows.destStart[r]!]!;
    for (let c = 0; c < rows.components; c++) {
      S[unit * rows.components + c]!.fill(true, rows.start[r], rows.start[r + 1]);
    }
  }
  return S;
}

describe.each(cellCases())('cost on $label', ({ id, options }) => {
  it('is what the structure counts, for rtrl, columnar and snap', async () => {
    const cell = await createCell({ id, options });
    const { rows } = cell;
    const predicted = async (name: string, chosen = {}): Promise<Counts> => {
      const { entries, macsPerStep, pull, anotherPull } = (await createEstimator(cell, name, chosen)).cost;
      return { entries, macsPerStep, pull: anotherPull ?? pull! };
    };
    const closure = snapMask(rows, rows.units * rows.components + 1, 'strict');
    expect(await predicted('rtrl')).toEqual(counted(cell, closure, 'panels'));
    expect(await predicted('columnar')).toEqual(counted(cell, ownMask(rows), 'traces'));
    const single = rows.dest.length === rows.count;
    for (const n of [1, 2, 3]) {
      for (const convention of ['unit-block', 'strict'] as const) {
        const by = single && n === 1 && convention === 'unit-block' ? 'traces' : 'panels';
        const S = snapMask(rows, n, convention);
        expect(await predicted('snap', { n, convention })).toEqual(counted(cell, S, by));
        if (rows.source.length === 0) continue;
        const narrower = S.map((row) => row.map((kept, j) => kept && j > 0)); // control
        expect(await predicted('snap', { n, convention })).not.toEqual(counted(cell, narrower, by));
      }
    }
  });

  it('stores as many numbers between steps as it predicts', async () => {
    const cell = await createCell({ id, options });
    for (const name of [
      'rtrl',
      'columnar',
      'snap',
      'immediate',
      'rflo',
      'e-prop',
      'kernl',
      'dni',
      'none',
      'uoro',
      'kf-rtrl',
      'r-kf-rtrl',
      'ok',
    ]) {
      const { arrays, cost } = await createEstimator(cell, name);
      expect(Object.values(arrays).reduce((sum, length) => sum + length, 0)).toBe(cost.entries);
    }
    for (const mode of ['rolling', 'chunked']) {
      const { arrays, cost } = await createEstimator(cell, 'tbptt', { mode });
      expect(Object.values(arrays).reduce((sum, length) => sum + length, 0)).toBe(cost.entries + 1); // and a counter
    }
  });
});
