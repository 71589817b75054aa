/**
 * Concentration (POPGym 1.0.7; Morad et al. 2023): cards lie face down; turn two at a time and find pairs.
 *
 * N = 52 decks cards lie in random order. Observation [N (faces + 1)], one-hot by place: its face, or "face down". A step
 * turns the card of the action; found pairs stay face up, one card in play stays for the second.
 * Actions: N, a place. When two cards are in play: a pair (not the same place twice) pays 1 / (N / 2) and stays up, else
 * -2 / T and both go down. Turning a card that is up already pays -1 / T for every card in play, and puts those down.
 * The observation of a step shows the cards in play, also those that go down with it.
 * Terminated when all are up; truncated after T = ceil(2N - N / (2N - 1)) steps.
 * Draws: the cards are shuffled at reset. Published sizes: 1 deck of colours, 2 of colours, 1 of ranks. Best return near
 * 1: some turns must fail. Discount .99.
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
  decks: sizeOption(1, 100, 'decks on the table'),
  face: z
    .enum(['colours', 'ranks'])
    .nullable()
    .default(null)
    .describe('what makes a pair; null = that of the difficulty'),
});
const published = {
  easy: { decks: 1, face: 'colours' },
  medium: { decks: 2, face: 'colours' },
  hard: { decks: 1, face: 'ranks' },
} as const;

class Concentration extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace: Discrete;
  private readonly deck: Deck;
  private readonly face: (typeof faces)[Face];
  private readonly isUp: Uint8Array; // [N] found pairs
  private readonly failure: number;
  private found = 0; // cards that are up
  private first = -1; // place of the card in play, -1 for none

  constructor(decks: number, face: Face) {
    const cards = 52 * decks;
    const steps = Math.ceil(2 * cards - cards / (2 * cards - 1));
    super(steps);
    this.metadata = { id: 'concentration', cite: 'morad2023popgym', discount: 0.99, floors: null };
    this.face = faces[face];
    this.observationSpace = box(0, 1, [cards * (this.face.count + 1)]);
    this.actionSpace = discrete(cards);
    this.deck = new Deck(decks);
    this.isUp = new Uint8Array(cards);
    this.failure = -1 / steps;
  }

  protected override start(observation: Float64Array): void {
    this.deck.shuffle(this.rng);
    this.isUp.fill(0);
    this.found = 0;
    this.first = -1;
    this.observe(observation, -1);
  }

  protected override move(action: number, out: StepResult): void {
    this.observe(out.observation, action);
    const { first } = this;
    if (this.isUp[action] === 1) {
      out.reward = this.failure * (first < 0 ? 1 : 2);
      this.first = -1;
    } else if (first < 0) {
      this.first = action;
    } else {
      out.reward = this.compare(first, action);
      this.first = -1;
    }
    out.terminated = this.found === this.isUp.length;
  }

  /** Two cards are in play. */
  private compare(first: number, second: number): number {
    if (first === second || this.faceAt(first) !== this.faceAt(second)) return 2 * this.failure;
    this.isUp[first] = 1;
    this.isUp[second] = 1;
    this.found += 2;
    return 1 / (this.isUp.length / 2);
  }

  private faceAt(place: number): number {
    return this.face.of(this.deck.order[place]!);
  }

  private observe(observation: Float64Array, turned: number): void {
    const down = this.face.count;
    for (let place = 0; place < this.isUp.length; place++) {
      const seen = this.isUp[place] === 1 || place === turned || place === this.first;
      writeOneHot(observation, place * (down + 1), down + 1, seen ? this.faceAt(place) : down);
    }
  }

  /** The table in rows of 13: found cards by their face, the one in play in brackets. */
  override render(): string {
    const places = Array.from(this.isUp, (up, place) => {
      const face = '0123456789abc'[this.faceAt(place)]!;
      return place === this.first ? `[${face}]` : up === 1 ? ` ${face} ` : ' ? ';
    });
    const rows = Array.from({ length: places.length / 13 }, (_, r) => places.slice(13 * r, 13 * r + 13).join(''));
    return rows.join('\n');
  }

  protected override stateNumbers(): number[] {
    return [this.first, ...this.isUp, ...this.deck.numbers()];
  }

  protected override setStateNumbers([first, ...numbers]: readonly number[]): void {
    const { length } = this.isUp;
    this.first = first!;
    this.isUp.set(numbers.slice(0, length));
    this.found = this.isUp.reduce((sum, up) => sum + up, 0);
    this.deck.setNumbers(numbers.slice(length));
  }
}

export default defineEnv({
  cite: 'morad2023popgym',
  summary: 'cards lie face down: turn two at a time and find pairs (POPGym)',
  options,
  aliases: popgymIds('Concentration'),
  create: ({ difficulty, decks, face }) => {
    const size = published[difficulty];
    return new Concentration(decks ?? size.decks, face ?? size.face);
  },
});
