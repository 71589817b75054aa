/**
 * Reverse Kronecker-factored RTRL (Marschall, Cho & Savin 2020): the factors of KF-RTRL change places. One number A_r
 * per row, one state vector B_j per source, and random signs nu_r = -1 or 1, one per row:
 *   J_t[m, (row r, source j)] ~ A_r B[m, j]                                                                   (1)
 *   A <- rho0 A + rho1 nu      B <- (D B) / rho0 + N / rho1      N = (sum_r nu_r gain_r) (x) pre              (2)
 *   rho0 = sqrt(|D B| / |A|)      rho1 = sqrt(|N| / |nu|)                                                     (3)
 * The mean over the signs is the exact gradient. B_j is stored where the rows that read source j can reach.
 */
import { z } from 'zod';
import { balance, inverse } from '../balance.ts';
import { columnMatrix } from '../column-matrix.ts';
import { distinct, type Distinct } from '../distinct.ts';
import { dynamicsMacs } from '../dynamics-structure.ts';
import { rowReach } from '../kronecker.ts';
import { definePart } from '../part.ts';
import { randomSigns } from '../random-signs.ts';
import { named } from '../stateful.ts';
import type { Estimator, EstimatorNeeds, Rows } from '../types.ts';
import { combine, length } from '../vectors.ts';

export default definePart<Record<string, never>, EstimatorNeeds, Estimator>({
  cite: 'marschall2020unified',
  summary: 'Kronecker factors the other way round: a number per row, a state vector per source; unbiased',
  options: z.strictObject({}),
  create(_options, rng, { cell: { rows } }) {
    const { start, param } = rows;
    const sources = distinct(rows.source);
    const { values: read, of } = sources;
    const own = rowsWithEntries(rows);
    const matrix = columnMatrix(rows, sourceReach(rows, sources));
    const { entry, column, size } = matrix;
    const A = new Float64Array(own.length); // [rows]
    const B = new Float64Array(size); // [n x sources read] where a source reaches
    const nu = new Float64Array(own.length); // [rows]
    const moved = new Float64Array(size); // D B
    const N = new Float64Array(size);
    const gains = new Float64Array(rows.units * rows.components); // [n] sum_r nu_r gain_r
    const perSource = new Float64Array(read.length); // [sources read] scratch
    return {
      ...named({ A, B }, () => {
        A.fill(0);
        B.fill(0);
      }),
      needs: ['values'],
      noKernel: 'its noise is drawn on the reference path',
      unbiased: true,
      exactOn: ({ source }) => source.length === 0,
      cost: {
        entries: own.length + size,
        macsPerStep:
          dynamicsMacs(rows, 'values') +
          matrix.timesMacs +
          gainsOf(rows, own) +
          3 * own.length +
          6 * size +
          rows.source.length,
      },
      update(d) {
        const { pre, gain } = d.lane;
        randomSigns(rng, nu);
        matrix.times(d.values(), B, moved);
        sumGains(rows, own, nu, gain, gains);
        for (let i = 0; i < size; i++) N[i] = gains[entry[i]!]! * pre[read[column[i]!]!]!;
        const rho0 = balance(length(moved), length(A)); // (3)
        const rho1 = balance(length(N), Math.sqrt(own.length));
        combine(rho0, A, rho1, nu, A); // (2)
        combine(inverse(rho0), moved, inverse(rho1), N, B);
      },
      pull(q, out) {
        perSource.fill(0); // q' B
        for (let i = 0; i < size; i++) perSource[column[i]!]! += q[entry[i]!]! * B[i]!;
        for (let a = 0; a < own.length; a++) {
          const end = start[own[a]! + 1]!;
          for (let e = start[own[a]!]!; e < end; e++) out[param?.[e] ?? e]! += A[a]! * perSource[of[e]!]!; // (1)
        }
      },
      push(v, out) {
        perSource.fill(0); // sum of A_r v over the entries that read a source
        for (let a = 0; a < own.length; a++) {
          const end = start[own[a]! + 1]!;
          for (let e = start[own[a]!]!; e < end; e++) perSource[of[e]!]! += A[a]! * v[param?.[e] ?? e]!;
        }
        out.fill(0);
        for (let i = 0; i < size; i++) out[entry[i]!]! += B[i]! * perSource[column[i]!]!;
      },
    };
  },
});

/** Rows without an entry, whose parameters another estimator has, would only make noise. */
function rowsWithEntries({ count, start }: Rows): Int32Array {
  return Int32Array.from({ length: count }, (_, r) => r).filter((r) => start[r + 1]! > start[r]!);
}

/** For every source, the state entries that the rows reading it ever move. */
function sourceReach(rows: Rows, { values, of }: Distinct): Int32Array[] {
  const reaches = Array.from(values, () => new Set<Int32Array>()); // many rows share one
  rowReach(rows).forEach((kept, r) => {
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) reaches[of[e]!]!.add(kept);
  });
  return reaches.map((sets) => {
    if (sets.size === 1) return [...sets][0]!;
    const entries = new Set<number>();
    for (const kept of sets) for (const entry of kept) entries.add(entry);
    return Int32Array.from(entries).sort();
  });
}

/** out = sum_r nu_r gain_r */
function sumGains(rows: Rows, own: Int32Array, nu: Float64Array, gain: Float64Array, out: Float64Array): void {
  const { destStart, dest, components: b } = rows;
  out.fill(0);
  for (let a = 0; a < own.length; a++) {
    const end = destStart[own[a]! + 1]!;
    for (let d = destStart[own[a]!]!; d < end; d++) {
      for (let c = 0; c < b; c++) out[dest[d]! * b + c]! += nu[a]! * gain[d * b + c]!;
    }
  }
}

/** Numbers of `gain` that these rows have. */
function gainsOf({ destStart, components }: Rows, own: Int32Array): number {
  return own.reduce((sum, r) => sum + (destStart[r + 1]! - destStart[r]!) * components, 0);
}
