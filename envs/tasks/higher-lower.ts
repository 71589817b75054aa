/**
 * Higher/lower (POPGym 1.0.7; Morad et al. 2023): guess whether the next card is higher or lower; counting helps.
 *
 * `decks` decks are shuffled into a pile of N = 52 decks cards; the first card is shown by reset, each step shows the
 * next. Observation [13]: rank of the latest card (ace low), one-hot. Actions: 0 higher, 1 lower. Reward: 1 / N for a
 * right guess, -1 / N for a wrong one, 0 where the ranks are equal. Terminated with the last card, after N - 1 steps.
 * Draws: the pile is shuffled at reset. Published sizes: 1, 2, 3 decks. At random 0. Discount .99.
 */
import { z } from 'zod';
import { DeckGame } from '../cards/deck-game.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { difficulty, popgymIds, sizeOption } from '../popgym/options.ts';

const options = z.strictObject({ difficulty, decks: sizeOption(1, 1000, 'decks in the pile') });
const published = { easy: 1, medium: 2, hard: 3 };

class HigherLower extends DeckGame {
  override readonly metadata: EnvMetadata = {
    id: 'higher-lower',
    cite: 'morad2023popgym',
    discount: 0.99,
    floors: null,
  };

  constructor({ difficulty, decks }: z.output<typeof options>) {
    super(decks ?? published[difficulty], 'ranks', 2);
  }

  protected override pay(action: number): number {
    const { deck } = this;
    const before = this.face.of(deck.dealt(0));
    const now = this.face.of(deck.next());
    return now === before ? 0 : (now > before === (action === 0) ? 1 : -1) / deck.order.length;
  }
}

export default defineEnv({
  cite: 'morad2023popgym',
  summary: 'guess whether the next card is higher or lower; counting helps (POPGym)',
  options,
  aliases: popgymIds('HigherLower'),
  create: (chosen) => new HigherLower(chosen),
});
