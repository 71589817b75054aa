/**
 * The drifting target of K1 (Sutton 1992, "Gain adaptation beats least squares?"): a linear target whose relevant weights
 * walk at random.
 *
 * Observation [inputs]: x_t, independent standard normals. Target y_t = sum_i w_i x_i over the first `relevant` inputs, plus
 * normal noise of standard deviation `noise`. The weights start at 0; before every example but the first, a normal of
 * standard deviation `drift` is added to each. Convention (reward, value, discount 0): streams/supervised.ts. One action.
 * No end. The defaults are the paper's: 20 inputs, 5 relevant, variances 1 and 1.
 * Draws, per example: `relevant` normals, not before the first; `inputs` normals; one more where there is noise.
 * No floors: what a constant misses grows without end. The best prediction is the Kalman filter's that knows `drift`,
 * `noise` and which inputs are relevant.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { box } from '../spaces.ts';
import type { Box } from '../spaces.ts';
import { Supervised, wait } from '../streams/supervised.ts';

const options = z
  .strictObject({
    inputs: count(20, 1, 10_000, 'number of inputs'),
    relevant: count(5, 1, 10_000, 'how many of them, the first ones, make the target'),
    drift: z.number().min(0).default(1).describe('standard deviation of what is added to a weight per example'),
    noise: z.number().min(0).default(1).describe('standard deviation of what is added to the target'),
  })
  .refine(({ inputs, relevant }) => relevant <= inputs, { path: ['relevant'], message: 'must not exceed inputs' });
type Options = z.output<typeof options>;

class Drift extends Supervised {
  override readonly metadata: EnvMetadata = { id: 'drift', cite: 'sutton1992gain', discount: 0, floors: null };
  readonly observationSpace: Box;
  readonly actionSpace = wait;
  private readonly options: Options;
  private readonly weights: Float64Array;
  private isFirst = 1; // a number, to be saved

  constructor(options: Options) {
    super();
    this.options = options;
    this.observationSpace = box(-Infinity, Infinity, [options.inputs]);
    this.weights = new Float64Array(options.relevant);
  }

  protected override restart(): void {
    this.weights.fill(0);
    this.isFirst = 1;
  }

  protected override next(observation: Float64Array): number {
    const { inputs, relevant, drift, noise } = this.options;
    for (let i = 0; i < relevant && this.isFirst === 0; i++) this.weights[i]! += drift * this.rng.normal();
    this.isFirst = 0;
    let target = 0;
    for (let i = 0; i < inputs; i++) {
      observation[i] = this.rng.normal();
      if (i < relevant) target += this.weights[i]! * observation[i]!;
    }
    return noise === 0 ? target : target + noise * this.rng.normal();
  }

  protected override saveNumbers(): number[] {
    return [this.target, this.isFirst, ...this.weights];
  }

  protected override loadNumbers([target, isFirst, ...weights]: readonly number[]): void {
    this.target = target!;
    this.isFirst = isFirst!;
    this.weights.set(weights);
  }
}

export default defineEnv({
  cite: 'sutton1992gain',
  summary: 'twenty inputs, five matter, their weights walk at random (the K1 task)',
  options,
  create: (chosen) => new Drift(chosen),
});
