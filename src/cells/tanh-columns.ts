/**
 * Tanh columns: the smallest columnar net (Javed, White & Sutton 2021, section 3, with one scalar unit per column):
 *   h_i(t) = tanh(a_i),   a_i = W_i x_t + b_i + u_i h_i(t-1)
 *   gain = 1 - h_i(t)^2,   direct = 0
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { buildRows, createLane } from '../rows.ts';
import { columnSources, range } from '../sources.ts';
import type { Cell, CellNeeds } from '../types.ts';
import { renewUnit, uniformWeights } from '../weights.ts';

const options = z.strictObject({
  columns: z.number().int().min(1).max(65536).default(6),
  scale: z.number().gt(0).default(0.5).describe('weights and biases ~ U(-scale, scale)'),
});

export default definePart<z.infer<typeof options>, CellNeeds, Cell>({
  cite: 'javed2021columnar',
  summary: 'independent scalar tanh columns',
  options,
  create({ columns, scale }, rng, { inputSize }) {
    const shape = { inputSize, units: columns, components: 1 };
    const rows = buildRows(shape, [
      {
        name: 'column',
        rows: range(0, columns).map((unit) => ({ sources: columnSources(shape, unit, 0), destinations: [unit] })),
      },
    ]);
    const params = uniformWeights(rows, rng, () => scale);
    return {
      inputSize,
      units: columns,
      components: 1,
      params,
      rows,
      readout: Int32Array.from(range(0, columns)),
      renew: (unit, rng) => renewUnit(rows, params, unit, rng, scale),
      kernel: { id: 'tanh', options: [1], work: 1 },
      lane: () => createLane(rows, 0),
      begin: (lane) => lane.reset(),
      activate(_layer, { sum, state }) {
        for (let i = 0; i < columns; i++) state[i] = Math.tanh(sum[i]!);
      },
      differentiate({ state, gain, direct }) {
        for (let i = 0; i < columns; i++) {
          gain[i] = 1 - state[i]! ** 2;
          direct[i] = 0;
        }
      },
    };
  },
});
