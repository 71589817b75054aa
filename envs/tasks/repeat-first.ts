/**
 * Repeat first (POPGym 1.0.7; Morad et al. 2023): name the suit of the first card, again and again.
 *
 * `decks` decks are shuffled into a pile of N = 52 decks cards; the first card is shown by reset, each step shows the
 * next. Observation [4]: suit of the latest card, one-hot. Actions: 4, a suit. Reward: 1 / (N - 1) if it is the suit of
 * the first card, else -1 / (N - 1). Terminated with the last card, after N - 1 steps.
 * Draws: the pile is shuffled at reset. Published sizes: 1, 8, 16 decks. Best return 1, at random -.5. Discount .99.
 */
import { z } from 'zod';
import { cardText } from '../cards/card-text.ts';
import { Deck, faces } from '../cards/deck.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { difficulty, sizeOption, writeOneHot } from '../popgym/options.ts';
import { box, discrete } from '../spaces.ts';

const options = z.strictObject({ difficulty, decks: sizeOption(1, 1000, 'decks in the pile') });
const published = { easy: 1, medium: 8, hard: 16 };

class RepeatFirst extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(0, 1, [4]);
  readonly actionSpace = discrete(4);
  private readonly deck: Deck;

  constructor({ decks, difficulty }: z.output<typeof options>) {
    super(null);
    this.deck = new Deck(decks ?? published[difficulty]);
    const delay = this.deck.order.length - 1;
    this.metadata = { id: 'repeat-first', cite: 'morad2023popgym', discount: 0.99, floors: null, delay };
  }

  protected override start(observation: Float64Array): void {
    this.deck.shuffle(this.rng);
    this.show(observation);
  }

  protected override move(action: number, out: StepResult): void {
    const { deck } = this;
    const first = deck.order[deck.order.length - 1]!;
    out.reward = (action === faces.suits.of(first) ? 1 : -1) / (deck.order.length - 1);
    out.terminated = deck.left === 1;
    this.show(out.observation);
  }

  private show(observation: Float64Array): void {
    writeOneHot(observation, 0, 4, faces.suits.of(this.deck.deal()));
  }

  override render(): string {
    return cardText(this.deck.dealt(0));
  }

  protected override stateNumbers(): number[] {
    return this.deck.numbers();
  }

  protected override setStateNumbers(numbers: readonly number[]): void {
    this.deck.setNumbers(numbers);
  }
}

export default defineEnv({
  cite: 'morad2023popgym',
  summary: 'name the suit of the first card, again and again (POPGym)',
  options,
  create: (chosen) => new RepeatFirst(chosen),
});
