/**
 * Copy task with a curriculum (Menick et al. 2021; in the coding of Javed et al. 2023): see bits, then repeat them.
 *
 * Observation [3]: start, recall, bit. A sequence of l bits: (1,0,0); l times (0,0,bit); (0,1,0); l times (0,0,0), whose
 * targets are the bits in their order. `gap` zeros follow, then the next sequence. No end.
 * Convention (reward, value, discount 0): streams/supervised.ts, and the action is the learner's prediction for the
 * latest observation: a number in [0, 1], by which the curriculum is run here, so that it is part of the saved state.
 * Whoever leaves the actions to chance stays at the first level.
 *
 * score 'absolute' (CCN): the target is 0 outside the recall phase, and |target - action| of the whole sequence, per
 * bit, is the score; a level is passed below 0.10. score 'bits' (SnAp): asked only in the recall phase (value() is NaN
 * elsewhere); the action is the probability of a 1, -log2 of what the bit was given is the score; passed below 0.15.
 * After every sequence average <- .9 average + .1 score, from 1; below the threshold the level rises by one and the
 * average starts anew. l is the level, or, with lengths 'recent', uniform in max(level - 5, 1) .. level.
 * Info of a step: { level, length, average }; `level` is also a property. `curriculum: false` stays at `level`.
 * Draws: l where it is random, at the start of a sequence; one integer per bit when it is shown.
 * The CCN code begins every sequence but the first, where there is no gap, with (0,0,0) instead of (1,0,0).
 * SnAp's own layout, in tokens that are all asked for: copy-tokens.ts.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult, StepTuple } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { box } from '../spaces.ts';
import { Supervised } from '../streams/supervised.ts';

const longest = 1000; // bits
const surest = 1e-9; // probability below which a bit cannot be put

const options = z.strictObject({
  score: z.enum(['absolute', 'bits']).default('absolute').describe('how a prediction is scored'),
  level: count(1, 1, longest, 'level at the start'),
  curriculum: z.boolean().default(true).describe('whether the level rises'),
  lengths: z.enum(['level', 'recent']).default('level').describe('sequences of the level, or of one of the last six'),
  threshold: z.number().gt(0).nullable().default(null).describe('null = 0.10 absolute, 0.15 bits'),
  gap: count(0, 0, 100_000, 'zeros between sequences'),
});
type Options = z.output<typeof options>;

class CopyTask extends Supervised<Float64Array> {
  override readonly metadata: EnvMetadata = { id: 'copy-task', cite: 'javed2023scalable', discount: 0, floors: null };
  readonly observationSpace = box(0, 1, [3]);
  readonly actionSpace = box(0, 1, [1]);
  level = 1;
  private readonly options: Options;
  private readonly threshold: number;
  private readonly bits = new Uint8Array(longest);
  private length = 1;
  private place = 0; // within the sequence: 0 start, 1 .. l bits, l + 1 recall, l + 2 .. 2 l + 1 blanks, then the gap
  private readonly sums = Float64Array.of(0, 1); // error of the sequence; average score: as fields they would be boxed

  constructor(options: Options) {
    super();
    this.options = options;
    this.threshold = options.threshold ?? (options.score === 'bits' ? 0.15 : 0.1);
  }

  protected override restart(): void {
    this.level = this.options.level;
    this.sums[1] = 1;
    this.startSequence();
  }

  protected override advance(action: Float64Array, out: StepResult): void {
    // `contains` would leave a closure on the heap.
    if (!(action instanceof Float64Array && action.length === 1 && action[0]! >= 0 && action[0]! <= 1)) {
      throw illegalAction('copy-task', action, this.actionSpace);
    }
    this.sums[0]! += this.errorOf(action[0]!);
    this.place++;
    if (this.place === 2 * this.length + 2) this.grade();
    if (this.place === 2 * this.length + 2 + this.options.gap) this.startSequence();
    super.advance(action, out);
  }

  override step(action: Float64Array): StepTuple<Float64Array> {
    const [observation, reward, terminated, truncated] = super.step(action);
    const { level, length } = this;
    return [observation, reward, terminated, truncated, { level, length, average: this.sums[1] }];
  }

  override value(): number {
    return this.options.score === 'bits' && !this.isRecalling() ? NaN : this.target;
  }

  protected override next(observation: Float64Array): number {
    const { place, length } = this;
    observation.fill(0);
    if (place === 0) observation[0] = 1;
    else if (place <= length) observation[2] = this.bits[place - 1] = this.rng.integer(0, 1);
    else if (place === length + 1) observation[1] = 1;
    return this.isRecalling() ? this.bits[place - length - 2]! : 0;
  }

  private isRecalling(): boolean {
    return this.place > this.length + 1 && this.place < 2 * this.length + 2;
  }

  private errorOf(prediction: number): number {
    if (this.place >= 2 * this.length + 2) return 0; // the gap
    if (this.options.score === 'absolute') return Math.abs(this.target - prediction);
    if (!this.isRecalling()) return 0;
    return -Math.log2(Math.max(surest, this.target === 1 ? prediction : 1 - prediction));
  }

  private grade(): void {
    const average = 0.9 * this.sums[1]! + 0.1 * (this.sums[0]! / this.length);
    const hasPassed = this.options.curriculum && average < this.threshold && this.level < longest;
    if (hasPassed) this.level++;
    this.sums[1] = hasPassed ? 1 : average;
  }

  private startSequence(): void {
    const shortest = this.options.lengths === 'recent' ? Math.max(this.level - 5, 1) : this.level;
    this.length = shortest < this.level ? this.rng.integer(shortest, this.level) : this.level;
    this.place = 0;
    this.sums[0] = 0;
  }

  protected override saveNumbers(): number[] {
    const { target, level, length, place } = this;
    return [target, level, length, place, ...this.sums, ...this.bits];
  }

  protected override loadNumbers([target, level, length, place, ...rest]: readonly number[]): void {
    this.target = target!;
    this.level = level!;
    this.length = length!;
    this.place = place!;
    this.sums.set(rest.slice(0, 2));
    this.bits.set(rest.slice(2));
  }
}

export default defineEnv({
  cite: 'javed2023scalable',
  summary: 'see bits, repeat them on a signal; the sequences grow as the predictions get better',
  options,
  create: (chosen) => new CopyTask(chosen),
});
