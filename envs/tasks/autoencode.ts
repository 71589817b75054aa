/**
 * Autoencode (POPGym 1.0.7; Morad et al. 2023): watch a pile of cards, then name their suits in reverse order.
 *
 * `decks` decks are shuffled into a pile of N = 52 decks cards. While watching, reset and every step show the next card;
 * then every step takes the answer for one card, the latest first. Observation [2 + 4], one-hot: mode (0 play, 1 watch),
 * suit. The last card is shown in mode play already; later observations are mode play with suit 0.
 * Actions: 4, a suit. Reward: 0 while watching, then +-1 / N. Terminated after N - 1 + N steps.
 * Draws: the pile is shuffled at reset. Published sizes: 1, 2, 3 decks. Best return 1, at random -.5. Discount .99.
 */
import { z } from 'zod';
import { cardText } from '../cards/card-text.ts';
import { Deck, faces } from '../cards/deck.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { difficulty, popgymIds, sizeOption, writeOneHot } from '../popgym/options.ts';
import { box, discrete } from '../spaces.ts';

const options = z.strictObject({ difficulty, decks: sizeOption(1, 1000, 'decks in the pile') });
const published = { easy: 1, medium: 2, hard: 3 };
const [play, watch] = [0, 1];

class Autoencode extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(0, 1, [6]);
  readonly actionSpace = discrete(4);
  private readonly deck: Deck;
  private told = 0; // answers so far

  constructor({ difficulty, decks }: z.output<typeof options>) {
    super(null);
    this.deck = new Deck(decks ?? published[difficulty]);
    const delay = 2 * this.deck.order.length - 1;
    this.metadata = { id: 'autoencode', cite: 'morad2023popgym', discount: 0.99, floors: null, delay };
  }

  protected override start(observation: Float64Array): void {
    this.deck.shuffle(this.rng);
    this.told = 0;
    this.show(observation, this.deck.deal());
  }

  protected override move(action: number, out: StepResult): void {
    if (this.deck.left > 0) this.show(out.observation, this.deck.deal());
    else this.hear(action, out);
  }

  private hear(action: number, out: StepResult): void {
    const { deck } = this;
    const cards = deck.order.length;
    out.reward = (action === faces.suits.of(deck.dealt(this.told++)) ? 1 : -1) / cards;
    out.terminated = this.told === cards;
    this.show(out.observation, 0);
  }

  private show(observation: Float64Array, card: number): void {
    writeOneHot(observation, 0, 2, this.deck.left === 0 ? play! : watch!);
    writeOneHot(observation, 2, 4, faces.suits.of(card));
  }

  override render(): string {
    const { deck, told } = this;
    return deck.left > 0 || told === 0 ? cardText(deck.dealt(0)) : `${told} of ${deck.order.length} told`;
  }

  protected override stateNumbers(): number[] {
    return [this.told, ...this.deck.numbers()];
  }

  protected override setStateNumbers([told, ...numbers]: readonly number[]): void {
    this.told = told!;
    this.deck.setNumbers(numbers);
  }
}

export default defineEnv({
  cite: 'morad2023popgym',
  summary: 'watch a pile of cards, then name their suits in reverse order (POPGym)',
  options,
  aliases: popgymIds('Autoencode'),
  create: (chosen) => new Autoencode(chosen),
});
