/**
 * Copying in tokens, with a curriculum: the task of Mujika et al. 2018 and Benzing et al. 2019, which SnAp (Menick et al.
 * 2021) follows. See bits, then say what was seen.
 *
 * Tokens 0, 1, 2 (start), 3 (blank); observation [4], one-hot. An episode is one sequence of T bits, 2 T + 2 tokens:
 * shown 2, b_1 .. b_T, then T + 1 blanks; wanted T + 1 blanks, then 2, b_1 .. b_T. Every token is asked for. The last
 * step terminates, its observation is zero: whoever clears state and influence at a start does so once per sequence, as
 * the originals do. `ends: false` is one endless stream: the next 2 takes the place of the zeros.
 * Action: Box(0, 1, [4]), the learner's weights of the four tokens, divided by their sum: the probabilities of the
 * token wanted now, by which the curriculum is run; -log2 of what the wanted one got is its cost in bits.
 * Convention (reward, value, discount 0): streams/supervised.ts, with the number of the token as the target; `want`
 * writes it as one-hot, for a softmax.
 *
 * Level L starts at 1 and rises when the bits per token are below 0.15, looked at when a sequence is over:
 *   rule 'average'  average <- .999 average + .001 bits, from 1; after a rise 0.3 (the published code, the default)
 *   rule 'batch'    the mean of the latest `batch` sequences (SnAp: of a minibatch). Short draws raise it early.
 * lengths 'five': T = max(1, L - 0..4), all five alike (the published code); 'six': uniform in max(1, L - 5) .. L (SnAp).
 * L alone reads too high, since most draws are shorter; `solved` = L - 4 (six: L - 5) is what all of them reach.
 * Chance is T / (2 T + 2) bits per token. Lanes of a minibatch share the curriculum: `lane.join(first)` before reset; a
 * token then counts for 1 / lanes. Info of a step: { level, solved, length, average, bits, tokens }.
 * Draws, per sequence: one integer for T (none at 'six' where L is 1); one integer per bit, when it is shown.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult, StepTuple } from '../env.ts';
import { EnvError } from '../errors.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { box } from '../spaces.ts';
import { CopyCurriculum } from '../streams/copy-curriculum.ts';
import { Supervised } from '../streams/supervised.ts';

const longest = 1000; // bits
const surest = 1e-9; // probability below which a token cannot be put
const [start, blank, none] = [2, 3, -1];

const options = z.strictObject({
  level: count(1, 1, longest, 'level L at the start'),
  curriculum: z.boolean().default(true).describe('whether the level rises'),
  rule: z.enum(['average', 'batch']).default('average').describe('what is compared with the threshold'),
  batch: count(16, 1, 100_000, 'sequences of a batch, for rule batch'),
  threshold: z.number().gt(0).default(0.15).describe('bits per token below which the level rises'),
  lengths: z.enum(['five', 'six']).default('five').describe('how far below the level lengths are drawn'),
  ends: z.boolean().default(true).describe('whether a sequence is an episode'),
});
type Options = z.output<typeof options>;

export class CopyTokens extends Supervised<Float64Array> {
  override readonly metadata: EnvMetadata = {
    id: 'copy-tokens',
    cite: 'menick2021practical',
    discount: 0,
    floors: null,
    classes: ['0', '1', 'start', 'blank'],
  };
  readonly observationSpace = box(0, 1, [4]);
  readonly actionSpace = box(0, 1, [4]);
  private readonly options: Options;
  private readonly bits = new Uint8Array(longest);
  private readonly cost = new Float64Array(1); // of the latest token; as a field it would be boxed
  private curriculum: CopyCurriculum;
  private length = 1;
  private place = 0; // within the sequence, 0 .. 2 T + 1
  private tokens = 0; // asked for so far, in this stream

  constructor(options: Options) {
    super();
    const { level, threshold, curriculum: rises } = options;
    const batch = options.rule === 'batch' ? options.batch : null;
    this.options = options;
    this.curriculum = new CopyCurriculum({ level, most: longest, threshold, batch, rises }).join();
    this.target = none!;
  }

  /** Another lane of the same learner: from now on both have one curriculum, the other's. */
  join(other: CopyTokens): void {
    if (other === this) throw new EnvError('Cannot join copy-tokens: a lane cannot join itself');
    this.curriculum = other.curriculum.join();
  }

  get level(): number {
    return this.curriculum.level;
  }

  /** The greatest length that every draw now reaches. */
  get solved(): number {
    return Math.max(0, this.level - (this.options.lengths === 'five' ? 4 : 5));
  }

  override progress(): { level: number; solved: number } {
    const { level, solved } = this;
    return { level, solved };
  }

  /** Writes the wanted token as one-hot; zeros where none is wanted. */
  want(out: Float64Array): void {
    for (let i = 0; i < 4; i++) out[i] = i === this.target ? 1 : 0;
  }

  protected override seeded(): void {
    this.curriculum.restart();
    this.tokens = 0;
  }

  protected override restart(): void {
    const { level } = this.curriculum;
    this.place = 0;
    this.length =
      this.options.lengths === 'five'
        ? Math.max(1, level - this.rng.integer(0, 4))
        : level === 1
          ? 1
          : this.rng.integer(Math.max(1, level - 5), level);
  }

  protected override advance(action: Float64Array, out: StepResult): void {
    this.score(action);
    out.reward = this.target;
    this.tokens++;
    this.place++;
    if (this.place === 2 * this.length + 2) this.finish(out);
    else this.target = this.next(out.observation);
  }

  private finish(out: StepResult): void {
    this.curriculum.close();
    if (this.options.ends) {
      out.terminated = true;
      out.observation.fill(0);
      this.target = none!;
    } else {
      this.restart();
      this.target = this.next(out.observation);
    }
  }

  private score(action: Float64Array): void {
    let sum = 0;
    // `contains` would leave a closure on the heap.
    if (!(action instanceof Float64Array && action.length === 4)) {
      throw illegalAction('copy-tokens', action, this.actionSpace);
    }
    for (let i = 0; i < 4; i++) {
      const weight = action[i]!;
      if (!(weight >= 0 && weight <= 1)) throw illegalAction('copy-tokens', action, this.actionSpace);
      sum += weight;
    }
    const probability = sum === 0 ? 1 / 4 : action[this.target]! / sum;
    this.cost[0] = -Math.log2(Math.max(surest, probability));
    this.curriculum.tell(this.cost[0]);
  }

  override step(action: Float64Array): StepTuple<Float64Array> {
    const [observation, reward, terminated, truncated] = super.step(action);
    const { level, solved, length, tokens } = this;
    const info = { level, solved, length, average: this.curriculum.average, bits: this.cost[0], tokens };
    return [observation, reward, terminated, truncated, info];
  }

  override value(): number {
    return this.target === none ? NaN : this.target;
  }

  protected override next(observation: Float64Array): number {
    const { place, length, bits } = this;
    const isBit = place > 0 && place <= length;
    if (isBit) bits[place - 1] = this.rng.integer(0, 1);
    const shown = place === 0 ? start! : isBit ? bits[place - 1]! : blank!;
    for (let i = 0; i < 4; i++) observation[i] = i === shown ? 1 : 0;
    if (place <= length) return blank!;
    return place === length + 1 ? start! : bits[place - length - 2]!;
  }

  protected override saveNumbers(): number[] {
    const { target, length, place, tokens } = this;
    return [target, length, place, tokens, this.cost[0]!, ...this.curriculum.saveNumbers(), ...this.bits];
  }

  protected override loadNumbers([target, length, place, tokens, cost, ...rest]: readonly number[]): void {
    const own = this.curriculum.saveNumbers().length;
    this.target = target!;
    this.length = length!;
    this.place = place!;
    this.tokens = tokens!;
    this.cost[0] = cost!;
    this.curriculum.loadNumbers(rest.slice(0, own));
    this.bits.set(rest.slice(own));
  }
}

export default defineEnv({
  cite: 'menick2021practical',
  summary: 'see bits as tokens, then say them; the sequences grow as the predictions get better',
  options,
  create: (chosen) => new CopyTokens(chosen),
});
