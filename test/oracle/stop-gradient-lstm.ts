/**
 * Back-propagation through an LSTM with a stop-gradient on h_{t-1} where it enters the gates, written out by hand: an
 * error reaches c_{t-1} through the forget gate and goes no other way back in time.
 *   dc_t = q_h o (1 - tanh(c_t)^2) + f_{t+1} dc_{t+1},   da_n = dc_t dc_t/da_n (i, f, g),   da_o = q_h tanh(c_t) o(1 - o)
 * `through` instead lets errors back through the gates' weights on h_{t-1} as well: the whole gradient, for control.
 */
import { errorAt, type Problem } from './problem.ts';

interface Moment {
  readonly i: number;
  readonly f: number;
  readonly o: number;
  readonly g: number;
  readonly c: number;
  readonly cBefore: number;
}

const sigma = (a: number): number => 1 / (1 + Math.exp(-a));

/** Parameters gate by gate (input, forget, output, candidate), unit by unit, [U (m); b; W (k)] each. */
export function stopGradientLstm(problem: Problem, { through = false } = {}): Float64Array {
  const { cell, inputs } = problem;
  const { units: k, inputSize: m, params: theta } = cell;
  const width = m + 1 + k;
  const at = (gate: number, unit: number): number => (gate * k + unit) * width;
  const read = (x: Float64Array, h: readonly number[]): number[] => [...x, 1, ...h];

  let c = new Array<number>(k).fill(0);
  let h = new Array<number>(k).fill(0);
  const past = inputs.map((x, t) => {
    const pre = read(x, h);
    const sum = (gate: number, unit: number): number =>
      pre.reduce((total, value, j) => total + theta[at(gate, unit) + j]! * value, 0);
    const moments = c.map((cBefore, u): Moment => {
      const [i, f, o, g] = [sigma(sum(0, u)), sigma(sum(1, u)), sigma(sum(2, u)), Math.tanh(sum(3, u))];
      return { i, f, o, g, cBefore, c: f * cBefore + i * g };
    });
    c = moments.map((moment) => moment.c);
    h = moments.map((moment) => moment.o * Math.tanh(moment.c));
    const state = Float64Array.from({ length: 2 * k }, (_, n) => (n % 2 === 0 ? c[n >> 1]! : h[n >> 1]!));
    return { pre, moments, q: errorAt(problem, t, state) };
  });

  const gradient = new Float64Array(theta.length);
  let dc = new Array<number>(k).fill(0); // through c, from later steps
  let dh = new Array<number>(k).fill(0); // through the gates, from later steps; stopped unless `through`
  for (const { pre, moments, q } of past.reverse()) {
    const dhNext = new Array<number>(k).fill(0);
    dc = moments.map(({ i, f, o, g, c: cNow, cBefore }, u) => {
      const squashed = Math.tanh(cNow);
      const [qc, qh] = [q[2 * u]!, q[2 * u + 1]! + dh[u]!];
      const d = dc[u]! + qc + qh * o * (1 - squashed ** 2);
      const da = [d * g * i * (1 - i), d * cBefore * f * (1 - f), qh * squashed * o * (1 - o), d * i * (1 - g ** 2)];
      da.forEach((error, gate) => {
        pre.forEach((value, j) => (gradient[at(gate, u) + j]! += error * value));
        for (let j = 0; j < k; j++) dhNext[j]! += error * theta[at(gate, u) + m + 1 + j]!;
      });
      return d * f;
    });
    if (through) dh = dhNext;
  }
  return gradient;
}
