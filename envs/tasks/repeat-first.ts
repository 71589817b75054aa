/**
 * Repeat first (POPGym 1.0.7; Morad et al. 2023): name the suit of the first card, again and again.
 *
 * `decks` decks are shuffled into a pile of N = 52 decks cards; the first card is shown by reset, each step shows the
 * next. Observation [4]: suit of the latest card, one-hot. Actions: 4, a suit. Reward: 1 / (N - 1) if it is the suit of
 * the first card, else -1 / (N - 1). Terminated with the last card, after N - 1 steps.
 * Draws: the pile is shuffled at reset. Published sizes: 1, 8, 16 decks. Best return 1, at random -.5. Discount .99.
 */
import { z } from 'zod';
import { DeckGame } from '../cards/deck-game.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { difficulty, popgymIds, sizeOption } from '../popgym/options.ts';

const options = z.strictObject({ difficulty, decks: sizeOption(1, 1000, 'decks in the pile') });
const published = { easy: 1, medium: 8, hard: 16 };

class RepeatFirst extends DeckGame {
  override readonly metadata: EnvMetadata;

  constructor({ decks, difficulty }: z.output<typeof options>) {
    super(decks ?? published[difficulty], 'suits', 4);
    const delay = this.deck.order.length - 1;
    this.metadata = { id: 'repeat-first', cite: 'morad2023popgym', discount: 0.99, floors: null, delay };
  }

  protected override pay(action: number): number {
    const { order } = this.deck;
    const first = order[order.length - 1]!;
    return (action === this.face.of(first) ? 1 : -1) / (order.length - 1);
  }
}

export default defineEnv({
  cite: 'morad2023popgym',
  summary: 'name the suit of the first card, again and again (POPGym)',
  options,
  aliases: popgymIds('RepeatFirst'),
  create: (chosen) => new RepeatFirst(chosen),
});
