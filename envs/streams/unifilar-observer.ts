/**
 * Who knows a unifilar source but not its state, and sees its symbols: the best predictor there is, a forward filter.
 *   p(a) = sum_s b_s P(a | s);   after a:  b'_{s'} = sum over f(s, a) = s' of b_s P(a | s) / p(a),   b = pi at first
 */
import { stationary, type UnifilarMachine } from './unifilar-source.ts';

export class UnifilarObserver {
  readonly belief: Float64Array; // [S]
  /** Of the next symbol [A]. */
  readonly probabilities: Float64Array;
  private readonly machine: UnifilarMachine;
  private readonly after: Float64Array; // [S]

  constructor(machine: UnifilarMachine) {
    this.machine = machine;
    this.belief = stationary(machine);
    this.after = new Float64Array(machine.states);
    this.probabilities = new Float64Array(machine.symbols);
    this.predict();
  }

  see(symbol: number): void {
    const { belief, after, probabilities } = this;
    const { states: S, symbols: A, emission, next } = this.machine;
    after.fill(0);
    for (let s = 0; s < S; s++) after[next[s * A + symbol]!]! += belief[s]! * emission[s * A + symbol]!;
    for (let s = 0; s < S; s++) belief[s] = after[s]! / probabilities[symbol]!;
    this.predict();
  }

  private predict(): void {
    const { belief, probabilities } = this;
    const { states: S, symbols: A, emission } = this.machine;
    probabilities.fill(0);
    for (let s = 0; s < S; s++) {
      for (let a = 0; a < A; a++) probabilities[a]! += belief[s]! * emission[s * A + a]!;
    }
  }
}
