/**
 * A source of symbols with hidden states, unifilar: state s emits symbol a with probability P(a | s), and the next state
 * is a function of both, s' = f(s, a) (Shannon 1948; Crutchfield & Young 1989). So what is drawn is the symbol alone, and
 *   pi = pi Q,  Q[s][s'] = sum of P(a | s) over f(s, a) = s'                                                   (1)
 *   h = sum_s pi_s H(P(. | s))                                                                                 (2)
 * is the entropy rate in bits, wherever the past tells the state: then H(x_t | past) = H(x_t | s_t). The past tells it once
 * a symbol has come after which all states are one ("synchronising"), and for ever after, since f is a function.
 *   P(w, s') = sum over f(s, a) = s' of P(v, s) P(a | s)  for a word w = v a, from P(empty, s) = pi_s          (3)
 *   bits of the best predictor of order k = H(words of k + 1) - H(words of k)                                  (4)
 */
import { solve } from '../chains/solve.ts';

export interface UnifilarMachine {
  readonly states: number; // S
  readonly symbols: number; // A
  readonly emission: Float64Array; // [S x A] P(a | s), rows sum to 1
  readonly next: Uint8Array; // [S x A] f(s, a)
}

/** (1), of a chain of one recurrent class. */
export function stationary({ states: S, symbols: A, emission, next }: UnifilarMachine): Float64Array {
  // Rows s' of (Q - 1)^T pi = 0; one of them follows from the others, and makes way for: all of pi is 1.
  const rows = Array.from({ length: S }, () => new Array<number>(S).fill(0));
  for (let s = 0; s < S; s++) rows[s]![s] = -1;
  for (let i = 0; i < S * A; i++) rows[next[i]!]![Math.floor(i / A)]! += emission[i]!;
  rows[S - 1] = new Array<number>(S).fill(1);
  return solve(
    rows,
    Array.from({ length: S }, (_, s) => (s === S - 1 ? 1 : 0)),
  );
}

/** (2) */
export function entropyRate(machine: UnifilarMachine): number {
  const { symbols: A, emission } = machine;
  return stationary(machine).reduce((sum, p, s) => sum + p * entropy(emission.subarray(s * A, (s + 1) * A)), 0);
}

/** (4); words of order + 1 symbols are counted through, so A^(order + 1) must be small. */
export function bitsOfOrder(machine: UnifilarMachine, order: number): number {
  let words = [stationary(machine)]; // P(w, s) of every word [S]
  let before = 0;
  let now = 0;
  for (let length = 0; length <= order; length++) {
    words = words.flatMap((word) => longer(machine, word));
    [before, now] = [now, entropy(Float64Array.from(words, total))];
  }
  return now - before;
}

/** (3): a word, with each symbol in turn behind it. */
function longer({ symbols: A, emission, next }: UnifilarMachine, word: Float64Array): Float64Array[] {
  return Array.from({ length: A }, (_, a) => {
    const after = new Float64Array(word.length);
    for (let s = 0; s < word.length; s++) after[next[s * A + a]!]! += word[s]! * emission[s * A + a]!;
    return after;
  });
}

/** -sum p log2 p */
export function entropy(probabilities: Float64Array): number {
  let bits = 0;
  for (const p of probabilities) if (p > 0) bits -= p * Math.log2(p);
  return bits;
}

const total = (word: Float64Array): number => word.reduce((sum, p) => sum + p, 0);
