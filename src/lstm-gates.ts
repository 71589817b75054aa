/**
 * The pointwise part that every LSTM shares (Hochreiter & Schmidhuber 1997; Gers 2000), unit state s = [c; h]:
 *   i, f, o = sigma(sums),  g = tanh(sum),   c_t = f c + i g,   h_t = o tanh(c_t)                       (1)
 * With E = o (1 - tanh(c_t)^2), rows i, f, g move c by S and h by E S; row o moves h alone:
 *   S_i = g i(1-i),  S_f = c_{t-1} f(1-f),  S_g = i(1-g^2),  gain_o = tanh(c_t) o(1-o)                  (2)
 *   direct = [f, 0; E f, 0]                                                                             (3)
 * Rows come gate by gate in the order of GATES, `units` rows each.
 */
import { sigmoid } from './sigmoid.ts';
import type { Lane } from './types.ts';

export const GATES = ['input', 'forget', 'output', 'candidate'] as const;

/** Which components a gate's gain can move: the output gate never touches c. */
export const gateLive = (gate: (typeof GATES)[number]): number[] => (gate === 'output' ? [0, 1] : [1, 1]);

export const DIRECT_LIVE = [1, 0, 1, 0];

/** Numbers of `work` per unit: i, f, o, g, tanh(c). */
export const LSTM_WORK = 5;

export function activateLstm(units: number, { sum, work, state }: Lane): void {
  for (let u = 0; u < units; u++) {
    const at = u * LSTM_WORK;
    const i = (work[at] = sigmoid(sum[u]!));
    const f = (work[at + 1] = sigmoid(sum[units + u]!));
    const o = (work[at + 2] = sigmoid(sum[2 * units + u]!));
    const g = (work[at + 3] = Math.tanh(sum[3 * units + u]!));
    const c = (state[2 * u] = f * state[2 * u]! + i * g); // (1)
    const squashed = (work[at + 4] = Math.tanh(c));
    state[2 * u + 1] = o * squashed;
  }
}

/** `first` is where s_{t-1} begins in pre; `blocks` [units]: the own blocks in direct where units have others too. */
export function differentiateLstm(
  units: number,
  first: number,
  { pre, work, gain, direct }: Lane,
  blocks: Int32Array | null = null,
): void {
  for (let u = 0; u < units; u++) {
    const at = u * LSTM_WORK;
    const i = work[at]!;
    const f = work[at + 1]!;
    const o = work[at + 2]!;
    const g = work[at + 3]!;
    const squashed = work[at + 4]!;
    const E = o * (1 - squashed * squashed);
    const S_i = g * i * (1 - i); // (2)
    const S_f = pre[first + 2 * u]! * f * (1 - f);
    const S_g = i * (1 - g * g);
    gain[2 * u] = S_i;
    gain[2 * u + 1] = E * S_i;
    gain[2 * (units + u)] = S_f;
    gain[2 * (units + u) + 1] = E * S_f;
    gain[2 * (2 * units + u)] = 0;
    gain[2 * (2 * units + u) + 1] = squashed * o * (1 - o);
    gain[2 * (3 * units + u)] = S_g;
    gain[2 * (3 * units + u) + 1] = E * S_g;
    const own = 4 * (blocks === null ? u : blocks[u]!);
    direct[own] = f; // (3)
    direct[own + 1] = 0;
    direct[own + 2] = E * f;
    direct[own + 3] = 0;
  }
}
