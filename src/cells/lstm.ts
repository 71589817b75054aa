/**
 * Long short-term memory, fully connected: every gate reads [x_t; 1; h_{t-1} of all units]. Maths in lstm-gates.ts.
 */
import { z } from 'zod';
import { activateLstm, differentiateLstm, DIRECT_LIVE, gateLive, GATES, LSTM_WORK } from '../lstm-gates.ts';
import { definePart } from '../part.ts';
import { buildRows, createLane, places } from '../rows.ts';
import { denseSources, range } from '../sources.ts';
import { fanInWeights, recurrentSources, SPARSE_OPTIONS } from '../sparse-net.ts';
import type { Cell, CellNeeds } from '../types.ts';
import { setBias } from '../weights.ts';

const options = z.strictObject({
  units: z.number().int().min(1).max(4096).default(6),
  ...SPARSE_OPTIONS,
  forgetBias: z.number().default(1).describe('b_f at the start (Gers 2000; Jozefowicz 2015)'),
});

export default definePart<z.infer<typeof options>, CellNeeds, Cell>({
  cite: 'hochreiter1997long',
  summary: 'fully connected long short-term memory',
  options,
  create({ units, density, mask, gain, forgetBias }, rng, { inputSize }) {
    const shape = { inputSize, units, components: 2 };
    const { state } = places(shape);
    const kept = recurrentSources(shape, 1, { density, mask }, rng);
    const groups = GATES.map((name) => ({
      name,
      rows: range(0, units).map((unit) => ({
        sources: kept(unit),
        destinations: [unit],
        live: gateLive(name),
      })),
      sources: denseSources(shape, 1),
    }));
    const rows = buildRows(shape, groups, { live: DIRECT_LIVE });
    const params = fanInWeights(rows, gain, rng);
    setBias(rows, params, 'forget', forgetBias);
    return {
      inputSize,
      units,
      components: 2,
      params,
      rows,
      readout: Int32Array.from(range(0, units), (unit) => 2 * unit + 1),
      kernel: { id: 'lstm', options: [], work: LSTM_WORK },
      lane: () => createLane(rows, LSTM_WORK * units),
      begin: (lane) => lane.reset(),
      activate: (_layer, lane) => activateLstm(units, lane),
      differentiate: (lane) => differentiateLstm(units, state, lane),
    };
  },
});
