/**
 * Element-wise LSTM (Irie, Gopalakrishnan & Schmidhuber 2024): a gate reads [x_t; 1] and, of the past, its own c alone.
 *   f = sigma(F x + w_f c(t-1) + b_f)   z = tanh(Z x + w_z c(t-1) + b_z)   c_t = f c(t-1) + (1 - f) z       (1)
 *   gain_f = (c(t-1) - z) f(1-f),   gain_z = (1 - f)(1 - z^2),   direct = f                                 (2)
 * D is diagonal, so one trace per parameter is exact RTRL. The paper's output gate moves no state; heads read c here.
 */
import { z as schema } from 'zod';
import { definePart } from '../part.ts';
import { buildRows, createLane, places } from '../rows.ts';
import { sigmoid } from '../sigmoid.ts';
import { columnSources, maskedSources, range } from '../sources.ts';
import { fanInWeights, gate, SPARSE_OPTIONS } from '../sparse-net.ts';
import type { Cell, CellNeeds } from '../types.ts';
import { setBias } from '../weights.ts';

const options = schema.strictObject({
  units: schema.number().int().min(1).max(65536).default(6),
  ...SPARSE_OPTIONS,
  density: SPARSE_OPTIONS.density.describe('share of input weights kept, per gate'),
  forgetBias: schema.number().default(0).describe('b_f at the start; positive values keep the state longer'),
});

export default definePart<schema.infer<typeof options>, CellNeeds, Cell>({
  cite: 'irie2024exploring',
  summary: 'element-wise LSTM: gates read the input and their own state; exact RTRL in O(p)',
  options,
  create({ units: k, density, mask, gain: spread, forgetBias }, rng, { inputSize }) {
    const shape = { inputSize, units: k, components: 1 };
    const { one, state } = places(shape);
    const all = (unit: number): number[] => columnSources(shape, unit, 0);
    const kept = maskedSources(all, (unit) => [one, state + unit], { density, mask }, rng);
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
      kernel: { id: 'elstm', options: [], work: 2 },
      lane: () => createLane(rows, 2 * k), // [f; z]
      begin: (lane) => lane.reset(),
      activate(_layer, { sum, work, state: c }) {
        for (let i = 0; i < k; i++) {
          const f = (work[i] = sigmoid(sum[i]!));
          const z = (work[k + i] = Math.tanh(sum[k + i]!));
          c[i] = f * c[i]! + (1 - f) * z; // (1)
        }
      },
      differentiate({ pre, work, gain, direct }) {
        for (let i = 0; i < k; i++) {
          const f = work[i]!;
          const z = work[k + i]!;
          gain[i] = (pre[state + i]! - z) * f * (1 - f); // (2)
          gain[k + i] = (1 - f) * (1 - z * z);
          direct[i] = f;
        }
      },
    };
  },
});
