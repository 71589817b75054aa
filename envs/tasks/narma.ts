/**
 * NARMA (Atiya & Parlos 2000): a nonlinear moving average to be computed from its random input.
 *
 *   y_(t+1) = .3 y_t + .05 y_t sum_(i < n) y_(t-i) + 1.5 u_(t-n+1) u_t + .1,   u ~ U[0, .5),  n = `order` = 10
 * Observation [1]: u_t. Target: y_(t+1). Convention (reward, value, discount 0): streams/supervised.ts. No end.
 * Before the start all u and y are 0. Draws: one uniform per step.
 * The recurrence diverges now and then (its unstable fixed point is near 1): a y above `ceiling` is not given out, the
 * memory of y starts from zeros instead. Orders above 10 diverge soon; they are used with other constants.
 * reservoirpy's generator sums y_(t-1) .. y_(t-n) and takes u_(t-n): one step more of delay than the paper.
 * No floors: NRMSE is what is reported; the mean of y is about .386 and its variance about .012 (50 000 steps).
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { box } from '../spaces.ts';
import { Supervised, wait } from '../streams/supervised.ts';

const options = z.strictObject({
  order: count(10, 2, 100, 'order n'),
  ceiling: z.number().gt(1).default(2).describe('a y above it has diverged'),
});
type Options = z.output<typeof options>;

class Narma extends Supervised {
  override readonly metadata: EnvMetadata = { id: 'narma', cite: 'atiya2000new', discount: 0, floors: null };
  readonly observationSpace = box(0, 0.5, [1]);
  readonly actionSpace = wait;
  private readonly ceiling: number;
  private readonly inputs: Float64Array; // u_(t-n+1) .. u_t, a ring
  private readonly outputs: Float64Array; // y_(t-n+1) .. y_t, a ring
  private at = 0; // the oldest of both, which the newest replaces
  private y = 0;

  constructor({ order, ceiling }: Options) {
    super();
    this.ceiling = ceiling;
    this.inputs = new Float64Array(order);
    this.outputs = new Float64Array(order);
  }

  protected override restart(): void {
    this.inputs.fill(0);
    this.outputs.fill(0);
    this.at = 0;
    this.y = 0;
  }

  protected override next(observation: Float64Array): number {
    const { inputs, outputs } = this;
    const u = 0.5 * this.rng.uniform();
    observation[0] = u;
    inputs[this.at] = u;
    outputs[this.at] = this.y;
    this.at = (this.at + 1) % inputs.length;
    let sum = 0;
    for (let i = 0; i < outputs.length; i++) sum += outputs[i]!;
    const y = 0.3 * this.y + 0.05 * this.y * sum + 1.5 * inputs[this.at]! * u + 0.1;
    this.y = y <= this.ceiling ? y : this.startAnew();
    return this.y;
  }

  private startAnew(): number {
    this.outputs.fill(0);
    return 0;
  }

  protected override saveNumbers(): number[] {
    return [this.target, this.at, this.y, ...this.inputs, ...this.outputs];
  }

  protected override loadNumbers([target, at, y, ...rings]: readonly number[]): void {
    this.target = target!;
    this.at = at!;
    this.y = y!;
    this.inputs.set(rings.slice(0, this.inputs.length));
    this.outputs.set(rings.slice(this.inputs.length));
  }
}

export default defineEnv({
  cite: 'atiya2000new',
  summary: 'compute a tenth-order nonlinear moving average of a random input',
  options,
  create: (chosen) => new Narma(chosen),
});
