/**
 * Delayed echo, the short-term memory task of Jaeger 2002: say what the input was `delay` steps ago.
 *
 * Observation [1]: x_t, -1 or 1 with probability 1/2 each, or (`values: 'uniform'`) uniform in [-1, 1). Target:
 * x_(t - delay), 0 before there is one. Convention (reward, value, discount 0): streams/supervised.ts. No end.
 * Draws: one per step, integer or uniform. The task isolates the length of a memory: whoever keeps `delay` inputs is
 * without error, whoever keeps fewer is at the error of the constant.
 * Floors of the target: zero and constant: 1 for signs, 1/3 for uniform numbers; ideal 0.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { box } from '../spaces.ts';
import { Supervised, wait } from '../streams/supervised.ts';

const options = z.strictObject({
  delay: count(10, 1, 100_000, 'steps from an input to its echo'),
  values: z.enum(['signs', 'uniform']).default('signs').describe('what the inputs are'),
});
type Options = z.output<typeof options>;

class DelayedEcho extends Supervised {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(-1, 1, [1]);
  readonly actionSpace = wait;
  private readonly isSign: boolean;
  private readonly past: Float64Array; // the last `delay` inputs, a ring
  private at = 0;

  constructor({ delay, values }: Options) {
    super();
    this.isSign = values === 'signs';
    const zero = this.isSign ? 1 : 1 / 3;
    const floors = { zero, constant: zero, timing: null, ideal: 0, target: 'value' as const };
    this.metadata = { id: 'delayed-echo', cite: 'jaeger2002short', discount: 0, floors, delay };
    this.past = new Float64Array(delay);
  }

  protected override restart(): void {
    this.past.fill(0);
    this.at = 0;
  }

  protected override next(observation: Float64Array): number {
    const x = this.isSign ? 2 * this.rng.integer(0, 1) - 1 : 2 * this.rng.uniform() - 1;
    const echo = this.past[this.at]!;
    this.past[this.at] = x;
    this.at = (this.at + 1) % this.past.length;
    observation[0] = x;
    return echo;
  }

  protected override saveNumbers(): number[] {
    return [this.target, this.at, ...this.past];
  }

  protected override loadNumbers([target, at, ...past]: readonly number[]): void {
    this.target = target!;
    this.at = at!;
    this.past.set(past);
  }
}

export default defineEnv({
  cite: 'jaeger2002short',
  summary: 'say what the input was ten steps ago',
  options,
  create: (chosen) => new DelayedEcho(chosen),
});
