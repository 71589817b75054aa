/**
 * Back-propagation through time over the whole episode since its start, s_0, under the weights as they stand:
 *   dL_t/dtheta = sum_{l=0}^{t} delta_{t-l} I_{t-l},   delta_t = dL_t/ds_t,   delta_{t-l-1} = D_{t-l}' delta_{t-l}
 * The inputs are stored, the states are lived again from at most c snapshots (Revolve, Griewank & Walther 2000); the
 * bits do not depend on c. While theta stays as it is this is RTRL; while it moves, RTRL's gradient holds derivatives
 * at old weights and differs by O(step size). A pull goes through all t steps, so that the work of an episode grows with
 * the square of its length. The cost told is that of an episode of `length` steps, the longest: all its products divided
 * by its steps. What is stored between steps is s_0 and the inputs; the snapshots live within a pull.
 * `atEnd` keeps the q_t too and goes back once, through all of them together: the gradient of an episode under one theta at
 * the price of one pull.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { needsWholeCell } from '../row-selection.ts';
import { sequenceBackward, sequenceMacs } from '../sequence-gradient.ts';
import { named } from '../stateful.ts';
import type { Cell, Estimator, EstimatorNeeds } from '../types.ts';
import { UserError } from '../user-error.ts';

const options = z.strictObject({
  snapshots: z.number().int().min(1).default(10).describe('states in memory while going back, c'),
  length: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1000)
    .describe('the longest sequence; a longer one is refused'),
});

export default definePart<z.infer<typeof options>, EstimatorNeeds, Estimator>({
  cite: 'griewank2000algorithm',
  summary: 'back-propagation through the whole episode, with few states in memory; exact, for finite sequences',
  options,
  create({ snapshots, length }, _rng, { cell }) {
    needsWholeCell(cell, 'bptt');
    const { inputSize: m, units, components } = cell;
    const size = units * components;
    const start = new Float64Array(size); // s_0
    const inputs = new Float64Array(length * m); // [length x m]
    const count = new Float64Array(1); // steps since the start
    const views = Array.from({ length }, (_, t) => inputs.subarray(t * m, (t + 1) * m));
    const backward = sequenceBackward(cell, Math.min(snapshots, length));
    let q: Float64Array;
    const sequence = {
      start: (state: Float64Array) => state.set(start),
      input: (t: number) => views[t]!,
      error(t: number, _state: Float64Array, delta: Float64Array) {
        if (t < count[0]! - 1) return; // the only loss is the present step's
        for (let i = 0; i < size; i++) delta[i]! += q[i]!;
      },
    };
    const forget = (): void => void count.fill(0);
    const update: Estimator['update'] = ({ lane: { pre } }) => {
      const t = count[0]!;
      if (t === length) throw tooLong(length);
      if (t === 0) for (let i = 0; i < size; i++) start[i] = pre[m + 1 + i]!;
      const x = views[t]!;
      for (let j = 0; j < m; j++) x[j] = pre[j]!;
      count[0] = t + 1;
    };
    const entries = start.length + inputs.length + count.length;
    const both = {
      needs: [],
      longest: length,
      noKernel: 'it lives the whole episode again at every step',
      exactOn: () => true,
    };
    const atEnd = (): Estimator => {
      const errors = new Float64Array(length * size); // q_t [length x state]
      const all = {
        ...sequence,
        error(t: number, _state: Float64Array, delta: Float64Array) {
          for (let i = 0; i < size; i++) delta[i]! += errors[t * size + i]!;
        },
      };
      return {
        ...both,
        ...named({ start, inputs, count, errors }, forget),
        noKernel: 'it lives every episode again',
        cost: {
          entries: entries + errors.length,
          macsPerStep: sequenceMacs(cell.rows, snapshots)(length) / length,
        },
        update(d) {
          update(d);
          errors.fill(0, (count[0]! - 1) * size, count[0]! * size);
        },
        pull(error) {
          const at = (count[0]! - 1) * size;
          for (let i = 0; i < size; i++) errors[at + i]! += error[i]!;
        },
        give(out) {
          backward(count[0]!, all, out);
          errors.fill(0, 0, count[0]! * size);
        },
      };
    };
    return {
      ...both,
      ...named({ start, inputs, count }, forget),
      cost: { entries, macsPerStep: episodeMacs(cell, length, snapshots) / length },
      update,
      pull(error, out) {
        q = error;
        backward(count[0]!, sequence, out);
      },
      atEnd,
    };
  },
});

/** One pull after every step of an episode. */
function episodeMacs({ rows }: Cell, length: number, snapshots: number): number {
  const macs = sequenceMacs(rows, snapshots);
  let total = 0;
  for (let t = 1; t <= length; t++) total += macs(t);
  return total;
}

function tooLong(length: number): UserError {
  return new UserError(
    `Cannot go back through step ${length + 1} of an episode: bptt takes ${length} steps at most; set its length higher, or take tbptt`,
  );
}
