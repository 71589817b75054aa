/**
 * The synthetic test-bed of the columnar paper as it was coded (Javed, White & Sutton 2021; code
 * columnar_networks@c11744a): nothing is learned, only gradients are compared.
 *   x_t in {0,1}^50, Bernoulli(1/2);  y*_t ~ U(-50, 50);  y_t = sum_i w_i h_i(t),  w ~ N(0, .1^2)
 *   L = sum_t 1/2 (y*_t - y_t)^2 over T = 50 steps, M = 20 columns of width k = 5
 * `sparsity` is the expected number of lateral links of a gate as a multiple of its k own features: a link exists
 * with probability min(1, sparsity k / (k (M-1) + M)).
 */
import { createRng } from '@rl-tools/envs';
import deepColumns from '../../src/cells/deep-columns.ts';
import type { Cell } from '../../src/types.ts';

export interface BedOptions {
  readonly sparsity: number;
  readonly seed: number;
  readonly columns?: number; // M
  readonly features?: number; // k
  readonly steps?: number; // T
  readonly inputSize?: number;
}

export interface Bed {
  readonly cell: Cell;
  readonly inputs: readonly Float64Array[]; // T x [50]
  readonly targets: Float64Array; // [T]
  readonly head: Float64Array; // w [M]
}

export function lateralProbability(sparsity: number, columns = 20, features = 5): number {
  return Math.min(1, (sparsity * features) / (features * (columns - 1) + columns));
}

export function createBed({ sparsity, seed, columns = 20, features = 5, steps = 50, inputSize = 50 }: BedOptions): Bed {
  const lateral = lateralProbability(sparsity, columns, features);
  const options = deepColumns.options.parse({ columns, features, lateral, gate: 'sum' });
  const cell = deepColumns.create(options, createRng(`testbed/${seed}/cell`), { inputSize });
  const data = createRng(`testbed/${seed}/data`);
  const bit = (): number => (data.uniform() < 0.5 ? 0 : 1);
  return {
    cell,
    inputs: Array.from({ length: steps }, () => Float64Array.from({ length: inputSize }, bit)),
    targets: Float64Array.from({ length: steps }, () => 100 * data.uniform() - 50),
    head: Float64Array.from({ length: columns }, () => 0.1 * data.normal()),
  };
}
