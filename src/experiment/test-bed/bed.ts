/**
 * The synthetic test-bed of the columnar paper as it was coded (Javed, White & Sutton 2021; code
 * columnar_networks@c11744a): nothing is learned about the stream (envs/tasks/columnar-test-bed.ts), only gradients of
 *   L = sum_t 1/2 (y*_t - y_t)^2,   y_t = w . h_t,   w_0 ~ N(0, .1^2)
 * over one sequence are compared. `sparsity` is the expected number of lateral links of a gate as a multiple of its k
 * own features: a link exists with probability min(1, sparsity k / (k (M-1) + M)).
 */
import { createRng, makeEnv } from '@rl-tools/envs';
import deepColumns from '../../cells/deep-columns.ts';
import { step } from '../../rows.ts';
import type { Cell } from '../../types.ts';

export interface BedOptions {
  readonly sparsity: number;
  readonly seed: number;
  readonly columns?: number; // M
  readonly features?: number; // k
  readonly length?: number; // T
  readonly inputs?: number;
  readonly gate?: string;
}

export interface Bed {
  readonly seed: string; // the cell is drawn from `${seed}/cell`
  readonly cellOptions: Readonly<Record<string, unknown>>;
  readonly cell: Cell;
  readonly inputs: readonly Float64Array[]; // T x [inputs]
  readonly targets: Float64Array; // y* [T]
  readonly head: Float64Array; // w_0 [M]
}

export function lateralProbability(sparsity: number, columns = 20, features = 5): number {
  return Math.min(1, (sparsity * features) / (features * (columns - 1) + columns));
}

export async function createBed(options: BedOptions): Promise<Bed> {
  const { sparsity, columns = 20, features = 5, length = 50, inputs = 50, gate = 'sum' } = options;
  const seed = `test-bed/${options.seed}`;
  const cellOptions = { columns, features, lateral: lateralProbability(sparsity, columns, features), gate };
  const env = await makeEnv('columnar-test-bed', { inputs, length });
  const weights = createRng(`${seed}/head`);
  const targets = new Float64Array(length);
  const seen = Array.from({ length }, (_, t) => {
    const [observation] = t === 0 ? env.reset({ seed: options.seed }) : env.step(0);
    targets[t] = env.value!();
    return Float64Array.from(observation as Float64Array);
  });
  env.close();
  return {
    seed,
    cellOptions,
    cell: deepColumns.create(deepColumns.options.parse(cellOptions), createRng(`${seed}/cell`), { inputSize: inputs }),
    inputs: seen,
    targets,
    head: Float64Array.from({ length: columns }, () => 0.1 * weights.normal()),
  };
}

/** h_t [T x M]. */
export function statesOf({ cell, inputs }: Bed): Float64Array[] {
  const lane = cell.lane();
  cell.begin(lane);
  return inputs.map((x) => {
    step(cell, lane, x);
    return Float64Array.from(lane.state);
  });
}

export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}
