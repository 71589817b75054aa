/**
 * The adding problem (Hochreiter & Schmidhuber 1997, in the form of Le, Jaitly & Hinton 2015): remember two marked
 * numbers of a sequence and say their sum.
 *
 * Observation [2]: a number uniform in [0, 1), and 1 where it is marked, else 0. One number in the first half of the
 * sequence (floor(length / 2)) is marked and one in the second, both places uniform. Reward 0, at the last step the sum
 * of the marked numbers; the step after the last number terminates, its observation is zero. Discount 1: the return is
 * the sum at every moment, and the supervised target is the return after the last number. One action (wait).
 * Draws, per episode: the two places (integers); per number: one uniform.
 * value() is the expected sum given what was seen: the marked numbers so far, and 1/2 for each that is to come.
 *
 * Floors of the return, over all `length` moments: zero 7/6, constant 1/6 (the variance of the sum), ideal: 1/12 for
 * every mark that is to come; after the last number it is 0.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import { Task } from '../task.ts';

const options = z.strictObject({ length: count(50, 2, 100_000, 'numbers in a sequence') });

class AddingProblem extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(0, 1, [2]);
  readonly actionSpace = discrete(1);
  private readonly length: number;
  private readonly half: number;
  private time = 0;
  private first = 0; // place of the first mark
  private second = 0;
  private sum = 0; // of the marked numbers so far
  private left = 0; // marks to come

  constructor(length: number) {
    super();
    this.length = length;
    this.half = Math.floor(length / 2);
    const floors = {
      zero: 7 / 6,
      constant: 1 / 6,
      timing: null,
      ideal: unseenMarks(length, this.half) / 12,
      target: 'return' as const,
    };
    this.metadata = { id: 'adding-problem', cite: 'hochreiter1997long', discount: 1, floors, delay: length };
  }

  protected override begin(observation: Float64Array): void {
    this.first = this.rng.integer(0, this.half - 1);
    this.second = this.rng.integer(this.half, this.length - 1);
    this.time = 0;
    this.sum = 0;
    this.left = 2;
    this.show(observation);
  }

  protected override advance(action: number, out: StepResult): void {
    if (action !== 0) throw illegalAction(this.metadata.id, action, this.actionSpace);
    this.time++;
    if (this.time < this.length) this.show(out.observation);
    else {
      out.observation.fill(0);
      out.reward = this.sum;
      out.terminated = true;
      this.sum = 0;
    }
  }

  override value(): number {
    return this.sum + 0.5 * this.left;
  }

  private show(observation: Float64Array): void {
    const x = this.rng.uniform();
    const isMarked = this.time === this.first || this.time === this.second;
    observation[0] = x;
    observation[1] = isMarked ? 1 : 0;
    if (!isMarked) return;
    this.sum += x;
    this.left--;
  }

  protected override saveNumbers(): number[] {
    return [this.time, this.first, this.second, this.sum, this.left];
  }

  protected override loadNumbers(numbers: readonly number[]): void {
    [this.time, this.first, this.second, this.sum, this.left] = numbers as [number, number, number, number, number];
  }
}

/** Mean number of marks to come, over the moments of a sequence: a place uniform on n moments is to come at (n - 1) / 2. */
function unseenMarks(length: number, half: number): number {
  const first = (half - 1) / 2;
  const second = half + (length - half - 1) / 2;
  return (first + second) / length;
}

export default defineEnv({
  cite: 'hochreiter1997long',
  summary: 'remember two marked numbers of a sequence and say their sum at its end',
  options,
  create: ({ length }) => new AddingProblem(length),
});
