/**
 * Repeat previous (POPGym 1.0.7; Morad et al. 2023): name the suit of the card shown k - 1 observations ago.
 *
 * `decks` decks are shuffled into a pile of N = 52 decks cards; the first card is shown by reset, each step shows the
 * next. Observation [4]: suit of the latest card, one-hot. Actions: 4, a suit. Reward: +-1 / (N - k) for the suit of the
 * k-th latest of the cards seen BEFORE the step (k = 1 is the one in view); 0 until k cards have been seen. Terminated
 * with the last card, after N - 1 steps.
 * Draws: the pile is shuffled at reset. Published sizes (decks, k): (1, 4), (2, 32), (3, 64). Best return 1, at random
 * -.5. Discount .99.
 */
import { z } from 'zod';
import { cardText } from '../cards/card-text.ts';
import { Deck, faces } from '../cards/deck.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { EnvError } from '../errors.ts';
import { defineEnv } from '../part.ts';
import { difficulty, sizeOption, writeOneHot } from '../popgym/options.ts';
import { box, discrete } from '../spaces.ts';

const options = z.strictObject({
  difficulty,
  decks: sizeOption(1, 1000, 'decks in the pile'),
  k: sizeOption(1, 51_999, 'which of the latest cards is asked for'),
});
const published = { easy: { decks: 1, k: 4 }, medium: { decks: 2, k: 32 }, hard: { decks: 3, k: 64 } };

class RepeatPrevious extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(0, 1, [4]);
  readonly actionSpace = discrete(4);
  private readonly deck: Deck;
  private readonly k: number;

  constructor(decks: number, k: number) {
    super(null);
    this.metadata = { id: 'repeat-previous', cite: 'morad2023popgym', discount: 0.99, floors: null, delay: k };
    this.deck = new Deck(decks);
    this.k = k;
    const cards = this.deck.order.length;
    if (k >= cards) throw new EnvError(`Cannot make repeat-previous: k must be below the ${cards} cards, got ${k}`);
  }

  protected override start(observation: Float64Array): void {
    this.deck.shuffle(this.rng);
    this.show(observation);
  }

  protected override move(action: number, out: StepResult): void {
    const { deck, k } = this;
    const cards = deck.order.length;
    if (cards - deck.left >= k) out.reward = (action === faces.suits.of(deck.dealt(k - 1)) ? 1 : -1) / (cards - k);
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
  summary: 'name the suit of the card shown some steps ago (POPGym)',
  options,
  create: ({ difficulty, decks, k }) => {
    const size = published[difficulty];
    return new RepeatPrevious(decks ?? size.decks, k ?? size.k);
  },
});
