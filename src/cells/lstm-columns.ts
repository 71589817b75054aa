/**
 * LSTM columns (Javed et al. 2023, appendix): unit k is a network of its own, its gates read [x_t; 1; own h_{t-1}]:
 *   gate = W x + b + u h_k(t-1),   4 (m + 2) parameters per column.   Maths in lstm-gates.ts.
 * D is block-diagonal, so one trace per parameter and component is exact RTRL.
 */
import { z } from 'zod';
import { activateLstm, differentiateLstm, DIRECT_LIVE, gateLive, GATES, LSTM_WORK } from '../lstm-gates.ts';
import { definePart } from '../part.ts';
import { buildRows, createLane, places } from '../rows.ts';
import { columnSources, range } from '../sources.ts';
import type { Cell, CellNeeds } from '../types.ts';
import { renewUnit, setBias, uniformWeights } from '../weights.ts';

const options = z.strictObject({
  columns: z.number().int().min(1).max(65536).default(6),
  scale: z.number().gt(0).default(0.1).describe('weights and biases ~ U(-scale, scale)'),
  forgetBias: z
    .number()
    .nullable()
    .default(null)
    .describe('b_f at the start; null draws it like the rest, as published'),
});

export default definePart<z.infer<typeof options>, CellNeeds, Cell>({
  cite: 'javed2023scalable',
  summary: 'independent LSTM columns; exact RTRL in O(p)',
  options,
  create({ columns, scale, forgetBias }, rng, { inputSize }) {
    const shape = { inputSize, units: columns, components: 2 };
    const { state } = places(shape);
    const groups = GATES.map((name) => ({
      name,
      rows: range(0, columns).map((unit) => ({
        sources: columnSources(shape, unit, 1),
        destinations: [unit],
        live: gateLive(name),
      })),
    }));
    const rows = buildRows(shape, groups, { live: DIRECT_LIVE });
    const params = uniformWeights(rows, rng, () => scale);
    if (forgetBias !== null) setBias(rows, params, 'forget', forgetBias);
    return {
      inputSize,
      units: columns,
      components: 2,
      params,
      rows,
      readout: Int32Array.from(range(0, columns), (unit) => 2 * unit + 1),
      renew(unit, rng) {
        renewUnit(rows, params, unit, rng, scale);
        if (forgetBias !== null) setBias(rows, params, 'forget', forgetBias, unit);
      },
      kernel: { id: 'lstm', options: [], work: LSTM_WORK },
      lane: () => createLane(rows, LSTM_WORK * columns),
      begin: (lane) => lane.reset(),
      activate: (_layer, lane) => activateLstm(columns, lane),
      differentiate: (lane) => differentiateLstm(columns, state, lane),
    };
  },
});
