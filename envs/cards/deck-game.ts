import type { StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { writeOneHot } from '../popgym/options.ts';
import { type Box, box, type Discrete, discrete } from '../spaces.ts';
import { cardText } from './card-text.ts';
import { Deck, type Face, faces } from './deck.ts';

/**
 * A game that goes once through a pile (POPGym): reset shows its first card and each step, after it has paid for the
 * action, the next one, as a one-hot of one face. Terminated with the last card, after N - 1 steps.
 * Draws: the pile is shuffled at reset.
 */
export abstract class DeckGame extends LimitedTask {
  readonly observationSpace: Box;
  readonly actionSpace: Discrete;
  protected readonly deck: Deck;
  protected readonly face: (typeof faces)[Face];

  constructor(decks: number, face: Face, actions: number) {
    super(null);
    this.deck = new Deck(decks);
    this.face = faces[face];
    this.observationSpace = box(0, 1, [this.face.count]);
    this.actionSpace = discrete(actions);
  }

  /** The reward of an action, while the card that it was made on is still the latest dealt. */
  protected abstract pay(action: number): number;

  protected override start(observation: Float64Array): void {
    this.deck.shuffle(this.rng);
    this.show(observation);
  }

  protected override move(action: number, out: StepResult): void {
    out.reward = this.pay(action);
    this.show(out.observation);
    out.terminated = this.deck.left === 0;
  }

  private show(observation: Float64Array): void {
    const { of, count } = this.face;
    writeOneHot(observation, 0, count, of(this.deck.deal()));
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
