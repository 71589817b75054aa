/**
 * Long short-term memory, fully connected: every gate reads [x_t; 1; h_{t-1} of all units]. Maths in lstm-gates.ts.
 */
import { z } from 'zod';
import { activateLstm, differentiateLstm, DIRECT_LIVE, gateLive, GATES, LSTM_WORK } from '../lstm-gates.ts';
import { definePart } from '../part.ts';
import { buildRows, createLane, places } from '../rows.ts';
import { denseSources, maskedSources, MASKS, range } from '../sources.ts';
import type { Cell, CellNeeds } from '../types.ts';
import { fanIn, setBias, uniformWeights } from '../weights.ts';

const options = z.strictObject({
  units: z.number().int().min(1).max(4096).default(6),
  density: z.number().gt(0).max(1).default(1).describe('share of input and recurrent weights kept, per gate'),
  mask: z.enum(MASKS).default('independent').describe('a sparse net draws its weights gate by gate, or once per unit'),
  gain: z.number().gt(0).default(1).describe('weights ~ U(-gain, gain) / sqrt(fan-in)'),
  forgetBias: z.number().default(1).describe('b_f at the start (Gers 2000; Jozefowicz 2015)'),
});

export default definePart<z.infer<typeof options>, CellNeeds, Cell>({
  cite: 'hochreiter1997long',
  summary: 'fully connected long short-term memory',
  options,
  create({ units, density, mask, gain, forgetBias }, rng, { inputSize }) {
    const shape = { inputSize, units, components: 2 };
    const { one, state } = places(shape);
    const all = denseSources(shape, 1);
    const always = (unit: number): number[] => [one, state + 2 * unit + 1];
    const kept = maskedSources(() => all, always, { density, mask }, rng);
    const groups = GATES.map((name) => ({
      name,
      rows: range(0, units).map((unit) => ({
        sources: kept(unit),
        destinations: [unit],
        live: gateLive(name),
      })),
    }));
    const rows = buildRows(shape, groups, { live: DIRECT_LIVE });
    const fan = fanIn(rows);
    const params = uniformWeights(rows, rng, (r) => gain * fan(r));
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
