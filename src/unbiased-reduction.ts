/**
 * Opt(C) (Benzing et al. 2019): a matrix C [n x n] becomes a random one of rank n - 1 whose mean is C, with the least
 * variance there is. With singular values sigma_1 >= ... >= sigma_n:
 *   the q largest are kept as they are; the other k = n - q are mixed, S1 = sum of those, where k is the largest count
 *   with (k - 1) sigma_{q+1} <= S1                                                                            (1)
 *   z_i = sqrt(1 - (k - 1) sigma_i / S1), a unit vector; Z [k x k-1] orthonormal columns, orthogonal to z         (2)
 *   C ~ U L (V L)',   L = diag(s) Z sqrt(S1 / (k - 1)) on the mixed, sqrt(sigma_i) on the kept, s random signs  (3)
 *   variance = S1^2 / (k - 1) - sum over the mixed of sigma_i^2                                               (4)
 * Z is a Householder reflection without its last column. An overall sign of s cancels: the last one is 1.
 */
import { smallSvd, smallSvdMacs } from './small-svd.ts';
import { weightedSum } from './vectors.ts';

export interface Reduction {
  readonly left: readonly Float64Array[]; // n - 1 columns [n] of U L
  readonly right: readonly Float64Array[]; // n - 1 columns [n] of V L
  reduce(C: Float64Array, signs: Float64Array): void; // signs [n - 1]
}

export function unbiasedReduction(n: number): Reduction {
  const { sigma, u, v, decompose } = smallSvd(n);
  const z = new Float64Array(n); // [n] 0 on the kept
  const columns = (): Float64Array[] => Array.from({ length: n - 1 }, () => new Float64Array(n));
  const [mix, left, right] = [columns(), columns(), columns()]; // mix = L
  return {
    left,
    right,
    reduce(C, signs) {
      decompose(C);
      const kept = keptCount(sigma);
      const mean = tailSum(sigma, kept) / (n - 1 - kept); // S1 / (k - 1)
      for (let i = 0; i < n; i++) z[i] = i < kept || mean === 0 ? 0 : Math.sqrt((mean - sigma[i]!) / mean); // (2)
      fillMix(sigma, z, kept, Math.sqrt(mean), signs, mix);
      for (let l = 0; l < n - 1; l++) {
        weightedSum(u, mix[l]!, left[l]!); // (3)
        weightedSum(v, mix[l]!, right[l]!);
      }
    },
  };
}

export function unbiasedReductionMacs(n: number): number {
  return smallSvdMacs(n) + (n - 1) * (n - 1) + n * (n - 1) + 2 * n * n * (n - 1);
}

/** q of (1). Two can always be mixed. */
function keptCount(sigma: Float64Array): number {
  let q = 0;
  while (sigma[q]! > tailSum(sigma, q) / (sigma.length - 1 - q)) q++;
  return q;
}

/** The smallest first. */
function tailSum(sigma: Float64Array, from: number): number {
  let sum = 0;
  for (let i = sigma.length - 1; i >= from; i--) sum += sigma[i]!;
  return sum;
}

/** L = diag(lengths, signed) H without its last column; H = 1 - w w' / (1 + z_n), w = z + e_n, maps e_n to -z. */
function fillMix(
  sigma: Float64Array,
  z: Float64Array,
  kept: number,
  root: number,
  signs: Float64Array,
  mix: readonly Float64Array[],
): void {
  const last = sigma.length - 1;
  for (let i = 0; i <= last; i++) {
    const signed = i < last && signs[i]! < 0 ? -root : root;
    const scale = i < kept ? Math.sqrt(sigma[i]!) : signed;
    for (let j = 0; j < last; j++) {
      const reflected = i === last ? -z[j]! : (i === j ? 1 : 0) - (z[i]! * z[j]!) / (1 + z[last]!);
      mix[j]![i] = scale * reflected;
    }
  }
}
