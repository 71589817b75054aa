/**
 * Vanilla / leaky recurrent net (Elman 1990), dense or with a fixed random mask that spares self-connections:
 *   h_t = (1 - alpha) h_{t-1} + alpha tanh(a),   a = U x_t + b + W h_{t-1}
 *   gain = alpha (1 - tanh(a)^2),   direct = 1 - alpha
 * `spectralRadius` makes it a reservoir (Jaeger 2001): W is scaled, after it is drawn, to that largest |eigenvalue|.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { buildRows, createLane, places } from '../rows.ts';
import { denseSources, range, sparsified } from '../sources.ts';
import { scaleRecurrent } from '../spectral-radius.ts';
import type { Cell, CellNeeds } from '../types.ts';
import { fanIn, uniformWeights } from '../weights.ts';

const options = z.strictObject({
  units: z.number().int().min(1).max(4096).default(6),
  leak: z.number().gt(0).max(1).default(1).describe('alpha: 1 is the vanilla net'),
  density: z.number().gt(0).max(1).default(1).describe('share of input and recurrent weights kept'),
  gain: z.number().gt(0).default(1).describe('weights ~ U(-gain, gain) / sqrt(fan-in)'),
  spectralRadius: z
    .number()
    .gt(0)
    .nullable()
    .default(null)
    .describe('largest |eigenvalue| of the recurrent weights at the start; null = as drawn'),
});

export default definePart<z.infer<typeof options>, CellNeeds, Cell>({
  cite: 'elman1990finding',
  summary: 'vanilla or leaky tanh net, dense or sparse',
  options,
  create({ units, leak, density, gain: spread, spectralRadius }, rng, { inputSize }) {
    const shape = { inputSize, units, components: 1 };
    const { one, state } = places(shape);
    const all = denseSources(shape, 0);
    const unitRow = (unit: number) => ({
      sources: sparsified(all, [one, state + unit], density, rng),
      destinations: [unit],
    });
    const rows = buildRows(shape, [{ name: 'recurrent', rows: range(0, units).map(unitRow), sources: all }]);
    const fan = fanIn(rows);
    const params = uniformWeights(rows, rng, (r) => spread * fan(r));
    if (spectralRadius !== null) scaleRecurrent(rows, params, spectralRadius);
    return {
      inputSize,
      units,
      components: 1,
      params,
      rows,
      readout: Int32Array.from(range(0, units)),
      kernel: { id: 'tanh', options: [leak], work: 1 },
      lane: () => createLane(rows, units),
      begin: (lane) => lane.reset(),
      activate(_layer, lane) {
        for (let i = 0; i < units; i++) {
          const a = (lane.work[i] = Math.tanh(lane.sum[i]!));
          lane.state[i] = (1 - leak) * lane.state[i]! + leak * a;
        }
      },
      differentiate(lane) {
        for (let i = 0; i < units; i++) {
          lane.gain[i] = leak * (1 - lane.work[i]! ** 2);
          lane.direct[i] = 1 - leak;
        }
      },
    };
  },
});
