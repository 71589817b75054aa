/**
 * Truncated back-propagation through time over at most L steps:
 *   dL_t/dtheta ~= sum_{l=0}^{L-1} q_{t-l} I_{t-l},   q_{t-l-1} = D_{t-l}' q_{t-l},   q_t = dL_t/ds_t
 * `rolling`: at every step the last L inputs are replayed from the lived s_{t-L} under the current weights, on a lane
 * of its own; the lived state is never replaced and no window crosses an episode start. `chunked`: the textbook's
 * non-overlapping windows, back to the beginning of the present one, through the steps as they were lived.
 */
import { z } from 'zod';
import { dynamicsMacs } from '../dynamics-structure.ts';
import { RowDynamics } from '../dynamics.ts';
import { definePart } from '../part.ts';
import { rowPull } from '../row-pull.ts';
import { needsWholeCell } from '../row-selection.ts';
import { forwardMacs, step } from '../rows.ts';
import { named } from '../stateful.ts';
import type { BlockPattern, Cell, Dynamics, Estimator, EstimatorNeeds, Rows } from '../types.ts';

const options = z.strictObject({
  window: z.number().int().min(1).default(10).describe('steps back, L'),
  mode: z
    .enum(['rolling', 'chunked'])
    .default('rolling')
    .describe('overlapping windows every step, or textbook chunks'),
});

export default definePart<z.infer<typeof options>, EstimatorNeeds, Estimator>({
  cite: 'williams1990efficient',
  summary: 'back-propagation through the last L steps, rolling or in chunks',
  options,
  create: ({ window, mode }, _rng, { cell }) => (mode === 'rolling' ? rolling(cell, window) : chunked(cell, window)),
});

/** The factors of L steps, oldest first, and the backward pass through them. */
function tape(cell: Cell, pattern: BlockPattern, window: number) {
  const size = pattern.column.length * cell.components ** 2;
  const records = Array.from({ length: window }, () => ({
    pre: new Float64Array(cell.rows.width), // [width]
    gain: new Float64Array(cell.rows.dest.length * cell.components), // [destinations x b]
    values: new Float64Array(size), // [blocks x b x b] of D
  }));
  const error = new Float64Array(cell.units * cell.components); // dL_t/ds_{t-l}
  const earlier = new Float64Array(error.length);
  return {
    records,
    arrays: Object.fromEntries(
      records.flatMap((slot, l) => Object.entries(slot).map(([name, array]) => [`${name}.${l}`, array])),
    ),
    record(at: number, d: Dynamics): void {
      const slot = records[at]!;
      slot.pre.set(d.lane.pre);
      slot.gain.set(d.lane.gain);
      slot.values.set(d.values());
    },
    backward(length: number, q: Float64Array, out: Float64Array): void {
      error.set(q);
      for (let at = length - 1; at >= 0; at--) {
        const slot = records[at]!;
        rowPull(cell.rows, slot.pre, slot.gain, error, out);
        if (at > 0) timesTransposed(pattern, cell.components, slot.values, error, earlier);
      }
    },
  };
}

/** error <- D' error */
function timesTransposed(p: BlockPattern, b: number, values: Float64Array, error: Float64Array, into: Float64Array) {
  into.fill(0);
  for (let unit = 0; unit < p.start.length - 1; unit++) {
    for (let s = p.start[unit]!; s < p.start[unit + 1]!; s++) {
      for (let c = 0; c < b * b; c++) {
        into[p.column[s]! * b + (c % b)]! += values[s * b * b + c]! * error[unit * b + Math.floor(c / b)]!;
      }
    }
  }
  error.set(into);
}

/** Of going back: one pull per step, and one D' product between two steps. */
function backwardMacs(rows: Rows, pattern: BlockPattern): { pull: number; hop: number } {
  const b = rows.components;
  return { pull: rows.source.length + rows.dest.length * b, hop: pattern.column.length * b * b };
}

function rolling(cell: Cell, window: number): Estimator {
  needsWholeCell(cell, 'tbptt in rolling windows');
  const lane = cell.lane();
  const dynamics = new RowDynamics(cell, lane);
  const { record, backward } = tape(cell, dynamics.pattern, window);
  const states = new Float64Array(window * lane.state.length); // [window x units b] lived s_{t-1}, ring
  const inputs = new Float64Array(window * cell.inputSize); // [window x m], ring
  const count = new Float64Array(1); // steps lived since the episode began
  const values = new Set(['values'] as const);
  const s = lane.state.length;
  const m = cell.inputSize;
  const stateAt = views(states, s, window);
  const inputAt = views(inputs, m, window);
  const length = (): number => Math.min(count[0]!, window);
  const replay = (): void => {
    const first = count[0]! - length();
    lane.state.set(stateAt[first % window]!);
    for (let l = 0; l < length(); l++) {
      step(cell, lane, inputAt[(first + l) % window]!);
      dynamics.materialise(values);
      record(l, dynamics);
    }
  };
  const { pull, hop } = backwardMacs(cell.rows, dynamics.pattern);
  const replayed = forwardMacs(cell.rows) + dynamicsMacs(cell.rows, 'values');
  const lived = named({ states, inputs, count }, () => count.fill(0));
  let isCurrent = true; // the tape is no state: what was written is lived again before it is asked
  return {
    ...lived,
    write(name, from) {
      lived.write(name, from);
      isCurrent = false;
    },
    needs: [],
    kernel: { kind: 'tape', window },
    exactOn: () => false,
    cost: { entries: states.length + inputs.length, macsPerStep: window * (replayed + pull) + (window - 1) * hop },
    update({ lane: { pre } }) {
      const at = count[0]! % window;
      const [input, state] = [inputAt[at]!, stateAt[at]!];
      for (let j = 0; j < m; j++) input[j] = pre[j]!;
      for (let i = 0; i < s; i++) state[i] = pre[m + 1 + i]!;
      count[0]!++;
      replay();
      isCurrent = true;
    },
    pull(q, out) {
      if (!isCurrent) replay();
      isCurrent = true;
      backward(length(), q, out);
    },
  };
}

/** Rows of a matrix, made once. */
function views(matrix: Float64Array, width: number, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, i) => matrix.subarray(i * width, (i + 1) * width));
}

function chunked(cell: Cell, window: number): Estimator {
  const { pattern } = new RowDynamics(cell, cell.lane());
  const { records, arrays, record, backward } = tape(cell, pattern, window);
  const count = new Float64Array(1); // steps in the present chunk
  const { pull, hop } = backwardMacs(cell.rows, pattern);
  // A mean over the chunk, which grows from one step to the whole window.
  const macs = dynamicsMacs(cell.rows, 'values') + ((window + 1) / 2) * pull + ((window - 1) / 2) * hop;
  return {
    ...named({ ...arrays, count }, () => count.fill(0)),
    needs: ['values'],
    noKernel: 'of back-propagation only rolling windows are compiled',
    exactOn: () => false,
    cost: { entries: tapeEntries(records), macsPerStep: macs },
    update(d) {
      if (count[0] === window) count[0] = 0;
      record(count[0]!++, d);
    },
    pull: (q, out) => backward(count[0]!, q, out),
  };
}

function tapeEntries(records: readonly Record<string, Float64Array>[]): number {
  return records.reduce((total, slot) => total + Object.values(slot).reduce((sum, array) => sum + array.length, 0), 0);
}
