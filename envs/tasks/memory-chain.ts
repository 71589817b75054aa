/**
 * Memory chain (bsuite memory_len and memory_size; Osband et al. 2020, bsuite 0.3.6): bits are shown at the start, and at
 * the end one of them is asked for.
 *
 * Observation [2 + bits], single precision: 1 - t / length; the index of the bit that is asked for, at t = length - 1
 * (else 0); the bits as -1 or 1, at t = 0 (else 0). Actions: 0 or 1, heard in the last step only. Reward: 0, in the last
 * step 1 if the action is the bit asked for, else -1. Terminated after length + 1 steps.
 * Quirk of the original, kept: a step returns the observation of the moment BEFORE it. So the bits are seen twice (by
 * reset and the first step), an episode has a step more than its length, and the step that ends shows t = length.
 * (gymnax's MemoryChain has the same quirk; it is not offered apart.)
 * Draws: bits, each a coin, then the index asked for; once per stream, as the original's constructor does, then again at
 * every reset.
 * bsuite asks for `length` 1 .. 100 with 1 bit, and 1 .. 40 bits with length 2. Best return 1, guessing 0. Discount .99.
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
  length: count(10, 1, 100_000, 'steps over which the bits are to be kept'),
  bits: count(1, 1, 10_000, 'number of bits'),
});
type Options = z.output<typeof options>;

class MemoryChain extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = discrete(2);
  private readonly length: number;
  private readonly context: Uint8Array; // [bits] 0 or 1
  private query = 0;
  private time = 0;

  constructor({ length, bits }: Options) {
    super(null);
    this.metadata = { id: 'memory-chain', cite: 'osband2020behaviour', discount: 0.99, floors: null, delay: length };
    const low = [0, 0, ...new Array<number>(bits).fill(-1)];
    const high = [1, Math.max(1, bits - 1), ...new Array<number>(bits).fill(1)];
    this.observationSpace = box(low, high);
    this.length = length;
    this.context = new Uint8Array(bits);
  }

  protected override seeded(): void {
    this.drawContext();
  }

  protected override start(observation: Float64Array): void {
    this.time = 0;
    this.drawContext();
    this.observe(observation);
  }

  protected override move(action: number, out: StepResult): void {
    this.observe(out.observation);
    out.terminated = this.time === this.length;
    if (out.terminated) out.reward = action === this.context[this.query] ? 1 : -1;
    this.time++;
  }

  private drawContext(): void {
    const { context, rng } = this;
    for (let i = 0; i < context.length; i++) context[i] = coin(rng);
    this.query = rng.integer(0, context.length - 1);
  }

  private observe(observation: Float64Array): void {
    const { context, time, length } = this;
    observation[0] = Math.fround(1 - time / length);
    observation[1] = time === length - 1 ? this.query : 0;
    for (let i = 0; i < context.length; i++) observation[2 + i] = time === 0 ? 2 * context[i]! - 1 : 0;
  }

  protected override stateNumbers(): number[] {
    return [this.time, this.query, ...this.context];
  }

  protected override setStateNumbers([time, query, ...context]: readonly number[]): void {
    this.time = time!;
    this.query = query!;
    this.context.set(context);
  }
}

export default defineEnv({
  cite: 'osband2020behaviour',
  summary: 'bits are shown at the start; at the end one of them is asked for (bsuite)',
  options,
  create: (chosen) => new MemoryChain(chosen),
});
