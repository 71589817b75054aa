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
import { DeckGame } from '../cards/deck-game.ts';
import type { EnvMetadata } from '../env.ts';
import { EnvError } from '../errors.ts';
import { defineEnv } from '../part.ts';
import { difficulty, popgymIds, sizeOption } from '../popgym/options.ts';

const options = z.strictObject({
  difficulty,
  decks: sizeOption(1, 1000, 'decks in the pile'),
  k: sizeOption(1, 51_999, 'which of the latest cards is asked for'),
});
const published = { easy: { decks: 1, k: 4 }, medium: { decks: 2, k: 32 }, hard: { decks: 3, k: 64 } };

class RepeatPrevious extends DeckGame {
  override readonly metadata: EnvMetadata;
  private readonly k: number;

  constructor(decks: number, k: number) {
    super(decks, 'suits', 4);
    this.metadata = { id: 'repeat-previous', cite: 'morad2023popgym', discount: 0.99, floors: null, delay: k };
    this.k = k;
    const cards = this.deck.order.length;
    if (k >= cards) throw new EnvError(`Cannot make repeat-previous: k must be below the ${cards} cards, got ${k}`);
  }

  protected override pay(action: number): number {
    const { deck, k } = this;
    const cards = deck.order.length;
    if (cards - deck.left < k) return 0;
    return (action === this.face.of(deck.dealt(k - 1)) ? 1 : -1) / (cards - k);
  }
}

export default defineEnv({
  cite: 'morad2023popgym',
  summary: 'name the suit of the card shown some steps ago (POPGym)',
  options,
  aliases: popgymIds('RepeatPrevious'),
  create: ({ difficulty, decks, k }) => {
    const size = published[difficulty];
    return new RepeatPrevious(decks ?? size.decks, k ?? size.k);
  },
});
