/**
 * Discounting chain (bsuite discounting_chain; Osband et al. 2020, bsuite 0.3.6): the first action chooses how long to
 * wait for a reward; one choice pays a tenth more. It shows at which discount an agent really acts.
 *
 * Actions 0 .. 4; the first chooses the chain, the others do nothing. Chain i pays 1 after 1, 3, 10, 30 or 100 steps,
 * chain `mappingSeed` mod 5 pays 1.1. Observation [2], single precision: the chain, -1 before it is chosen; t / 100.
 * Terminated after 100 steps. Nothing is random (the original draws the mapping if none is given).
 * bsuite asks for mapping seeds 0 .. 19. Best return 1.1, any other 1. Discount .99.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';

const options = z.strictObject({
  mappingSeed: count(0, 0, 1_000_000, 'which chain pays a tenth more: this number mod 5'),
});

const episodeLength = 100;
const payDays = [1, 3, 10, 30, 100];

class DiscountingChain extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box([-1, 0], [payDays.length - 1, 1]);
  readonly actionSpace = discrete(payDays.length);
  private readonly bonus: number;
  private chain = -1;
  private time = 0;

  constructor({ mappingSeed }: z.output<typeof options>) {
    super(null);
    this.metadata = {
      id: 'discounting-chain',
      cite: 'osband2020behaviour',
      discount: 0.99,
      floors: null,
      delay: episodeLength,
    };
    this.bonus = mappingSeed % payDays.length;
  }

  protected override start(observation: Float64Array): void {
    this.chain = -1;
    this.time = 0;
    this.observe(observation);
  }

  protected override move(action: number, out: StepResult): void {
    if (this.time === 0) this.chain = action;
    this.time++;
    if (this.time === payDays[this.chain]) out.reward = this.chain === this.bonus ? 1.1 : 1;
    out.terminated = this.time === episodeLength;
    this.observe(out.observation);
  }

  private observe(observation: Float64Array): void {
    observation[0] = this.chain;
    observation[1] = Math.fround(this.time / episodeLength);
  }

  protected override stateNumbers(): number[] {
    return [this.chain, this.time];
  }

  protected override setStateNumbers([chain, time]: readonly number[]): void {
    this.chain = chain!;
    this.time = time!;
  }
}

export default defineEnv({
  cite: 'osband2020behaviour',
  summary: 'choose how long to wait for a reward; one wait pays a tenth more (bsuite)',
  options,
  create: (chosen) => new DiscountingChain(chosen),
});
