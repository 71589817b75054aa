import type { Rng } from '../rng.ts';

/** Cards are numbers: ranks of four suits each, deck after deck, as POPGym lays them out. */
export const faces = {
  colours: { count: 2, of: (card: number): number => card % 2 },
  suits: { count: 4, of: (card: number): number => card % 4 },
  ranks: { count: 13, of: (card: number): number => Math.floor(card / 4) % 13 },
} as const;
/** What is told of a card. */
export type Face = keyof typeof faces;

/** One or more decks of 52 cards in one pile, dealt from its end. */
export class Deck {
  /** [cards] the pile; those from `left` on are dealt, the last one first. */
  readonly order: Int32Array;
  left: number;

  constructor(decks: number) {
    this.order = Int32Array.from({ length: 52 * decks }, (_, i) => i);
    this.left = this.order.length;
  }

  /** All cards back, in random order: one shuffle of 0, 1, .., from that order on. */
  shuffle(rng: Rng): void {
    const { order } = this;
    for (let i = 0; i < order.length; i++) order[i] = i;
    rng.shuffle(order);
    this.left = order.length;
  }

  /** The next card of the pile. */
  deal(): number {
    return this.order[--this.left]!;
  }

  /** The card that the next deal gives. */
  next(): number {
    return this.order[this.left - 1]!;
  }

  /** The card dealt `back` deals before the latest one. */
  dealt(back: number): number {
    return this.order[this.left + back]!;
  }

  numbers(): number[] {
    return [this.left, ...this.order];
  }

  setNumbers([left, ...order]: readonly number[]): void {
    this.left = left!;
    this.order.set(order);
  }
}
