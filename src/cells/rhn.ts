/**
 * Recurrent highway net of depth one with coupled gates (Zilly et al. 2017), in the form that KF-RTRL and OK were run
 * with (Benzing et al. 2019, their code): the candidate is 2 sigma(a) - 1.
 *   f = sigma(U_f x + W_f h + b_f)   c = 2 sigma(U_c x + W_c h + b_c) - 1   h_t = f h + (1 - f) c            (1)
 *   gain_f = (h - c) f(1-f),   gain_c = (1 - f)(1 - c^2) / 2,   direct = f                                  (2)
 * 2 sigma(a) - 1 = tanh(a / 2), so d/da = (1 - c^2) / 2.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { buildRows, createLane, places } from '../rows.ts';
import { sigmoid } from '../sigmoid.ts';
import { range } from '../sources.ts';
import { fanInWeights, gate, recurrentSources, SPARSE_OPTIONS } from '../sparse-net.ts';
import type { Cell, CellNeeds } from '../types.ts';
import { setBias } from '../weights.ts';

const options = z.strictObject({
  units: z.number().int().min(1).max(4096).default(6),
  ...SPARSE_OPTIONS,
  forgetBias: z.number().default(0).describe('b_f at the start; positive values keep the state longer'),
});

export default definePart<z.infer<typeof options>, CellNeeds, Cell>({
  cite: 'zilly2017recurrent',
  summary: 'recurrent highway net of depth one, coupled gates',
  options,
  create({ units: k, density, mask, gain: spread, forgetBias }, rng, { inputSize }) {
    const shape = { inputSize, units: k, components: 1 };
    const { state } = places(shape);
    const kept = recurrentSources(shape, 0, { density, mask }, rng);
    const rows = buildRows(shape, [gate('forget', k, kept), gate('candidate', k, kept)]);
    const params = fanInWeights(rows, spread, rng);
    if (forgetBias !== 0) setBias(rows, params, 'forget', forgetBias);
    return {
      inputSize,
      units: k,
      components: 1,
      params,
      rows,
      readout: Int32Array.from(range(0, k)),
      kernel: { id: 'rhn', options: [], work: 2 },
      lane: () => createLane(rows, 2 * k), // [f; c]
      begin: (lane) => lane.reset(),
      activate(_layer, { sum, work, state: h }) {
        for (let i = 0; i < k; i++) {
          const f = (work[i] = sigmoid(sum[i]!));
          const c = (work[k + i] = 2 * sigmoid(sum[k + i]!) - 1);
          h[i] = f * h[i]! + (1 - f) * c; // (1)
        }
      },
      differentiate({ pre, work, gain, direct }) {
        for (let i = 0; i < k; i++) {
          const f = work[i]!;
          const c = work[k + i]!;
          gain[i] = (pre[state + i]! - c) * f * (1 - f); // (2)
          gain[k + i] = 0.5 * (1 - f) * (1 - c * c);
          direct[i] = f;
        }
      },
    };
  },
});
