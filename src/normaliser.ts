/**
 * Online normalisation (Javed et al. 2023, as in the published code), per entry:
 *   mu <- beta mu + (1 - beta) x,   var <- max(floor, beta var + (1 - beta)(x - mu)^2),   out = (x - mu) / sqrt(var)
 * from mu = 0, var = 1; mu in the second formula is the new one. Both are constants for the gradient. beta = 1 is none.
 * Without a rate the statistics are those of all that was seen: welford.ts.
 * `freeze` keeps the statistics of a range of entries for good: a stage that has stopped learning.
 */
import { named } from './stateful.ts';
import type { NormaliserKernel } from './kernels/kernel.ts';
import type { Stateful } from './types.ts';
import { welford } from './welford.ts';

export interface NormaliserOptions {
  readonly rate: number | null; // beta in (0, 1]; null: all that was seen counts alike
  readonly floor: number; // of the variance, > 0; unused where rate is null
}

export interface Normaliser extends Stateful {
  readonly macsPerStep: number;
  readonly kernel?: NormaliserKernel;
  readonly noKernel?: string; // why there is none
  readonly scale: Float64Array; // [size] 1 / sqrt(var) used for the latest output
  /** out = (x - mean) / sqrt(var); where `learn`, after x has been counted. */
  step(x: Float64Array, out: Float64Array, learn: boolean): void;
  /** Entries from `first` up to `end` keep their statistics until `restart`. */
  freeze(first: number, end: number): void;
  restart(first: number, end: number): void; // as at the start
}

export function normaliser(size: number, { rate, floor }: NormaliserOptions): Normaliser {
  return rate === null ? welford(size) : exponential(size, { rate, floor });
}

function exponential(size: number, { rate, floor }: NormaliserKernel): Normaliser {
  const mean = new Float64Array(size); // mu
  const variance = new Float64Array(size).fill(1);
  const frozen = new Float64Array(size); // 1 = keep
  const scale = new Float64Array(size).fill(1);
  return {
    kernel: { rate, floor },
    macsPerStep: 6 * size, // mean 2, variance 3, output 1
    scale,
    // Statistics are learned, not remembered: an episode does not clear them.
    ...named({ mean, variance, frozen }, () => undefined),
    freeze: (first, end) => frozen.fill(1, first, end),
    restart(first, end) {
      mean.fill(0, first, end);
      variance.fill(1, first, end);
      frozen.fill(0, first, end);
    },
    step(x, out, learn) {
      for (let i = 0; i < size; i++) {
        const value = x[i]!;
        if (learn && frozen[i] === 0) {
          const mu = (mean[i] = rate * mean[i]! + (1 - rate) * value);
          variance[i] = Math.max(floor, rate * variance[i]! + (1 - rate) * (value - mu) ** 2);
        }
        scale[i] = 1 / Math.sqrt(variance[i]!);
        out[i] = (value - mean[i]!) * scale[i]!;
      }
    },
  };
}
