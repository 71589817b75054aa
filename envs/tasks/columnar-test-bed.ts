/**
 * The synthetic stream of the columnar paper as it was coded (Javed, White & Sutton 2021): there is nothing to learn, only
 * gradients are compared on it.
 *
 * Observation [inputs]: independent fair bits. Target: uniform in [-range, range), independent of everything.
 * Convention (reward, value, discount 0): streams/supervised.ts. An episode has `length` observations; the step after the
 * last one terminates, its observation is zero and asks for nothing (value() is NaN). One action (wait).
 * The code has 50 inputs, range 50 and sequences of 50 steps (the text of the paper says 150).
 * Draws, per observation: one uniform per input (below 1/2 is 1), then one for the target.
 * Floors of the target: range^2 / 3 for all: noise.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { defineEnv } from '../part.ts';
import { box } from '../spaces.ts';
import type { Box } from '../spaces.ts';
import { Supervised, wait } from '../streams/supervised.ts';

const options = z.strictObject({
  inputs: count(50, 1, 10_000, 'number of inputs'),
  length: count(50, 1, 1_000_000, 'observations of a sequence'),
  range: z.number().gt(0).max(1e6).default(50).describe('targets are uniform in [-range, range)'),
});
type Options = z.output<typeof options>;

class ColumnarTestBed extends Supervised {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = wait;
  private readonly options: Options;
  private time = 0;

  constructor(options: Options) {
    super();
    const noise = options.range ** 2 / 3;
    const floors = { zero: noise, constant: noise, timing: null, ideal: noise, target: 'value' as const };
    this.metadata = { id: 'columnar-test-bed', cite: 'javed2021columnar', discount: 0, floors };
    this.options = options;
    this.observationSpace = box(0, 1, [options.inputs]);
  }

  protected override restart(): void {
    this.time = 0;
  }

  protected override advance(action: number, out: StepResult): void {
    if (this.time < this.options.length) return super.advance(action, out);
    this.checkWait(action);
    out.reward = this.target;
    out.terminated = true;
    out.observation.fill(0);
    this.time++;
  }

  override value(): number {
    return this.time > this.options.length ? NaN : this.target;
  }

  protected override next(observation: Float64Array): number {
    this.time++;
    for (let i = 0; i < observation.length; i++) observation[i] = this.rng.uniform() < 0.5 ? 1 : 0;
    return this.options.range * (2 * this.rng.uniform() - 1);
  }

  protected override saveNumbers(): number[] {
    return [this.target, this.time];
  }

  protected override loadNumbers([target, time]: readonly number[]): void {
    this.target = target!;
    this.time = time!;
  }
}

export default defineEnv({
  cite: 'javed2021columnar',
  summary: 'random bits and targets of noise, on which estimates of gradients are compared',
  options,
  create: (chosen) => new ColumnarTestBed(chosen),
});
