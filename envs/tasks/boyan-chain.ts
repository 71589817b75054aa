/**
 * Boyan's chain (Boyan 2002): states `length` .. 0, always downwards, with features that interpolate.
 *
 * Starts in state `length`. From s >= 2 to s - 1 or s - 2 with probability 1/2 each, reward -3; from 1 to 0, reward -2;
 * state 0 ends the episode. Discount 1. One action (wait).
 * Observation [length / 4 + 1]: states length, length - 4, .., 0 are one-hot in this order, those between two of them
 * weigh both linearly: 11 is (3/4, 1/4, 0, 0) of four. The terminal observation is the last unit vector.
 * Draws: one integer per step from s >= 2, 0 is one state down.
 * value() is V(s) = -2 s, which the features show exactly: weights -2 length, .., -8, 0. No floors.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import type { Box } from '../spaces.ts';
import { Task } from '../task.ts';

const spacing = 4;

const options = z.strictObject({
  length: count(12, spacing, 4000, 'the first state; the paper: 12').refine(
    (length) => length % spacing === 0,
    'must be a multiple of 4: a feature stands at every fourth state',
  ),
});

class BoyanChain extends Task {
  override readonly metadata: EnvMetadata = {
    id: 'boyan-chain',
    cite: 'boyan2002technical',
    discount: 1,
    floors: null,
  };
  readonly observationSpace: Box;
  readonly actionSpace = discrete(1);
  private readonly length: number;
  private state = 0;

  constructor(length: number) {
    super();
    this.length = length;
    this.observationSpace = box(0, 1, [length / spacing + 1]);
  }

  protected override begin(observation: Float64Array): void {
    this.state = this.length;
    this.observe(observation);
  }

  protected override advance(action: number, out: StepResult): void {
    if (action !== 0) throw illegalAction(this.metadata.id, action, this.actionSpace);
    out.reward = this.state === 1 ? -2 : -3;
    this.state -= this.state === 1 || this.rng.integer(0, 1) === 0 ? 1 : 2;
    out.terminated = this.state === 0;
    this.observe(out.observation);
  }

  override value(): number {
    return -2 * this.state;
  }

  private observe(observation: Float64Array): void {
    observation.fill(0);
    const place = (this.length - this.state) / spacing;
    const before = Math.floor(place);
    observation[before] = 1 - (place - before);
    if (before < place) observation[before + 1] = place - before;
  }

  protected override saveNumbers(): number[] {
    return [this.state];
  }

  protected override loadNumbers([state]: readonly number[]): void {
    this.state = state!;
  }
}

export default defineEnv({
  cite: 'boyan2002technical',
  summary: 'down a chain by one or two, four interpolating features that can show the values exactly',
  options,
  create: ({ length }) => new BoyanChain(length),
});
