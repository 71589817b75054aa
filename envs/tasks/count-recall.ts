/**
 * Count recall (POPGym 1.0.7; Morad et al. 2023): say how often a face has been dealt so far.
 *
 * Two piles of N = 52 decks cards are shuffled; reset and every step turn one card of each: a dealt face and a queried
 * face. Observation [2 faces], one-hot: dealt, queried. Actions: N / faces + 1, a count. Reward: +-1 / (N - 1) for the
 * number of cards dealt BEFORE the step that have the queried face in view. Terminated with the last card, after N - 1
 * steps. (Its error clamp is an option of the original that does nothing.)
 * Draws at reset: the dealt pile is shuffled, then the queried one. Published sizes: 1 deck of colours (27 actions), 2 of
 * suits (27), 4 of ranks (17). Best return 1. Discount .99.
 */
import { z } from 'zod';
import { Deck, type Face, faces } from '../cards/deck.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { difficulty, popgymIds, sizeOption, writeOneHot } from '../popgym/options.ts';
import { box, discrete } from '../spaces.ts';
import type { Box, Discrete } from '../spaces.ts';

const options = z.strictObject({
  difficulty,
  decks: sizeOption(1, 1000, 'decks in each pile'),
  face: z
    .enum(['colours', 'suits', 'ranks'])
    .nullable()
    .default(null)
    .describe('what is counted; null = that of the difficulty'),
});
const published = {
  easy: { decks: 1, face: 'colours' },
  medium: { decks: 2, face: 'suits' },
  hard: { decks: 4, face: 'ranks' },
} as const;

class CountRecall extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace: Discrete;
  private readonly dealt: Deck;
  private readonly queried: Deck;
  private readonly face: (typeof faces)[Face];
  private readonly counts: Int32Array; // [faces] of the cards dealt
  private query = 0;

  constructor(decks: number, face: Face) {
    super(null);
    const cards = 52 * decks;
    this.face = faces[face];
    const { count } = this.face;
    this.metadata = { id: 'count-recall', cite: 'morad2023popgym', discount: 0.99, floors: null, delay: cards - 1 };
    this.observationSpace = box(0, 1, [2 * count]);
    this.actionSpace = discrete(cards / count + 1);
    this.dealt = new Deck(decks);
    this.queried = new Deck(decks);
    this.counts = new Int32Array(count);
  }

  protected override start(observation: Float64Array): void {
    this.dealt.shuffle(this.rng);
    this.queried.shuffle(this.rng);
    this.counts.fill(0);
    this.turn(observation);
  }

  protected override move(action: number, out: StepResult): void {
    const scale = 1 / (this.dealt.order.length - 1);
    out.reward = action === this.counts[this.query] ? scale : -scale;
    this.turn(out.observation);
    out.terminated = this.dealt.left === 0;
  }

  private turn(observation: Float64Array): void {
    const { of, count } = this.face;
    const value = of(this.dealt.deal());
    this.query = of(this.queried.deal());
    this.counts[value]!++;
    writeOneHot(observation, 0, count, value);
    writeOneHot(observation, count, count, this.query);
  }

  override render(): string {
    return `dealt ${this.face.of(this.dealt.dealt(0))}, asked for the count of ${this.query}`;
  }

  protected override stateNumbers(): number[] {
    return [this.query, ...this.counts, ...this.dealt.numbers(), ...this.queried.numbers()];
  }

  protected override setStateNumbers([query, ...numbers]: readonly number[]): void {
    const [from, between] = [this.counts.length, this.counts.length + 1 + this.dealt.order.length];
    this.query = query!;
    this.counts.set(numbers.slice(0, from));
    this.dealt.setNumbers(numbers.slice(from, between));
    this.queried.setNumbers(numbers.slice(between));
  }
}

export default defineEnv({
  cite: 'morad2023popgym',
  summary: 'say how often a face has been dealt so far (POPGym)',
  options,
  aliases: popgymIds('CountRecall'),
  create: ({ difficulty, decks, face }) => {
    const size = published[difficulty];
    return new CountRecall(decks ?? size.decks, face ?? size.face);
  },
});
