/**
 * Umbrella chain (bsuite umbrella_length and umbrella_distract; Osband et al. 2020, bsuite 0.3.6): only the first action
 * matters, and it is paid for at the end, among random rewards. A test of credit assignment: everything is observed.
 *
 * Observation [3 + distractors], single precision: need an umbrella, have one, 1 - t / length, then distractors, fresh
 * coins at every step. Actions: 0 or 1; the first becomes `have` (at reset it is a coin). Reward: in the last step 1 if
 * have = need, else -1; before it -1 or 1 at random. Terminated after `length` steps.
 * Draws: need, once per stream (the original's constructor); at reset need, have, the distractors; at a step the random
 * reward (not in the last), then the distractors.
 * bsuite asks for `length` 1 .. 100 with 20 distractors, and 1 .. 100 distractors with length 20. Best mean return 1, a
 * random one 0. Discount .99.
 */
import { z } from 'zod';
import { coin } from '../bsuite/coin.ts';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import type { Box } from '../spaces.ts';

const options = z.strictObject({
  length: count(10, 1, 100_000, 'steps of an episode'),
  distractors: count(20, 0, 10_000, 'number of random bits in the observation'),
});
type Options = z.output<typeof options>;

class UmbrellaChain extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = discrete(2);
  private readonly length: number;
  private need = 0;
  private have = 0;
  private time = 0;

  constructor({ length, distractors }: Options) {
    super(null);
    this.metadata = { id: 'umbrella-chain', cite: 'osband2020behaviour', discount: 0.99, floors: null, delay: length };
    this.observationSpace = box(0, 1, [3 + distractors]);
    this.length = length;
  }

  protected override seeded(): void {
    this.need = coin(this.rng);
  }

  protected override start(observation: Float64Array): void {
    this.time = 0;
    this.need = coin(this.rng);
    this.have = coin(this.rng);
    this.observe(observation);
  }

  protected override move(action: number, out: StepResult): void {
    this.time++;
    if (this.time === 1) this.have = action;
    out.terminated = this.time === this.length;
    out.reward = (out.terminated ? this.have === this.need : coin(this.rng) === 1) ? 1 : -1;
    this.observe(out.observation);
  }

  private observe(observation: Float64Array): void {
    observation[0] = this.need;
    observation[1] = this.have;
    observation[2] = Math.fround(1 - this.time / this.length);
    for (let i = 3; i < observation.length; i++) observation[i] = coin(this.rng);
  }

  protected override stateNumbers(): number[] {
    return [this.time, this.need, this.have];
  }

  protected override setStateNumbers(numbers: readonly number[]): void {
    [this.time, this.need, this.have] = numbers as [number, number, number];
  }
}

export default defineEnv({
  cite: 'osband2020behaviour',
  summary: 'the first action is paid for at the end, among random rewards: credit assignment (bsuite)',
  options,
  create: (chosen) => new UmbrellaChain(chosen),
});
