/**
 * Higher/lower (POPGym 1.0.7; Morad et al. 2023): guess whether the next card is higher or lower; counting helps.
 *
 * `decks` decks are shuffled into a pile of N = 52 decks cards; the first card is shown by reset, each step shows the
 * next. Observation [13]: rank of the latest card (ace low), one-hot. Actions: 0 higher, 1 lower. Reward: 1 / N for a
 * right guess, -1 / N for a wrong one, 0 where the ranks are equal. Terminated with the last card, after N - 1 steps.
 * Draws: the pile is shuffled at reset. Published sizes: 1, 2, 3 decks. At random 0. Discount .99.
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
const published = { easy: 1, medium: 2, hard: 3 };

class HigherLower extends LimitedTask {
  override readonly metadata: EnvMetadata = {
    id: 'higher-lower',
    cite: 'morad2023popgym',
    discount: 0.99,
    floors: null,
  };
  readonly observationSpace = box(0, 1, [13]);
  readonly actionSpace = discrete(2);
  private readonly deck: Deck;

  constructor({ difficulty, decks }: z.output<typeof options>) {
    super(null);
    this.deck = new Deck(decks ?? published[difficulty]);
  }

  protected override start(observation: Float64Array): void {
    this.deck.shuffle(this.rng);
    this.show(observation);
  }

  protected override move(action: number, out: StepResult): void {
    const { deck } = this;
    out.terminated = deck.left === 1;
    const before = faces.ranks.of(deck.dealt(0));
    const now = this.show(out.observation);
    if (now !== before) out.reward = (now > before === (action === 0) ? 1 : -1) / deck.order.length;
  }

  private show(observation: Float64Array): number {
    const rank = faces.ranks.of(this.deck.deal());
    writeOneHot(observation, 0, 13, rank);
    return rank;
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
  summary: 'guess whether the next card is higher or lower; counting helps (POPGym)',
  options,
  create: (chosen) => new HigherLower(chosen),
});
