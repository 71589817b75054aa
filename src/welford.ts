/**
 * Mean and variance of all that was seen so far, per entry (Welford 1962), as streaming agents normalise observations
 * (Elsayed, Vasan & Mahmood 2024):
 *   n <- n + 1,   d = x - mu,   mu <- mu + d / n                            (1)
 *   M <- M + d (x - mu), with the new mu                                    (2)
 *   var = M / (n - 1), 1 for n < 2;   out = (x - mu) / sqrt(var + 1e-8)     (3)
 * from n = mu = M = 0: x is taken in before it is normalised. Both are constants for the gradient. Every entry counts for
 * itself, because a range may begin anew.
 */
import type { Normaliser } from './normaliser.ts';
import { named } from './stateful.ts';

const EPSILON = 1e-8;

export function welford(size: number): Normaliser {
  const count = new Float64Array(size); // n
  const mean = new Float64Array(size); // mu
  const squares = new Float64Array(size); // M
  const frozen = new Float64Array(size); // 1 = keep
  const scale = new Float64Array(size).fill(1);
  return {
    macsPerStep: 2 * size, // squares 1, output 1
    noKernel: 'statistics of all that was seen are kept on the reference path alone',
    scale,
    // Statistics are learned, not remembered: an episode does not clear them.
    ...named({ count, mean, squares, frozen }, () => undefined),
    freeze: (first, end) => frozen.fill(1, first, end),
    restart: (first, end) => [count, mean, squares, frozen].forEach((array) => array.fill(0, first, end)),
    step(x, out, learn) {
      for (let i = 0; i < size; i++) {
        const value = x[i]!;
        if (learn && frozen[i] === 0) {
          const n = ++count[i]!; // (1)
          const change = value - mean[i]!;
          const mu = (mean[i] = mean[i]! + change / n);
          squares[i] = squares[i]! + change * (value - mu); // (2)
        }
        const variance = count[i]! < 2 ? 1 : squares[i]! / (count[i]! - 1); // (3)
        scale[i] = 1 / Math.sqrt(variance + EPSILON);
        out[i] = (value - mean[i]!) * scale[i]!;
      }
    },
  };
}
