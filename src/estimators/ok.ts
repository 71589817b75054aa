/**
 * Optimal Kronecker-sum approximation (Benzing et al. 2019): J is carried as r Kronecker products,
 *   J_t ~ sum_{j <= r} A_j (x) u_j                                                                            (1)
 * A step makes r + 1 of them, (D A_j, u_j) and I's own (Delta, v) (kronecker.ts). Both sides are orthonormalised,
 *   [u_1 .. u_r v] = Q1 R1      [D A_1 .. D A_r Delta] = Q2 R2      C = R1 R2'   [(r+1) x (r+1)]              (2)
 * and C is reduced to rank r at random, unbiased and with the least variance (unbiased-reduction.ts):
 *   C ~ L R'      [u_1 .. u_r] <- Q1 L      [A_1 .. A_r] <- Q2 R                                              (3)
 * The mean over the signs is the exact gradient; with r as large as the rank of J nothing is random at all. The singular
 * values are found by a fixed number of sweeps, so that the cost is known beforehand.
 */
import { z } from 'zod';
import { distinct } from '../distinct.ts';
import { dynamicsMacs } from '../dynamics-structure.ts';
import { kronecker, rowReach } from '../kronecker.ts';
import { orthonormalise, orthonormaliseMacs } from '../orthonormalise.ts';
import { definePart } from '../part.ts';
import { randomSigns } from '../random-signs.ts';
import { named } from '../stateful.ts';
import type { Estimator, EstimatorNeeds, Rows } from '../types.ts';
import { unbiasedReduction, unbiasedReductionMacs } from '../unbiased-reduction.ts';
import { weightedSum } from '../vectors.ts';

const options = z.strictObject({
  rank: z.number().int().min(1).max(32).default(4).describe('r, Kronecker products kept'),
});

export default definePart<z.infer<typeof options>, EstimatorNeeds, Estimator>({
  cite: 'benzing2019optimal',
  summary: 'the influence as the best sum of r random Kronecker products: unbiased, hardly noisy',
  options,
  create({ rank: r }, rng, { cell: { rows } }) {
    const n = r + 1;
    const factors = kronecker(rows);
    const { sources, size } = factors;
    const u = new Float64Array(r * sources); // [r x sources read]
    const A = new Float64Array(r * size); // [r x (n x rows)] where rows reach
    const [uOf, AOf] = [parts(u, r), parts(A, r)];
    const x = parts(new Float64Array(n * sources), n); // u_1 .. u_r v, then Q1
    const y = parts(new Float64Array(n * size), n); // D A_1 .. D A_r Delta, then Q2
    const [R1, R2, C] = [new Float64Array(n * n), new Float64Array(n * n), new Float64Array(n * n)];
    const signs = new Float64Array(r);
    const { left, right, reduce } = unbiasedReduction(n);
    const both = sources + size;
    return {
      ...named({ u, A }, () => {
        u.fill(0);
        A.fill(0);
      }),
      needs: ['values'],
      noKernel: 'its noise is drawn on the reference path',
      unbiased: true,
      exactOn: (some) => r >= largestRank(some),
      cost: {
        entries: r * both,
        macsPerStep:
          dynamicsMacs(rows, 'values') +
          r * factors.timesMacs +
          orthonormaliseMacs(n, both) +
          (n * (n + 1) * (2 * n + 1)) / 6 + // C
          unbiasedReductionMacs(n) +
          r * n * both +
          r * factors.pullMacs,
      },
      update(d) {
        for (let j = 0; j < r; j++) {
          x[j]!.set(uOf[j]!);
          factors.times(d.values(), AOf[j]!, y[j]!);
        }
        factors.read(d.lane, x[r]!, y[r]!);
        orthonormalise(x, R1); // (2)
        orthonormalise(y, R2);
        outer(R1, R2, n, C);
        randomSigns(rng, signs);
        reduce(C, signs); // (3)
        for (let j = 0; j < r; j++) {
          weightedSum(x, left[j]!, uOf[j]!);
          weightedSum(y, right[j]!, AOf[j]!);
        }
      },
      pull(q, out) {
        for (let j = 0; j < r; j++) factors.pull(q, uOf[j]!, AOf[j]!, out); // (1)
      },
      push(v, out) {
        out.fill(0);
        for (let j = 0; j < r; j++) factors.push(v, uOf[j]!, AOf[j]!, out);
      },
    };
  },
});

/** J seen as a matrix of (state entry, row) by source has no more rank than either side has numbers. */
function largestRank(rows: Rows): number {
  const size = rowReach(rows).reduce((sum, kept) => sum + kept.length, 0);
  return Math.min(size, distinct(rows.source).values.length);
}

/** Equal parts of an array, as views. */
function parts(whole: Float64Array, count: number): Float64Array[] {
  const size = whole.length / count;
  return Array.from({ length: count }, (_, j) => whole.subarray(j * size, (j + 1) * size));
}

/** C = R1 R2' of two upper triangles. */
function outer(R1: Float64Array, R2: Float64Array, n: number, C: Float64Array): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = Math.max(i, j); k < n; k++) sum += R1[i * n + k]! * R2[j * n + k]!;
      C[i * n + j] = sum;
    }
  }
}
