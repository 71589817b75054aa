/**
 * Blackjack (Sutton & Barto 2018, example 5.1), as Gymnasium's Blackjack-v1: an infinite deck, one player.
 *
 * Observation [45], one-hot in three parts: the player's sum (32), the dealer's open card (11, an ace is 1), whether the
 * player has a usable ace (no, yes). Actions: 0 stick, 1 hit. Reward at the end alone: 1 win, 0 draw, -1 loss.
 * Hit: one more card, lost above 21. Stick: the dealer draws up to 17 or more, the higher sum wins. `rules: 'book'`:
 * a natural (ace and ten) beats all but a natural. `'natural'`: a natural that wins pays 1.5. `'plain'`: neither.
 * Undiscounted in the book.
 *
 * Draws: per card one integer of 13 (1 2 ... 10 10 10 10). Reset: two cards for the dealer, two for the player, then the
 * suit of the open card (one of 4) and, if it is a ten, its face (one of 3): they show in Gymnasium's picture alone, but
 * are drawn so that the cards that follow are the same.
 */
import { z } from 'zod';
import type { EnvMetadata, StepResult } from '../env.ts';
import { limitOption, LimitedTask } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';

const options = z.strictObject({
  rules: z
    .enum(['book', 'natural', 'plain'])
    .default('book')
    .describe('what an ace and a ten are worth: they win at once, pay 1.5, or are 21 like any other'),
  maxEpisodeSteps: limitOption,
});
type Options = z.output<typeof options>;

const sums = 32;
const openCards = 11;

/** A hand: its sum with every ace as 1, whether there is an ace, and the number of cards. */
class Hand {
  hard = 0;
  hasAce = false;
  cards = 0;

  clear(): void {
    this.hard = 0;
    this.hasAce = false;
    this.cards = 0;
  }
  add(card: number): void {
    this.hard += card;
    this.hasAce ||= card === 1;
    this.cards++;
  }
  get hasUsableAce(): boolean {
    return this.hasAce && this.hard + 10 <= 21;
  }
  get sum(): number {
    return this.hasUsableAce ? this.hard + 10 : this.hard;
  }
  /** The sum, or 0 above 21. */
  get score(): number {
    return this.sum > 21 ? 0 : this.sum;
  }
  get isNatural(): boolean {
    return this.cards === 2 && this.sum === 21;
  }
  get numbers(): number[] {
    return [this.hard, Number(this.hasAce), this.cards];
  }
  set numbers([hard, hasAce, cards]: readonly number[]) {
    this.hard = hard!;
    this.hasAce = hasAce === 1;
    this.cards = cards!;
  }
}

class Blackjack extends LimitedTask {
  override readonly metadata: EnvMetadata = {
    id: 'blackjack',
    cite: 'sutton2018reinforcement',
    discount: 1,
    floors: null,
  };
  readonly observationSpace = box(0, 1, [sums + openCards + 2]);
  readonly actionSpace = discrete(2);
  private readonly rules: Options['rules'];
  private readonly player = new Hand();
  private readonly dealer = new Hand();
  private open = 1; // the dealer's first card

  constructor({ rules, maxEpisodeSteps }: Options) {
    super(maxEpisodeSteps);
    this.rules = rules;
  }

  protected override start(observation: Float64Array): void {
    const { player, dealer, rng } = this;
    player.clear();
    dealer.clear();
    this.open = this.drawCard();
    dealer.add(this.open);
    dealer.add(this.drawCard());
    player.add(this.drawCard());
    player.add(this.drawCard());
    rng.integer(0, 3);
    if (this.open === 10) rng.integer(0, 2);
    this.observe(observation);
  }

  protected override move(action: number, out: StepResult): void {
    const { player } = this;
    if (action === 1) player.add(this.drawCard());
    out.terminated = action === 0 || player.sum > 21;
    if (out.terminated) out.reward = action === 0 ? this.settle() : -1;
    this.observe(out.observation);
  }

  /** The dealer plays; returns the reward. */
  private settle(): number {
    const { player, dealer, rules } = this;
    while (dealer.sum < 17) dealer.add(this.drawCard());
    const reward = Math.sign(player.score - dealer.score);
    if (rules === 'book' && player.isNatural && !dealer.isNatural) return 1;
    return rules === 'natural' && player.isNatural && reward === 1 ? 1.5 : reward;
  }

  private drawCard(): number {
    return Math.min(10, 1 + this.rng.integer(0, 12));
  }

  private observe(observation: Float64Array): void {
    observation.fill(0);
    observation[this.player.sum] = 1;
    observation[sums + this.open] = 1;
    observation[sums + openCards + (this.player.hasUsableAce ? 1 : 0)] = 1;
  }

  protected override stateNumbers(): number[] {
    return [this.open, ...this.player.numbers, ...this.dealer.numbers];
  }

  protected override setStateNumbers([open, ...hands]: readonly number[]): void {
    this.open = open!;
    this.player.numbers = hands.slice(0, 3);
    this.dealer.numbers = hands.slice(3);
  }

  override render(): string {
    const { player, dealer, open } = this;
    const ace = player.hasUsableAce ? ' with a usable ace' : '';
    return `player ${player.sum}${ace} in ${player.cards} cards; dealer shows ${open}, holds ${dealer.sum}`;
  }
}

export default defineEnv({
  cite: 'sutton2018reinforcement',
  summary: 'cards up to 21 against a dealer',
  options,
  aliases: [{ id: 'Blackjack-v1' }],
  create: (chosen) => new Blackjack(chosen),
});
