/**
 * The tracking task of IDBD (Sutton 1992): a linear target whose relevant weights change sign now and then.
 *
 * Observation [inputs]: x_t, independent standard normals. Target y_t = sum_i s_i x_i over the first `relevant` inputs,
 * s_i = 1 or -1, plus normal noise of the given size; the signs start at 1, and before every `period`-th example one of
 * them, chosen at random, flips. Convention (reward, value, discount 0): streams/supervised.ts. One action. No end.
 * The paper: 20 inputs, 5 relevant, period 20, no noise; asymptotic mean squared error 1.5 for IDBD, 3.5 for the best
 * LMS. A step size has to grow on five inputs and to shrink on fifteen.
 * Draws, per example: the sign that flips, where one is due (an integer); `inputs` normals; one more where there is noise.
 *
 * Floors of the target: zero and constant: relevant + noise^2. Ideal, without noise: it knows which inputs are relevant
 * and when a sign flips, but not which, and sees it in the first example after the flip. There the best prediction is
 * (1 - 2/r) sum s_i x_i, off by 4 - 4/r in the mean square, hence (4 - 4/r) / period. With noise no floors are given.
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
    period: count(20, 1, 1_000_000, 'examples from one flip of a sign to the next'),
    noise: z.number().min(0).default(0).describe('standard deviation of what is added to the target'),
  })
  .refine(({ inputs, relevant }) => relevant <= inputs, { path: ['relevant'], message: 'must not exceed inputs' });
type Options = z.output<typeof options>;

class Tracking extends Supervised {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = wait;
  private readonly options: Options;
  private readonly signs: Float64Array;
  private examples = 0;

  constructor(options: Options) {
    super();
    const { inputs, relevant, period, noise } = options;
    const ideal = (4 - 4 / relevant) / period;
    const floors = { zero: relevant, constant: relevant, timing: null, ideal, target: 'value' as const };
    this.metadata = { id: 'tracking', cite: 'sutton1992adapting', discount: 0, floors: noise === 0 ? floors : null };
    this.options = options;
    this.observationSpace = box(-Infinity, Infinity, [inputs]);
    this.signs = new Float64Array(relevant);
  }

  protected override restart(): void {
    this.signs.fill(1);
    this.examples = 0;
  }

  protected override next(observation: Float64Array): number {
    const { inputs, relevant, period, noise } = this.options;
    if (this.examples > 0 && this.examples % period === 0) this.signs[this.rng.integer(0, relevant - 1)]! *= -1;
    this.examples++;
    let target = 0;
    for (let i = 0; i < inputs; i++) {
      observation[i] = this.rng.normal();
      if (i < relevant) target += this.signs[i]! * observation[i]!;
    }
    return noise === 0 ? target : target + noise * this.rng.normal();
  }

  protected override saveNumbers(): number[] {
    return [this.target, this.examples, ...this.signs];
  }

  protected override loadNumbers([target, examples, ...signs]: readonly number[]): void {
    this.target = target!;
    this.examples = examples!;
    this.signs.set(signs);
  }
}

export default defineEnv({
  cite: 'sutton1992adapting',
  summary: 'twenty inputs, five matter, one of their signs flips every 20 examples (the IDBD task)',
  options,
  create: (chosen) => new Tracking(chosen),
});
