/**
 * Continuous-time recurrent net, a time constant per unit (Pearlmutter 1989), in Euler steps of length 1:
 *   tau_i dh_i/dt = -h_i + tanh(a_i),   a = U x_t + b + W h_{t-1}
 *   h_i(t) = (1 - alpha_i) h_i(t-1) + alpha_i tanh(a_i),   alpha_i = 1 / tau_i                              (1)
 *   gain = alpha (1 - tanh(a)^2),   direct = 1 - alpha                                                      (2)
 * tau_i is drawn log-uniform in [tauMin, tauMax]. It stays as drawn, or is learned, as in the paper: then
 * alpha_i = sigma(rho_i), where rho_i is the one weight of a row that reads the constant 1, so tau_i > 1, and
 *   gain_rho = (tanh(a) - h(t-1)) alpha (1 - alpha)                                                         (3)
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { buildRows, createLane, places } from '../rows.ts';
import { sigmoid } from '../sigmoid.ts';
import { denseSources, range, sparsified } from '../sources.ts';
import type { Cell, CellNeeds } from '../types.ts';
import { UserError } from '../user-error.ts';
import { fanIn, uniformWeights } from '../weights.ts';

const options = z.strictObject({
  units: z.number().int().min(1).max(4096).default(6),
  tauMin: z.number().min(1).default(2).describe('shortest time constant in steps; 1 keeps nothing of the old state'),
  tauMax: z.number().min(1).default(20).describe('longest time constant in steps'),
  learnTau: z.boolean().default(false).describe('learn the time constants too, one more parameter per unit'),
  density: z.number().gt(0).max(1).default(1).describe('share of input and recurrent weights kept'),
  gain: z.number().gt(0).default(1).describe('weights ~ U(-gain, gain) / sqrt(fan-in)'),
});
type Options = z.infer<typeof options>;

export default definePart<Options, CellNeeds, Cell>({
  cite: 'pearlmutter1989learning',
  summary: 'continuous-time net: tanh units with time constants of their own, fixed or learned',
  options,
  create(chosen, rng, { inputSize }) {
    const { units: k, tauMin, tauMax, learnTau, density, gain: spread } = chosen;
    check(chosen);
    const shape = { inputSize, units: k, components: 1 };
    const { one, state } = places(shape);
    const tau = Float64Array.from({ length: k }, () => tauMin * (tauMax / tauMin) ** rng.uniform());
    const all = denseSources(shape, 0);
    const unitRow = (unit: number) => ({
      sources: sparsified(all, [one, state + unit], density, rng),
      destinations: [unit],
    });
    const rateRow = (unit: number) => ({ sources: [one], destinations: [unit] });
    const rows = buildRows(shape, [
      { name: 'recurrent', rows: range(0, k).map(unitRow), sources: all },
      ...(learnTau ? [{ name: 'rate', rows: range(0, k).map(rateRow) }] : []),
    ]);
    const fan = fanIn(rows);
    const params = uniformWeights(rows, rng, (r) => spread * fan(r));
    if (learnTau) for (let i = 0; i < k; i++) params[rows.start[k + i]!] = -Math.log(tau[i]! - 1); // sigma = 1 / tau
    const alpha = tau.map((value) => 1 / value);
    return {
      inputSize,
      units: k,
      components: 1,
      params,
      rows,
      readout: Int32Array.from(range(0, k)),
      kernel: { id: 'ctrnn', options: [learnTau ? 1 : 0, ...alpha, 0, 0, 0], work: 2 }, // alpha in whole vectors
      lane: () => createLane(rows, 2 * k), // [tanh(a); alpha]
      begin: (lane) => lane.reset(),
      activate(_layer, { sum, work, state: h }) {
        for (let i = 0; i < k; i++) {
          const a = (work[i] = Math.tanh(sum[i]!));
          const rate = (work[k + i] = learnTau ? sigmoid(sum[k + i]!) : alpha[i]!);
          h[i] = (1 - rate) * h[i]! + rate * a; // (1)
        }
      },
      differentiate({ pre, work, gain, direct }) {
        for (let i = 0; i < k; i++) {
          const a = work[i]!;
          const rate = work[k + i]!;
          gain[i] = rate * (1 - a * a); // (2)
          direct[i] = 1 - rate;
          if (learnTau) gain[k + i] = (a - pre[state + i]!) * rate * (1 - rate); // (3)
        }
      },
    };
  },
});

function check({ tauMin, tauMax, learnTau }: Options): void {
  if (tauMax < tauMin) {
    throw new UserError(`Cannot draw time constants from ${tauMin} to ${tauMax}: tauMax must be at least tauMin`);
  }
  if (learnTau && tauMin === 1) {
    throw new UserError(
      'Cannot learn time constants from 1 on: 1 / tau stays below 1; take a tauMin above 1, such as 2',
    );
  }
}
