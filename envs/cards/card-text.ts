import { faces } from './deck.ts';

/** A card in two or three characters: its rank, then its suit as POPGym names them (spades, diamonds, clubs, hearts). */
export function cardText(card: number): string {
  const rank = ['A', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'J', 'Q', 'K'][faces.ranks.of(card)]!;
  return rank + ['♠', '♦', '♣', '♥'][faces.suits.of(card)]!;
}
