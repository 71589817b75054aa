/**
 * Gated recurrent unit with the reset gate AFTER the recurrent product (Engel 2016, cuDNN), the variant SnAp adopts:
 *   z = sigma(U_z x + W_z h + b_z)   r = sigma(U_r x + W_r h + b_r)   q = W_a h   a = tanh(U_a x + b_a + r q)
 *   h_t = (1 - z) h + z a
 * Four rows per unit, each moving that unit alone, so that I_t has one nonzero per parameter:
 *   gain_z = (a - h) z(1-z),   gain_r = z(1-a^2) q r(1-r),   gain_q = z(1-a^2) r,   gain_a = z(1-a^2),   direct = 1 - z
 */
import { z as schema } from 'zod';
import { definePart } from '../part.ts';
import { buildRows, createLane, places } from '../rows.ts';
import { sigmoid } from '../sigmoid.ts';
import { denseSources, range } from '../sources.ts';
import { fanInWeights, gate, recurrentSources, SPARSE_OPTIONS } from '../sparse-net.ts';
import type { Cell, CellNeeds } from '../types.ts';
import { setBias } from '../weights.ts';

const options = schema.strictObject({
  units: schema.number().int().min(1).max(4096).default(6),
  ...SPARSE_OPTIONS,
  updateBias: schema.number().default(0).describe('b_z at the start; negative values keep the state longer'),
});

export default definePart<schema.infer<typeof options>, CellNeeds, Cell>({
  cite: 'engel2016persistent',
  summary: 'gated recurrent unit, reset after the recurrent product',
  options,
  create({ units: k, density, mask, gain: spread, updateBias }, rng, { inputSize }) {
    const shape = { inputSize, units: k, components: 1 };
    const { state } = places(shape);
    const all = denseSources(shape, 0);
    const kept = recurrentSources(shape, 0, { density, mask }, rng);
    const recurrent = all.filter((source) => source >= state);
    const rest = all.filter((source) => source < state);
    const rows = buildRows(shape, [
      gate('update', k, (unit) => kept(unit), all),
      gate('reset', k, (unit) => kept(unit), all),
      gate('recurrent', k, (unit) => kept(unit, recurrent), recurrent),
      gate('candidate', k, (unit) => kept(unit, rest), rest),
    ]);
    const params = fanInWeights(rows, spread, rng);
    if (updateBias !== 0) setBias(rows, params, 'update', updateBias);
    return {
      inputSize,
      units: k,
      components: 1,
      params,
      rows,
      readout: Int32Array.from(range(0, k)),
      kernel: { id: 'gru', options: [], work: 3 },
      lane: () => createLane(rows, 3 * k), // [z; r; a]
      begin: (lane) => lane.reset(),
      activate(_layer, { sum, work, state: h }) {
        for (let i = 0; i < k; i++) {
          const z = (work[i] = sigmoid(sum[i]!));
          const r = (work[k + i] = sigmoid(sum[k + i]!));
          const a = (work[2 * k + i] = Math.tanh(sum[3 * k + i]! + r * sum[2 * k + i]!));
          h[i] = (1 - z) * h[i]! + z * a;
        }
      },
      differentiate({ pre, sum, work, gain, direct }) {
        for (let i = 0; i < k; i++) {
          const z = work[i]!;
          const r = work[k + i]!;
          const a = work[2 * k + i]!;
          const slope = z * (1 - a * a);
          gain[i] = (a - pre[state + i]!) * z * (1 - z);
          gain[k + i] = slope * sum[2 * k + i]! * r * (1 - r);
          gain[2 * k + i] = slope * r;
          gain[3 * k + i] = slope;
          direct[i] = 1 - z;
        }
      },
    };
  },
});
