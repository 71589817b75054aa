/** How the sequences of a copying task grow, for one learner or for several lanes that share its weights. */
export interface CurriculumRules {
  /** Level at the start: the length of the longest sequences. */
  readonly level: number;
  readonly most: number;
  /** Bits per token below which the level rises. */
  readonly threshold: number;
  /** Sequences over which the mean is taken; null: the exponential average of all tokens, as Mujika et al. take it. */
  readonly batch: number | null;
  readonly rises: boolean;
}

const rate = 0.001; // of the exponential average, per token of every lane
const afterRise = 0.3; // where it starts anew

export class CopyCurriculum {
  level = 1;
  private readonly rules: CurriculumRules;
  private readonly numbers = Float64Array.of(1, 0, 0, 0); // average; bits, tokens and sequences of this batch
  private lanes = 0;

  constructor(rules: CurriculumRules) {
    this.rules = rules;
  }

  /** Another lane of the same learner. */
  join(): this {
    this.lanes++;
    return this;
  }

  restart(): void {
    this.level = this.rules.level;
    this.numbers.set([1, 0, 0, 0]);
  }

  /** Bits per token: the running average, or the mean of the latest whole batch. */
  get average(): number {
    return this.numbers[0]!;
  }

  /** What one token cost. */
  tell(bits: number): void {
    const { numbers } = this;
    numbers[1]! += bits;
    numbers[2]! += 1;
    if (this.rules.batch === null) numbers[0]! += (rate / this.lanes) * (bits - numbers[0]!);
  }

  /** A sequence is over, before the next is drawn. */
  close(): void {
    const { batch } = this.rules;
    this.numbers[3]! += 1;
    if (batch === null) this.judge(afterRise);
    else if (this.numbers[3]! >= batch) this.closeBatch();
  }

  private closeBatch(): void {
    this.numbers[0] = this.numbers[1]! / this.numbers[2]!;
    this.numbers.fill(0, 1);
    this.judge(this.numbers[0]);
  }

  private judge(after: number): void {
    if (!this.rules.rises || this.numbers[0]! >= this.rules.threshold || this.level >= this.rules.most) return;
    this.level++;
    this.numbers[0] = after;
  }

  saveNumbers(): number[] {
    return [this.level, ...this.numbers];
  }

  loadNumbers([level, ...numbers]: readonly number[]): void {
    this.level = level!;
    this.numbers.set(numbers);
  }
}
