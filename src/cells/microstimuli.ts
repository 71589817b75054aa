/**
 * Microstimuli (Ludvig, Sutton & Kehoe 2012, eqs. 3-4), a fixed representation without parameters. Every signal j has
 * a memory trace y_j that jumps to 1 at the signal's onset and decays by a constant factor, read through N Gaussians:
 *   y_j(t) = 1 at an onset, else decay y_j(t-1)                                                         (1)
 *   s_jn(t) = y_j(t) exp(-(y_j(t) - n/N)^2 / (2 sigma^2)),   n = 1..N                                   (2)
 * Onset: the signal is at least 1/2 now and was not at the step before. State per signal: y, the signal, s_1..s_N.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { buildRows, createLane, places } from '../rows.ts';
import { range } from '../sources.ts';
import type { Cell, CellNeeds } from '../types.ts';

const options = z.strictObject({
  stimuli: z.number().int().min(1).default(16).describe('Gaussians per signal, N'),
  decay: z.number().gt(0).lt(1).default(0.81).describe('of the memory trace per step; gamma^2 in Rafiee et al. 2023'),
  sigma: z.number().gt(0).default(0.08),
});

export default definePart<z.infer<typeof options>, CellNeeds, Cell>({
  cite: 'ludvig2012evaluating',
  summary: 'fixed microstimulus traces of every signal, nothing learned',
  options,
  create({ stimuli: N, decay, sigma }, _rng, { inputSize }) {
    const size = 2 + N; // state entries per signal
    const shape = { inputSize, units: inputSize * size, components: 1 };
    const first = places(shape).state;
    // Every microstimulus reads its signal's trace; the remembered signal reads nothing but the input.
    const columns = (unit: number): number[] => (unit % size < 2 ? [] : [unit - (unit % size)]);
    const rows = buildRows(shape, [], { columns });
    const isOnset = (pre: Float64Array, j: number): boolean => pre[j]! >= 0.5 && pre[first + j * size + 1]! < 0.5;
    const bump = (y: number, n: number): number => Math.exp(-((y - n / N) ** 2) / (2 * sigma * sigma));
    return {
      inputSize,
      units: shape.units,
      components: 1,
      params: new Float64Array(0),
      rows,
      readout: Int32Array.from(range(0, shape.units).filter((unit) => unit % size >= 2)),
      kernel: { id: 'microstimuli', options: [N, decay, sigma], work: 1 },
      lane: () => createLane(rows, 0),
      begin: (lane) => lane.reset(),
      activate(_layer, { pre, state }) {
        for (let j = 0; j < inputSize; j++) {
          const at = j * size;
          const y = isOnset(pre, j) ? 1 : decay * pre[first + at]!; // (1)
          state[at] = y;
          state[at + 1] = pre[j]!;
          for (let n = 1; n <= N; n++) state[at + 1 + n] = y * bump(y, n); // (2)
        }
      },
      differentiate({ pre, state, direct }) {
        direct.fill(0);
        for (let j = 0; j < inputSize; j++) {
          const at = j * size;
          const slope = isOnset(pre, j) ? 0 : decay; // dy_t / dy_{t-1}
          const y = state[at]!;
          direct[rows.direct.start[at]!] = slope;
          for (let n = 1; n <= N; n++) {
            // Second block of the row: d s_n / d y_{t-1}.
            const edge = bump(y, n) * (1 - (y * (y - n / N)) / (sigma * sigma));
            direct[rows.direct.start[at + 1 + n]! + 1] = edge * slope;
          }
        }
      },
    };
  },
});
